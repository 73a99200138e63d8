package studbook.bench.limit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import studbook.bench.environment.BenchEnvironment;
import studbook.bench.environment.Benchmark;
import studbook.bench.environment.Measurement;

/**
 * How much of a limit is used on a busy machine, with two busy loops beside it, and how often it is
 * exceeded; a backfill and an evenly spaced loop in turns.
 */
public record BusyLimitPart(int pairs, Duration steady) implements Benchmark {

  private static final List<Integer> LIMITS = List.of(5, 2);
  private static final String LATENCY = "150±50";
  private static final int LOOPS = 2;
  private static final Duration RUN_MAY_TAKE_BESIDE = Duration.ofMinutes(2);

  @Override
  public String name() {
    return "busy";
  }

  @Override
  public List<Measurement> measure(BenchEnvironment workshop) throws InterruptedException {
    List<Measurement> figures = new ArrayList<>();
    for (int limit : LIMITS) {
      LimitRun run = new LimitRun(limit, LATENCY, steady);
      List<LimitUse> ours = new ArrayList<>();
      List<LimitUse> even = new ArrayList<>();
      for (int pair = 0; pair < pairs; pair++) {
        long longest = 2 * steady.plus(RUN_MAY_TAKE_BESIDE).toSeconds();
        try (BusyLoops _ = new BusyLoops(workshop, LOOPS, longest)) {
          if (pair % 2 == 1) {
            even.add(run.evenLoop(workshop));
          }
          ours.add(run.backfill(workshop, 1));
          if (pair % 2 == 0) {
            even.add(run.evenLoop(workshop));
          }
        }
        print("backfill", limit, ours.getLast());
        print("even loop", limit, even.getLast());
      }
      figures.addAll(figures(limit, ours, even));
    }
    return figures;
  }

  private static void print(String what, int limit, LimitUse use) {
    System.err.println(
        Measurement.text("  " + limit + "/s: %.1f %% by the ", 100 * use.share())
            + what
            + ", "
            + use.refused()
            + " answers 429 ("
            + use.crowded()
            + ")");
  }

  private List<Measurement> figures(int limit, List<LimitUse> ours, List<LimitUse> even) {
    String at =
        "limit %d/s, busy machine, %d times %d s: ".formatted(limit, pairs, steady.toSeconds());
    double goal = Math.max(0.97, share(even));
    return List.of(
        Measurement.atLeast(at + "share used", "%.1f %%", 100 * goal, 100 * share(ours))
            .with(shares(ours)),
        Measurement.known(
            at + "share that an evenly spaced loop uses",
            Measurement.text("%.1f %% (", 100 * share(even)) + shares(even) + ")"),
        Measurement.atMost(at + "answers 429", "%.0f", refused(even) / 2, refused(ours)),
        Measurement.known(
            at + "answers 429 of an evenly spaced loop", Measurement.text("%.0f", refused(even))));
  }

  private static double share(List<LimitUse> uses) {
    return uses.stream().mapToDouble(LimitUse::share).average().orElse(0);
  }

  private static String shares(List<LimitUse> uses) {
    return uses.stream()
        .map(use -> Measurement.text("%.1f", 100 * use.share()))
        .collect(Collectors.joining(" "));
  }

  private static double refused(List<LimitUse> uses) {
    return uses.stream().mapToInt(LimitUse::refused).sum();
  }
}
