package studbook.bench.limit;

import java.time.Duration;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import studbook.bench.environment.BenchEnvironment;
import studbook.bench.environment.Benchmark;
import studbook.bench.environment.ChildProcess;
import studbook.bench.environment.Measurement;
import studbook.bench.environment.Waiting;
import studbook.simulator.Latency;
import studbook.simulator.Simulator;
import studbook.simulator.SimulatorOptions;
import studbook.simulator.fault.FaultProfile;
import studbook.simulator.http.RateLimitGroup;
import studbook.simulator.http.SimulatorStatistics;
import studbook.simulator.population.Population;
import studbook.simulator.population.SyntheticPopulation;
import studbook.text.HumanFormat;
import studbook.time.SystemTime;

/**
 * How much of a limit is used while racecards are read and one request in a hundred for them hangs
 * until the time-out; 429s and memory beside it, and the share while none hangs. The warm-up is
 * left out of the share.
 *
 * @param steady how long is measured, at most as long as the simulator has days
 */
public record HangingPart(Duration steady) implements Benchmark {

  private static final int LIMIT = 20;
  private static final String FAULTS = "timeout:0.01";
  private static final Duration WARM_UP = Duration.ofSeconds(5);

  /** All days that a simulator has last a little longer, at the limit. */
  private static final Duration LONGEST = Duration.ofSeconds(60);

  /** Horses that run on no day, so that the run does not end with the days. */
  private static final int OTHERS = 2_000;

  private static final Duration FIRST_REQUEST_MAY_TAKE = Duration.ofSeconds(60);

  /** A request that hangs is given up. */
  private static final Duration END_MAY_TAKE = Duration.ofSeconds(15);

  private static final int STOPPED = 3;

  public HangingPart {
    steady = steady.compareTo(LONGEST) < 0 ? steady : LONGEST;
  }

  @Override
  public String name() {
    return "hanging";
  }

  /** What the simulator saw, and the most memory that the process held. */
  private record Measured(SimulatorStatistics statistics, OptionalLong memory) {

    LimitUse use(Duration steady) {
      return LimitUse.of(statistics.arrivalNanos(), LIMIT, WARM_UP, steady);
    }
  }

  @Override
  public List<Measurement> measure(BenchEnvironment workshop) throws InterruptedException {
    Measured hanging = run(workshop, FaultProfile.parse(FAULTS).only(RateLimitGroup.RACECARDS));
    Measured plain = run(workshop, FaultProfile.NONE);
    return figures(hanging, plain.use(steady));
  }

  private Measured run(BenchEnvironment workshop, FaultProfile faults) throws InterruptedException {
    LocalDate first = Population.FIRST_RACE_DAY;
    int days = (int) ChronoUnit.DAYS.between(first, LocalDate.now(SystemTime.clock()));
    Population population = new SyntheticPopulation(1, days * SmallDays.RUNNERS + OTHERS);
    workshop.populate(population);
    SimulatorOptions options =
        SimulatorOptions.unlimited(BenchEnvironment.ACCOUNT, BenchEnvironment.ACCOUNT)
            .withRate(LIMIT)
            .withLatency(Latency.parse("150±50"))
            .withFaults(faults);
    try (Simulator simulator =
            Simulator.start(options, population, new SmallDays(population, first));
        ChildProcess backfill =
            workshop.backfill(
                simulator.baseUri(),
                Map.of(),
                "--rate",
                Integer.toString(LIMIT),
                "--racecards-since",
                first.toString(),
                "--racecards-until",
                first.plusDays(days - 1).toString())) {
      SimulatorStatistics statistics = simulator.statistics();
      Waiting.until(
          "the first request",
          FIRST_REQUEST_MAY_TAKE,
          () -> statistics.arrivals() > 0 || !backfill.isAlive());
      long end = SystemTime.ticker().nanos() + WARM_UP.plus(steady).plusSeconds(1).toNanos();
      OptionalLong memory =
          backfill.peakUntil(
              "the end of the measurement",
              WARM_UP.plus(steady).multipliedBy(2),
              () -> SystemTime.ticker().nanos() - end > 0);
      backfill.stop();
      backfill.endsWith(STOPPED, END_MAY_TAKE);
      return new Measured(statistics, memory);
    }
  }

  private List<Measurement> figures(Measured hanging, LimitUse plain) {
    SimulatorStatistics statistics = hanging.statistics();
    LimitUse use = hanging.use(steady);
    String at = "limit %d/s, 1 %% of racecard requests hang: ".formatted(LIMIT);
    String what =
        "%s days, %s of them hung, and %s profiles were requested"
            .formatted(
                HumanFormat.count(statistics.arrivalNanos(RateLimitGroup.RACECARDS).length),
                HumanFormat.count(statistics.faultCount("timeout")),
                HumanFormat.count(statistics.arrivalNanos(RateLimitGroup.HORSES).length));
    return List.of(
        Measurement.atLeast(
                at + "share used in " + steady.toSeconds() + " s", "%.1f %%", 95, 100 * use.share())
            .with(what),
        Measurement.known(
            "limit %d/s, no racecard request hangs: share used".formatted(LIMIT),
            Measurement.text("%.1f %%", 100 * plain.share()) + ", answers 429: " + plain.refused()),
        Measurement.atMost(at + "answers 429", "%.0f", 0, use.refused()).with(use.crowded()),
        Measurement.below(
            at + "memory of the process, resident at most",
            "%.0f MB",
            400,
            (double) hanging.memory().orElse(0)));
  }
}
