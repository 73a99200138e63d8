package studbook.bench.limit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import studbook.bench.environment.BenchEnvironment;
import studbook.bench.environment.Benchmark;
import studbook.bench.environment.Measurement;

/**
 * How much of a limit is used under each latency and over several processes, by the arrivals that
 * the simulator saw, one measurement after the other; the first seconds are left out of the share,
 * and of nothing else.
 */
public record LimitPart(Duration steady) implements Benchmark {

  private static final List<Integer> LIMITS = List.of(2, 5);

  /** The conditions of a run. */
  private record Case(String latency, int processes) {}

  private static final List<Case> CASES =
      List.of(
          new Case("50", 1),
          new Case("300±100", 1),
          new Case("2000", 1),
          new Case("150±50", 2),
          new Case("150±50", 4));

  @Override
  public String name() {
    return "limit";
  }

  @Override
  public List<Measurement> measure(BenchEnvironment workshop) throws InterruptedException {
    List<Measurement> figures = new ArrayList<>();
    for (int limit : LIMITS) {
      for (Case met : CASES) {
        figures.addAll(measure(workshop, limit, met));
      }
    }
    return figures;
  }

  private List<Measurement> measure(BenchEnvironment workshop, int limit, Case met)
      throws InterruptedException {
    LimitUse use = new LimitRun(limit, met.latency(), steady).backfill(workshop, met.processes());
    String at =
        "limit %d/s, latency %s ms, processes: %d: "
            .formatted(limit, met.latency(), met.processes());
    return List.of(
        Measurement.atLeast(
            at + "share used in " + steady.toSeconds() + " s", "%.1f %%", 98.5, 100 * use.share()),
        Measurement.atMost(at + "answers 429", "%.0f", 0, use.refused()).with(use.crowded()));
  }
}
