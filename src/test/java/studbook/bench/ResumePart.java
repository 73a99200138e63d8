package studbook.bench;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import studbook.simulator.Simulator;
import studbook.simulator.SimulatorOptions;
import studbook.simulator.Statistics;
import studbook.simulator.population.Population;
import studbook.simulator.population.SyntheticPopulation;
import studbook.store.Census;
import studbook.store.Runs;
import studbook.time.SystemTime;

/**
 * A database of the usual size: planned, filled to nine tenths, killed, resumed and looked at,
 * while the database runs.
 */
record ResumePart() implements Part {

  private static final int HORSES = 111_430;
  private static final int REPETITIONS = 3;
  private static final Duration MAY_TAKE = Duration.ofMinutes(5);

  @Override
  public String name() {
    return "resume";
  }

  @Override
  public List<Figure> measure(Workshop workshop) throws InterruptedException {
    Population population = new SyntheticPopulation(1, HORSES);
    workshop.populate(population);
    double[] resumes = new double[REPETITIONS];
    try (Simulator simulator =
        Simulator.start(
            SimulatorOptions.unlimited(Workshop.ACCOUNT, Workshop.ACCOUNT), population)) {
      try (Running backfill =
          workshop.backfill(
              simulator.baseUri(), Map.of(), "--no-racecards", "--rate", "unlimited")) {
        Waiting.until(
            "nine tenths",
            MAY_TAKE,
            () -> !backfill.isAlive() || workshop.number(Plan.PROCESSED) >= 0.9 * HORSES);
        backfill.kill();
      }
      for (int i = 0; i < REPETITIONS; i++) {
        resumes[i] = resume(workshop, simulator);
      }
    }
    double share = 100 * workshop.number(Plan.PROCESSED) / HORSES;
    return List.of(
        Figure.below("plan of 111,430 horses", "%.2f s", 2, Plan.seconds(workshop)),
        Figure.below(
                "resume of 111,430 at 90 % after kill -9: process start to first request",
                "%.2f s", 2, Seconds.median(resumes))
            .with(
                "median of %d, longest %.2f s, at the end %.1f %% done"
                    .formatted(REPETITIONS, Arrays.stream(resumes).max().orElseThrow(), share)),
        status(workshop),
        statusQueries(workshop));
  }

  /** Kills it again as soon as its first request is there, so that it can be repeated. */
  private static double resume(Workshop workshop, Simulator simulator) throws InterruptedException {
    Statistics statistics = simulator.statistics();
    long before = settledArrivals(statistics);
    long began = SystemTime.ticker().nanos();
    try (Running backfill =
        workshop.backfill(simulator.baseUri(), Map.of(), "--rate", "unlimited", "--resume")) {
      Waiting.until(
          "the first request",
          MAY_TAKE,
          () -> !backfill.isAlive() || statistics.arrivals() > before);
      backfill.kill();
    }
    return (statistics.arrivalNanos()[(int) before] - began) / 1e9;
  }

  /** What a killed process had sent may still arrive for a moment. */
  private static long settledArrivals(Statistics statistics) throws InterruptedException {
    long before;
    do {
      before = statistics.arrivals();
      SystemTime.sleeper().sleep(Duration.ofMillis(200));
    } while (statistics.arrivals() != before);
    return before;
  }

  private static Figure status(Workshop workshop) throws InterruptedException {
    double[] seconds =
        Seconds.times(
            5,
            () -> {
              try (Running status = workshop.studbook("status")) {
                status.endsWith(0, MAY_TAKE);
              }
            });
    return Figure.below(
            "status on 111,430 rows, whole process", "%.2f s", 0.5, Seconds.median(seconds))
        .with("median of 5");
  }

  private static Figure statusQueries(Workshop workshop) throws InterruptedException {
    Runs runs = new Runs(workshop.jdbi());
    double[] seconds =
        Seconds.times(
            5,
            () -> {
              Census.take(workshop.jdbi());
              runs.tally(runs.latest().orElseThrow().id());
            });
    return Figure.known(
        "status on 111,430 rows, its queries alone",
        Figure.text("%.3f s", Seconds.median(seconds)));
  }
}
