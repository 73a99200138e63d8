package studbook.bench.limit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import studbook.bench.environment.BenchEnvironment;
import studbook.bench.environment.ChildProcess;
import studbook.bench.environment.Waiting;
import studbook.simulator.Latency;
import studbook.simulator.Simulator;
import studbook.simulator.SimulatorOptions;
import studbook.simulator.population.Population;
import studbook.simulator.population.SyntheticPopulation;
import studbook.time.SystemTime;

/** One run against a simulator that enforces a limit in a sliding second. */
record LimitRun(int limit, String latency, Duration steady) {

  private static final Duration WARM_UP = Duration.ofSeconds(5);
  private static final Duration FIRST_REQUEST_MAY_TAKE = Duration.ofSeconds(60);
  private static final Duration END_MAY_TAKE = Duration.ofSeconds(10);
  private static final int STOPPED = 3;

  /** A backfill with {@code processes - 1} workers beside it. */
  LimitUse backfill(BenchEnvironment workshop, int processes) throws InterruptedException {
    Population population = population();
    workshop.populate(population);
    return measure(
        population,
        simulator -> {
          List<ChildProcess> started = new ArrayList<>();
          started.add(
              workshop.backfill(
                  simulator.baseUri(),
                  Map.of(),
                  "--no-racecards",
                  "--rate",
                  Integer.toString(limit)));
          for (int i = 1; i < processes; i++) {
            started.add(
                workshop.studbook(
                    BenchEnvironment.account(simulator.baseUri()),
                    "worker",
                    "--rate",
                    Integer.toString(limit)));
          }
          return started;
        },
        true);
  }

  /** The {@link EvenLoop}. */
  LimitUse evenLoop(BenchEnvironment workshop) throws InterruptedException {
    Population population = population();
    return measure(
        population,
        simulator -> {
          List<String> arguments = new ArrayList<>();
          arguments.add("-cp");
          arguments.add(System.getProperty("java.class.path"));
          arguments.add(EvenLoop.class.getName());
          arguments.add(simulator.baseUri().toString());
          arguments.add(Integer.toString(limit));
          arguments.add(population.named(0).id());
          return List.of(workshop.start(workshop.java(arguments.toArray(String[]::new)), Map.of()));
        },
        false);
  }

  private Population population() {
    long whole = WARM_UP.plus(steady).toSeconds() + 60;
    return new SyntheticPopulation(1, (int) (2L * limit * whole));
  }

  private LimitUse measure(
      Population population, Function<Simulator, List<ChildProcess>> start, boolean endsWell)
      throws InterruptedException {
    SimulatorOptions options =
        SimulatorOptions.unlimited(BenchEnvironment.ACCOUNT, BenchEnvironment.ACCOUNT)
            .withRate(limit)
            .withLatency(Latency.parse(latency));
    try (Simulator simulator = Simulator.start(options, population)) {
      List<ChildProcess> started = start.apply(simulator);
      try {
        Waiting.until(
            "the first request",
            FIRST_REQUEST_MAY_TAKE,
            () -> simulator.statistics().arrivals() > 0 || !started.getFirst().isAlive());
        SystemTime.sleeper().sleep(WARM_UP.plus(steady).plusSeconds(1));
        if (simulator.statistics().arrivals() == 0) {
          throw new IllegalStateException("no request:\n" + started.getFirst().output());
        }
        started.forEach(ChildProcess::stop);
        if (endsWell) {
          started.getFirst().endsWith(STOPPED, END_MAY_TAKE);
        }
      } finally {
        started.forEach(ChildProcess::close);
      }
      return LimitUse.of(simulator.statistics().arrivalNanos(), limit, WARM_UP, steady);
    }
  }
}
