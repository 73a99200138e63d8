package studbook.bench.scale;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import studbook.bench.environment.BenchEnvironment;
import studbook.bench.environment.Benchmark;
import studbook.bench.environment.ChildProcess;
import studbook.bench.environment.Measurement;
import studbook.bench.environment.Seconds;
import studbook.quality.QualityScore;
import studbook.text.HumanFormat;

/**
 * {@code validate} and the data quality score over a finished run: of the usual size, and of ten
 * million horses in a heap of 32 MB.
 */
public record ValidatePart(int horses, int many) implements Benchmark {

  private static final int REPETITIONS = 5;
  private static final Duration MAY_TAKE = Duration.ofMinutes(5);
  private static final Map<String, String> SMALL_HEAP = Map.of("STUDBOOK_JAVA_OPTS", "-Xmx32m");

  @Override
  public String name() {
    return "validate";
  }

  @Override
  public List<Measurement> measure(BenchEnvironment workshop) throws InterruptedException {
    FinishedRun.make(workshop, horses);
    double[] usual = Seconds.times(REPETITIONS, () -> validate(workshop, Map.of()));
    double[] scores = Seconds.times(REPETITIONS, () -> QualityScore.compute(workshop.jdbi()));
    FinishedRun.make(workshop, many);
    OptionalLong[] memory = new OptionalLong[1];
    double large = Seconds.of(() -> memory[0] = validate(workshop, SMALL_HEAP));
    workshop.empty();
    String rows = HumanFormat.count(horses) + " rows";
    return List.of(
        Measurement.atMost(
                "validate on " + rows + ", whole process", "%.2f s", 1, Seconds.median(usual))
            .with("median of " + REPETITIONS),
        Measurement.below(
                "score on " + rows + ", its query alone", "%.3f s", 0.15, Seconds.median(scores))
            .with("median of " + REPETITIONS),
        Measurement.atMost(
                "validate on " + HumanFormat.count(many) + " rows, -Xmx32m, whole process",
                "%.1f s",
                60,
                large)
            .with(
                "resident " + (memory[0].isPresent() ? memory[0].getAsLong() + " MB" : "unknown")));
  }

  /** Returns its maximum memory. */
  private static OptionalLong validate(BenchEnvironment workshop, Map<String, String> environment)
      throws InterruptedException {
    try (ChildProcess running = workshop.studbook(environment, "validate")) {
      OptionalLong seen = running.peakUntil("the end of validate", MAY_TAKE, () -> false);
      running.endsWith(0, MAY_TAKE);
      return seen;
    }
  }
}
