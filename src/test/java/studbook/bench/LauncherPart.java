package studbook.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What the launcher adds to Java's own start with the same cache, in turns. */
record LauncherPart(Path jar) implements Part {

  private static final int REPETITIONS = 11;
  private static final Duration MAY_TAKE = Duration.ofSeconds(20);

  @Override
  public String name() {
    return "launcher";
  }

  @Override
  public List<Figure> measure(Workshop workshop) throws InterruptedException {
    Path cache = jar.resolveSibling("studbook.aot");
    List<String> java =
        workshop.java(
            "-XX:AOTCache=" + cache, "-Xlog:aot*=off", "-jar", jar.toString(), "--version");
    double[] launched = new double[REPETITIONS];
    double[] bare = new double[REPETITIONS];
    double[] added = new double[REPETITIONS];
    for (int i = 0; i < REPETITIONS; i++) {
      launched[i] = Seconds.of(() -> ends(workshop.studbook("--version")));
      bare[i] = Seconds.of(() -> ends(workshop.start(java, Map.of())));
      added[i] = launched[i] - bare[i];
    }
    return List.of(
        Figure.atMost("launcher: added to java -jar", "%.3f s", 0.1, Seconds.median(added))
            .with(
                "--version: %.2f s by the launcher, %.2f s without; median of %d"
                    .formatted(Seconds.median(launched), Seconds.median(bare), REPETITIONS)));
  }

  private static void ends(Running running) throws InterruptedException {
    try (running) {
      running.endsWith(0, MAY_TAKE);
    }
  }
}
