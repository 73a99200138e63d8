package studbook.bench.speed;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import studbook.bench.environment.BenchEnvironment;
import studbook.bench.environment.Benchmark;
import studbook.bench.environment.ChildProcess;
import studbook.bench.environment.Measurement;
import studbook.bench.environment.Seconds;

/**
 * The duration of a start, beside Java's own, and what the launcher adds to {@code java -jar} with
 * the same cache; measured in turns.
 */
public record LauncherPart(Path jar) implements Benchmark {

  private static final int REPETITIONS = 11;
  private static final Duration MAY_TAKE = Duration.ofSeconds(20);

  @Override
  public String name() {
    return "launcher";
  }

  @Override
  public List<Measurement> measure(BenchEnvironment workshop) throws InterruptedException {
    Path cache = jar.resolveSibling("studbook.aot");
    List<String> direct =
        workshop.java(
            "-XX:AOTCache=" + cache, "-Xlog:aot*=off", "-jar", jar.toString(), "--version");
    List<String> java = List.of(direct.getFirst(), "-version");
    double[] versions = new double[REPETITIONS];
    double[] directly = new double[REPETITIONS];
    double[] added = new double[REPETITIONS];
    double[] helps = new double[REPETITIONS];
    double[] javas = new double[REPETITIONS];
    for (int i = 0; i < REPETITIONS; i++) {
      versions[i] = Seconds.of(() -> ends(workshop.studbook("--version")));
      directly[i] = Seconds.of(() -> ends(workshop.start(direct, Map.of())));
      added[i] = versions[i] - directly[i];
      helps[i] = Seconds.of(() -> ends(workshop.studbook("--help")));
      javas[i] = Seconds.of(() -> ends(workshop.start(java, Map.of())));
    }
    return List.of(
        Measurement.atMost("launcher: added to java -jar", "%.3f s", 0.1, Seconds.median(added))
            .with(
                "--version: %.2f s by the launcher, %.2f s without; median of %d"
                    .formatted(Seconds.median(versions), Seconds.median(directly), REPETITIONS)),
        whole("studbook --version", versions),
        whole("studbook --help", helps),
        whole("java -version of the same JDK, beside it", javas));
  }

  private static Measurement whole(String command, double[] seconds) {
    return Measurement.known(
        "start-up: " + command + ", whole process",
        Measurement.text("%.2f s", Seconds.median(seconds)) + " (median of " + REPETITIONS + ")");
  }

  private static void ends(ChildProcess running) throws InterruptedException {
    try (running) {
      running.endsWith(0, MAY_TAKE);
    }
  }
}
