package studbook.bench.dashboard;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import studbook.bench.environment.BenchEnvironment;
import studbook.bench.environment.Benchmark;
import studbook.bench.environment.ChildProcess;
import studbook.bench.environment.Measurement;
import studbook.bench.environment.Waiting;
import studbook.simulator.Latency;
import studbook.simulator.Simulator;
import studbook.simulator.SimulatorOptions;
import studbook.simulator.population.Population;
import studbook.simulator.population.SyntheticPopulation;
import studbook.text.HumanFormat;
import studbook.time.SystemTime;

/**
 * What a run at 5 requests a second loses while 200 clients watch it and 50 pages are opened a
 * second, and while 10,000 passwords are tried a minute; and what the service takes for them. The
 * run is a process of its own on the same machine, as are the clients.
 *
 * @param steady how long is measured
 */
public record DashboardPart(Duration steady) implements Benchmark {

  private static final int LIMIT = 5;
  private static final int WATCHERS = 200;
  private static final int PAGES_PER_SECOND = 50;
  private static final int LOGINS_PER_MINUTE = 10_000;
  private static final Duration WARM_UP = Duration.ofSeconds(10);
  private static final Duration START_MAY_TAKE = Duration.ofSeconds(60);
  private static final Duration END_MAY_TAKE = Duration.ofSeconds(15);
  private static final int STOPPED = 3;
  private static final double MIN_SHARE = 98;
  private static final double MAX_HEAP = 256;
  private static final double MAX_IDLE_MEMORY = 150;
  private static final double MAX_IDLE_CPU = 0.5;
  private static final Pattern URL = Pattern.compile("dashboard at (http://\\S+)");
  private static final Pattern RUN = Pattern.compile("Run (\\d+) started");

  @Override
  public String name() {
    return "dashboard";
  }

  /** What the simulator saw of the run, and what the service took. */
  private record LoadedRun(
      double perSecond, long throttled, OptionalLong memory, double p95, String seen) {}

  @Override
  public List<Measurement> measure(BenchEnvironment workshop) throws InterruptedException {
    IdleService idle = idle(workshop);
    LoadedRun alone = run(workshop, (_, _) -> {});
    LoadedRun watched =
        run(
            workshop,
            (load, page) -> {
              load.watch(WATCHERS, page + "/live");
              load.open(
                  PAGES_PER_SECOND,
                  List.of("/", "/runs", page, "/horses?q=a", "/errors", "/changes"));
            });
    LoadedRun attacked = run(workshop, (load, _) -> load.logIn(LOGINS_PER_MINUTE));
    String watching = "200 clients watch, 50 pages/s: ";
    String guessing = "10,000 logins/min: ";
    return List.of(
        Measurement.atMost(
            "idle service with dashboard: memory, resident at most",
            "%.0f MB",
            MAX_IDLE_MEMORY,
            (double) idle.memory().orElse(0)),
        Measurement.atMost(
            "idle service with dashboard: share of a core", "%.2f %%", MAX_IDLE_CPU, idle.cpu()),
        Measurement.known(
            "run at 5/s, nobody watches: requests a second",
            Measurement.text("%.2f", alone.perSecond())),
        Measurement.atLeast(
                watching + "rate of the run, of that without",
                "%.1f %%",
                MIN_SHARE,
                100 * watched.perSecond() / alone.perSecond())
            .with(watched.seen()),
        Measurement.atMost(watching + "answers 429", "%.0f", 0, (double) watched.throttled()),
        Measurement.known(
            watching + "95 of 100 pages within", Measurement.text("%.0f ms", 1e3 * watched.p95())),
        Measurement.atMost(
                watching + "memory of the service, resident at most",
                "%.0f MB",
                2 * MAX_HEAP,
                (double) watched.memory().orElse(0))
            .with("heap limited to 256 MB"),
        Measurement.atLeast(
                guessing + "rate of the run, of that without",
                "%.1f %%",
                MIN_SHARE,
                100 * attacked.perSecond() / alone.perSecond())
            .with(attacked.seen()),
        Measurement.atMost(guessing + "answers 429", "%.0f", 0, (double) attacked.throttled()));
  }

