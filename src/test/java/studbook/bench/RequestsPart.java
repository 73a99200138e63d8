package studbook.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import studbook.horse.HorseId;
import studbook.racingapi.Account;
import studbook.racingapi.Answer;
import studbook.racingapi.Endpoint;
import studbook.racingapi.RacingApi;
import studbook.secret.Secret;
import studbook.simulator.Lane;
import studbook.simulator.Simulator;
import studbook.simulator.SimulatorOptions;
import studbook.simulator.Statistics;
import studbook.simulator.population.Population;
import studbook.simulator.population.SyntheticPopulation;
import studbook.time.Rate;
import studbook.time.SystemTime;

/**
 * The reference population filled from its first request to its last, with all rates a hundredfold:
 * how many requests a horse costs, and how many hours these requests take at the true rates, of
 * which the budget's margin leaves 98.5%. At a hundredfold, threads that wake late make requests
 * that are refused, so the time of the run itself tells less; it stands beside. Beside it all the
 * same without racecards, and a loop that asks for one horse after the other and sleeps half a
 * second after each, both on a part of the horses.
 */
record RequestsPart() implements Part {

  private static final int HORSES = 111_430;
  private static final int SINGLE = 2;
  private static final int HORSES_LANE = 5;
  private static final int RACECARDS_LANE = 2;
  private static final int FASTER = 100;
  private static final int TENFOLD = 10;
  private static final int PART = 20_000;
  private static final int LOOPED = 2_000;
  private static final Duration SLEEP = Duration.ofMillis(500).dividedBy(FASTER);
  private static final Duration MAY_TAKE = Duration.ofMinutes(20);

  /** Of a limit, what the budget's margin of 15 ms a second leaves. */
  private static final double USABLE = 0.985;

  private static final int STOPPED = 3;
  private static final Set<studbook.simulator.Endpoint> DAYS =
      EnumSet.of(studbook.simulator.Endpoint.RACECARDS);
  private static final Set<studbook.simulator.Endpoint> PROFILES =
      EnumSet.of(studbook.simulator.Endpoint.PRO, studbook.simulator.Endpoint.STANDARD);

  /** Not nothing before the run is planned. */
  private static final String DAYS_TO_READ =
      """
      SELECT count(*) FILTER (WHERE open) + (count(*) = 0)::integer FROM studbook.piece WHERE kind = 'day'
      """;

  /**
   * What a run came to.
   *
   * @param requests without those that were answered 429
   * @param hours at the true rates
   */
  private record Run(long requests, double hours, OptionalLong mebibytes, String detail) {}

  @Override
  public String name() {
    return "requests";
  }

  @Override
  public List<Figure> measure(Workshop workshop) throws InterruptedException {
    Population population = new SyntheticPopulation(1, HORSES);
    Run lanes = lanes(workshop, population);
    System.err.println("  " + lanes);
    Run single = run(workshop, population);
    System.err.println("  " + single);
    Run plain = run(workshop, population, "--no-racecards", "--max", Integer.toString(PART));
    double oneByOne = plain.hours() * HORSES / PART;
    double loop = loop(population);
    List<Figure> figures = new ArrayList<>();
    figures.add(requests("2/s", single));
    figures.add(requests("5/s + 2/s", lanes));
    figures.add(
        Figure.known(
            "one request a horse at 2/s, projected",
            Figure.text("%.1f h", oneByOne)
                + String.format(Locale.ROOT, " (from %,d horses)", PART)));
    figures.add(
        Figure.known(
            "one horse after the other with half a second of sleep, projected",
            Figure.text("%.1f h", loop) + String.format(Locale.ROOT, " (from %,d)", LOOPED)));
    figures.add(times("2/s", single, oneByOne, 1.7));
    figures.add(times("5/s + 2/s", lanes, oneByOne, 4));
    for (Run run : List.of(single, lanes)) {
      if (run.mebibytes().isPresent()) {
        figures.add(
            Figure.below(
                "memory of the process, resident at most, 111,430 horses",
                "%.0f MB",
                400,
                (double) run.mebibytes().getAsLong()));
      }
    }
    return figures;
  }

  private static Figure requests(String limit, Run run) {
    return Figure.atMost(
            "requests a horse, 111,430 horses, " + limit,
            "%.3f",
            0.60,
            (double) run.requests() / HORSES)
        .with(
            String.format(
                Locale.ROOT,
                "%,d requests: %.2f h; %s",
                run.requests(),
                run.hours(),
                run.detail()));
  }

  private static Figure times(String limit, Run run, double oneByOne, double goal) {
    return Figure.atLeast(
        "times fewer hours than one request a horse at 2/s, " + limit,
        "%.2f",
        goal,
        oneByOne / run.hours());
  }

