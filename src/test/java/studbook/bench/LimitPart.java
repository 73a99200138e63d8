package studbook.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import studbook.simulator.Latency;
import studbook.simulator.Simulator;
import studbook.simulator.SimulatorOptions;
import studbook.simulator.population.Population;
import studbook.simulator.population.SyntheticPopulation;
import studbook.time.Rate;
import studbook.time.SystemTime;

/**
 * How much of a limit is used under each latency, by the arrivals that the simulator saw, one
 * measurement after the other; the first seconds are left out of the share, and of nothing else.
 */
record LimitPart(Duration steady) implements Part {

  private static final List<Integer> LIMITS = List.of(2, 5);
  private static final List<String> LATENCIES = List.of("50", "300±100", "2000");
  private static final Duration WARM_UP = Duration.ofSeconds(5);
  private static final Duration FIRST_REQUEST_MAY_TAKE = Duration.ofSeconds(30);
  private static final Duration END_MAY_TAKE = Duration.ofSeconds(10);
  private static final long SECOND = 1_000_000_000L;
  private static final int STOPPED = 3;

  @Override
  public String name() {
    return "limit";
  }

  @Override
  public List<Figure> measure(Workshop workshop) throws InterruptedException {
    List<Figure> figures = new ArrayList<>();
    for (int limit : LIMITS) {
      for (String latency : LATENCIES) {
        figures.addAll(measure(workshop, limit, latency));
      }
    }
    return figures;
  }

  private List<Figure> measure(Workshop workshop, int limit, String latency)
      throws InterruptedException {
    Duration whole = WARM_UP.plus(steady).plusSeconds(1);
    Population population =
        new SyntheticPopulation(1, (int) (2L * limit * whole.toSeconds()) + 100);
    workshop.populate(population);
    SimulatorOptions options =
        SimulatorOptions.unlimited(Workshop.ACCOUNT, Workshop.ACCOUNT)
            .withRate(new Rate(limit))
            .withLatency(Latency.parse(latency));
    try (Simulator simulator = Simulator.start(options, population);
        Running backfill =
            workshop.backfill(simulator.baseUri(), Map.of(), "--rate", Integer.toString(limit))) {
      Waiting.until(
          "the first request",
          FIRST_REQUEST_MAY_TAKE,
          () -> simulator.statistics().arrivals() > 0 || !backfill.isAlive());
      SystemTime.sleeper().sleep(whole);
      backfill.stop();
      backfill.endsWith(STOPPED, END_MAY_TAKE);
      long[] arrivals = simulator.statistics().arrivalNanos();
      String at = "limit " + limit + "/s, latency " + latency + " ms: ";
      return List.of(
          Figure.atLeast(
              at + "share used in " + steady.toSeconds() + " s",
              "%.1f %%",
              98,
              100 * share(arrivals, limit)),
          Figure.atMost(at + "answers 429", "%.0f", 0, (double) simulator.statistics().count(429)),
          Figure.atMost(
                  at + "fullest second", "%.0f", limit, simulator.statistics().fullestSecond())
              .with(crowded(arrivals, limit)));
    }
  }

  /** When more than the limit came within a second, by the seconds since the first arrival. */
  private static String crowded(long[] arrivals, int limit) {
    List<String> moments = new ArrayList<>();
    for (int i = limit; i < arrivals.length; i++) {
      if (arrivals[i] - arrivals[i - limit] < SECOND) {
        moments.add(Figure.text("%.1f s", (arrivals[i] - arrivals[0]) / 1e9));
      }
    }
    return moments.isEmpty() ? "never more" : "more after " + String.join(", ", moments);
  }

  /**
   * From an arrival to an arrival, so that the count is not off by a part of one; and by whole
   * windows, since within one the slots lie closer together than between two.
   */
  private double share(long[] arrivals, int limit) {
    int first = 0;
    while (arrivals[first] - arrivals[0] < WARM_UP.toNanos()) {
      first++;
    }
    int last = first;
    while (last + limit < arrivals.length
        && arrivals[last + limit] - arrivals[first] <= steady.toNanos()) {
      last += limit;
    }
    return (last - first) / ((arrivals[last] - arrivals[first]) / 1e9) / limit;
  }
}