  /**
   * A service at which no job is due and that nobody watches.
   *
   * @param cpu percent of a core
   */
  private record IdleService(OptionalLong memory, double cpu) {}

  private IdleService idle(BenchEnvironment workshop) throws InterruptedException {
    Population population = new SyntheticPopulation(1, 1_000);
    workshop.populate(population);
    SimulatorOptions options =
        SimulatorOptions.unlimited(BenchEnvironment.ACCOUNT, BenchEnvironment.ACCOUNT);
    try (Simulator simulator = Simulator.start(options, population);
        ChildProcess service = service(workshop, simulator)) {
      printed(URL, service);
      SystemTime.sleeper().sleep(WARM_UP);
      Duration before = service.processorTime();
      long began = SystemTime.ticker().nanos();
      OptionalLong memory = peakUntilEnd(service, began);
      double used = service.processorTime().minus(before).toNanos();
      return new IdleService(memory, 100 * used / (SystemTime.ticker().nanos() - began));
    }
  }

  /** Visitors of a dashboard on which the run has the page of this path. */
  private interface VisitorLoad {
    void start(DashboardLoad load, String runPage);
  }

  private LoadedRun run(BenchEnvironment workshop, VisitorLoad load) throws InterruptedException {
    long seconds = WARM_UP.plus(steady).toSeconds();
    Population population = new SyntheticPopulation(1, (int) (2 * LIMIT * (seconds + 60)));
    workshop.populate(population);
    SimulatorOptions options =
        SimulatorOptions.unlimited(BenchEnvironment.ACCOUNT, BenchEnvironment.ACCOUNT)
            .withRate(LIMIT)
            .withLatency(Latency.parse("150±50"));
    try (Simulator simulator = Simulator.start(options, population);
        ChildProcess backfill =
            workshop.backfill(
                simulator.baseUri(),
                Map.of(),
                "--no-racecards",
                "--rate",
                Integer.toString(LIMIT));
        ChildProcess service = service(workshop, simulator)) {
      String url = printed(URL, service);
      Waiting.until(
          "the first request", START_MAY_TAKE, () -> simulator.statistics().arrivals() > 0);
      try (DashboardLoad visitors = new DashboardLoad(URI.create(url))) {
        load.start(visitors, "/runs/" + printed(RUN, backfill));
        SystemTime.sleeper().sleep(WARM_UP);
        long before = simulator.statistics().arrivals();
        long throttled = simulator.statistics().count(429);
        long began = SystemTime.ticker().nanos();
        OptionalLong memory = peakUntilEnd(service, began);
        double rate =
            (simulator.statistics().arrivals() - before)
                / ((SystemTime.ticker().nanos() - began) / 1e9);
        if (visitors.failedPages() > 0) {
          throw new IllegalStateException(visitors.failedPages() + " pages failed");
        }
        backfill.stop();
        backfill.endsWith(STOPPED, END_MAY_TAKE);
        return new LoadedRun(
            rate,
            simulator.statistics().count(429) - throttled,
            memory,
            visitors.p95(),
            "%s requests/s; %s pages, %s kB of live figures, %s logins answered"
                .formatted(
                    Measurement.text("%.2f", rate),
                    HumanFormat.count(visitors.pages()),
                    HumanFormat.count(visitors.streamedBytes() / 1_000),
                    HumanFormat.count(visitors.logins())));
      }
    }
  }

  private static ChildProcess service(BenchEnvironment workshop, Simulator simulator) {
    return workshop.studbook(
        BenchEnvironment.account(simulator.baseUri()), "serve", "--listen", "127.0.0.1:0");
  }

  private OptionalLong peakUntilEnd(ChildProcess service, long began) throws InterruptedException {
    return service.peakUntil(
        "the end of the measurement",
        steady.multipliedBy(3),
        () -> SystemTime.ticker().nanos() - began > steady.toNanos());
  }

  /** What a process prints, as soon as it does. */
  private static String printed(Pattern pattern, ChildProcess process) throws InterruptedException {
    Waiting.until(
        "output " + pattern, START_MAY_TAKE, () -> pattern.matcher(process.output()).find());
    Matcher matcher = pattern.matcher(process.output());
    if (!matcher.find()) {
      throw new IllegalStateException(process.output());
    }
    return matcher.group(1);
  }
}