  private static Run run(Workshop workshop, Population population, String... more)
      throws InterruptedException {
    workshop.populate(population);
    SimulatorOptions options =
        SimulatorOptions.unlimited(Workshop.ACCOUNT, Workshop.ACCOUNT)
            .withRate(new Rate(SINGLE * FASTER));
    List<String> words = new ArrayList<>(List.of("--rate", Integer.toString(SINGLE * FASTER)));
    words.addAll(List.of(more));
    try (Simulator simulator = Simulator.start(options, population);
        Running backfill =
            workshop.backfill(simulator.baseUri(), Map.of(), words.toArray(String[]::new))) {
      OptionalLong mebibytes = watched(backfill, () -> false);
      backfill.endsWith(0, Duration.ofSeconds(1));
      Statistics statistics = simulator.statistics();
      long requests = taken(statistics, DAYS) + taken(statistics, PROFILES);
      return new Run(
          requests,
          hours(requests, SINGLE),
          mebibytes,
          "the run itself a hundredfold: %.2f h, fullest second %d, %d answered 429"
              .formatted(
                  Plan.runSeconds(workshop) * FASTER / 3600,
                  statistics.fullestSecond(),
                  statistics.count(429)));
    }
  }

  /**
   * Until the last day is read; from there on only profiles are asked for, and those are counted. A
   * tenfold, since both lanes must keep step and no simulator renders two hundred days a second.
   */
  private static Run lanes(Workshop workshop, Population population) throws InterruptedException {
    workshop.populate(population);
    SimulatorOptions options =
        SimulatorOptions.unlimited(Workshop.ACCOUNT, Workshop.ACCOUNT)
            .withRate(new Rate(HORSES_LANE * TENFOLD))
            .withRacecardsRate(new Rate(RACECARDS_LANE * TENFOLD));
    try (Simulator simulator = Simulator.start(options, population);
        Running backfill =
            workshop.backfill(
                simulator.baseUri(),
                Map.of(),
                "--rate",
                Integer.toString(HORSES_LANE * TENFOLD),
                "--racecards-rate",
                Integer.toString(RACECARDS_LANE * TENFOLD))) {
      OptionalLong mebibytes = watched(backfill, () -> workshop.number(DAYS_TO_READ) == 0);
      backfill.stop();
      backfill.endsWith(STOPPED, Duration.ofSeconds(10));
      Statistics statistics = simulator.statistics();
      long days = taken(statistics, DAYS);
      long profiles = taken(statistics, PROFILES);
      double pending =
          workshop.number("SELECT count(*) FROM studbook.ledger WHERE state = 'pending'");
      double asked =
          workshop.number(
              "SELECT count(*) FROM studbook.ledger WHERE source IN ('pro', 'standard')");
      double each =
          workshop.number("SELECT sum(requests) FROM studbook.ledger WHERE state <> 'pending'")
              / asked;
      long all = profiles + Math.round(pending * each);
      return new Run(
          days + all,
          Math.max(hours(days, RACECARDS_LANE), hours(all, HORSES_LANE)),
          mebibytes,
          "%,d days beside %,d profiles, then %,.0f horses more; fullest second %d and %d, %d answered 429"
              .formatted(
                  days,
                  profiles,
                  pending,
                  statistics.fullestSecond(Lane.HORSES),
                  statistics.fullestSecond(Lane.RACECARDS),
                  statistics.count(429)));
    }
  }

  private interface Done {
    boolean is();
  }

  /** Waits until it ends or {@code done}; the most memory that it held. */
  private static OptionalLong watched(Running backfill, Done done) throws InterruptedException {
    OptionalLong most = OptionalLong.empty();
    long began = SystemTime.ticker().nanos();
    while (backfill.isAlive()
        && !done.is()
        && SystemTime.ticker().nanos() - began < MAY_TAKE.toNanos()) {
      OptionalLong now = backfill.peakMebibytes();
      most = now.isPresent() ? now : most;
      SystemTime.sleeper().sleep(Duration.ofMillis(500));
    }
    return most;
  }

  private static long taken(Statistics statistics, Set<studbook.simulator.Endpoint> endpoints) {
    return statistics.answered().stream()
        .filter(answered -> endpoints.contains(answered.endpoint()) && answered.status() != 429)
        .mapToLong(Statistics.Answered::count)
        .sum();
  }

  private static double hours(long requests, int rate) {
    return requests / (rate * USABLE) / 3600;
  }

  private static double loop(Population population) throws InterruptedException {
    Secret secret = Secret.of(Workshop.ACCOUNT);
    try (Simulator simulator =
            Simulator.start(
                SimulatorOptions.unlimited(Workshop.ACCOUNT, Workshop.ACCOUNT)
                    .withRate(new Rate(2 * FASTER)),
                population);
        RacingApi api =
            new RacingApi(
                new Account(simulator.baseUri(), secret, secret, Duration.ofSeconds(30)),
                "bench",
                SystemTime.clock(),
                SystemTime.ticker())) {
      double seconds =
          Seconds.of(() -> {
            for (int i = 0; i < LOOPED; i++) {
              HorseId horse = population.named(i).id();
              if (api.ask(horse, Endpoint.PRO).answer() instanceof Answer.NotFound) {
                api.ask(horse, Endpoint.STANDARD);
              }
              SystemTime.sleeper().sleep(SLEEP);
            }
          });
      return seconds * HORSES / LOOPED * FASTER / 3600;
    }
  }
}
