package studbook.bench.scale;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import studbook.bench.environment.BenchEnvironment;
import studbook.bench.environment.Benchmark;
import studbook.bench.environment.ChildProcess;
import studbook.bench.environment.Measurement;
import studbook.bench.environment.PlanQueries;
import studbook.bench.environment.Seconds;
import studbook.simulator.population.Population;
import studbook.simulator.population.SyntheticPopulation;

/**
 * A million horses: imported, planned, and some thousands of them worked on in a heap of 256 MB.
 */
public record MillionPart() implements Benchmark {

  private static final int HORSES = 1_000_000;
  private static final int ENOUGH = 20_000;
  private static final Duration MAY_TAKE = Duration.ofMinutes(5);
  private static final int STOPPED = 3;

  /** {@code Pause Young (Allocation Failure) 68M->12M(247M)}. */
  private static final Pattern COLLECTION = Pattern.compile("(\\d+)M->(\\d+)M\\(\\d+M\\)");

  @Override
  public String name() {
    return "million";
  }

  @Override
  public List<Measurement> measure(BenchEnvironment workshop)
      throws IOException, InterruptedException {
    workshop.empty();
    double importing = importing(workshop);
    Path collections = workshop.folder().resolve("gc.log");
    OptionalLong resident;
    try (BenchEnvironment.Api api = workshop.simulator(HORSES);
        ChildProcess backfill =
            workshop.backfill(
                api.base(),
                Map.of("STUDBOOK_JAVA_OPTS", "-Xmx256m -Xlog:gc:file=" + collections.getFileName()),
                "--rate",
                "unlimited")) {
      resident =
          backfill.peakUntil(
              ENOUGH + " completed horses",
              MAY_TAKE,
              () -> workshop.number(PlanQueries.PROCESSED) >= ENOUGH);
      backfill.stop();
      backfill.endsWith(STOPPED, MAY_TAKE);
    }
    return List.of(
        Measurement.atMost("import of 1,000,000 rows, whole process", "%.1f s", 30, importing),
        Measurement.known(
            "plan of 1,000,000 horses", Measurement.text("%.2f s", PlanQueries.seconds(workshop))),
        Measurement.atMost(
                "heap with 1,000,000 planned and 20,000 worked, -Xmx256m, peak in use",
                "%.0f MB",
                256,
                most(collections, 1))
            .with(
                "after a collection at most %.0f MB; resident %s"
                    .formatted(
                        most(collections, 2),
                        resident.isPresent() ? resident.getAsLong() + " MB" : "unknown")));
  }

  private static double importing(BenchEnvironment workshop)
      throws IOException, InterruptedException {
    Path file = workshop.folder().resolve("horses.csv");
    Population population = new SyntheticPopulation(1, HORSES);
    try (BufferedWriter rows = Files.newBufferedWriter(file)) {
      rows.write("horse_id,name\n");
      BenchEnvironment.write(population, rows);
    }
    double seconds =
        Seconds.of(() -> {
          try (ChildProcess running = workshop.studbook("import", file.toString())) {
            running.endsWith(0, MAY_TAKE);
          }
        });
    Files.delete(file);
    return seconds;
  }

  private static double most(Path collections, int group) throws IOException {
    try (Stream<String> lines = Files.lines(collections)) {
      return lines
          .flatMap(line -> COLLECTION.matcher(line).results())
          .map((MatchResult result) -> result.group(group))
          .mapToDouble(Double::parseDouble)
          .max()
          .orElseThrow();
    }
  }
}
