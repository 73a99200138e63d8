package studbook.bench.speed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BooleanSupplier;
import studbook.bench.environment.BenchEnvironment;
import studbook.bench.environment.ChildProcess;
import studbook.bench.environment.PlanQueries;
import studbook.simulator.Simulator;
import studbook.simulator.SimulatorOptions;
import studbook.simulator.http.SimulatedEndpoint;
import studbook.simulator.http.SimulatorStatistics;
import studbook.simulator.population.Population;
import studbook.simulator.racecards.RacecardPages;

/**
 * Backfills from their first request to their last, faster than life: profiles with all rates a
 * hundredfold, and before them the racecards a fivefold. Ten days a second of hundreds of runners
 * are what one PostgreSQL beside all else on two cores keeps up with; from there on it would be the
 * machine that is measured, and not the limit.
 */
record AcceleratedRuns(BenchEnvironment workshop, Population population, RacecardPages pages) {

  private static final int DAYS_FASTER = 5;
  private static final int FASTER = 100;
  private static final Duration MAY_TAKE = Duration.ofMinutes(20);
  private static final Duration END_MAY_TAKE = Duration.ofSeconds(30);

  /** Of a limit, what the budget's margin of 15 ms a second leaves. */
  private static final double USABLE = 0.985;

  private static final int DONE = 0;
  private static final int STOPPED = 3;
  private static final Set<SimulatedEndpoint> DAYS = EnumSet.of(SimulatedEndpoint.RACECARDS);
  private static final Set<SimulatedEndpoint> PROFILES =
      EnumSet.of(SimulatedEndpoint.PRO, SimulatedEndpoint.STANDARD);

  /** Not nothing before the run is planned. */
  private static final String DAYS_TO_READ =
      """
      SELECT count(*) FILTER (WHERE open) + (count(*) = 0)::integer FROM studbook.chunk WHERE kind = 'racecard_day'
      """;

  private static final String UNTIL_STOPPED =
      """
      SELECT extract(epoch FROM s.occurred_at - p.occurred_at) FROM studbook.run_event p, studbook.run_event s
      WHERE p.event = 'planned' AND s.event = 'stopped'
      """;

  private static final String SINCE_RESUMED =
      """
      SELECT extract(epoch FROM r.ended_at - e.occurred_at) FROM studbook.run r, studbook.run_event e
      WHERE r.state = 'finished' AND e.event = 'restarted'
      """;

  /**
   * What an account may send a second.
   *
   * @param racecards where they have a limit of their own
   */
  record Limits(int account, OptionalInt racecards) {

    SimulatorOptions options(int faster) {
      SimulatorOptions options =
          SimulatorOptions.unlimited(BenchEnvironment.ACCOUNT, BenchEnvironment.ACCOUNT)
              .withRate(account * faster);
      return racecards.isPresent()
          ? options.withRacecardsRate(racecards.getAsInt() * faster)
          : options;
    }

    List<String> words(int faster) {
      List<String> words = new ArrayList<>(List.of("--rate", Integer.toString(account * faster)));
      racecards.ifPresent(
          rate -> Collections.addAll(words, "--racecards-rate", Integer.toString(rate * faster)));
      return words;
    }

    /** The hours that requests take where each limit is used as far as the margin leaves it. */
    double hours(long days, long profiles) {
      return racecards.isPresent()
          ? Math.max(hours(days, racecards.getAsInt()), hours(profiles, account))
          : hours(days + profiles, account);
    }

    private static double hours(long requests, int rate) {
      return requests / (rate * USABLE) / 3600;
    }
  }

  /**
   * What was sent, without what was answered 429.
   *
   * @param hours by the clock, times how much faster than life it was
   * @param mebibytes the most that a process held
   */
  record Sent(
      Limits limits, long days, long profiles, long refused, double hours, OptionalLong mebibytes) {

    long requests() {
      return days + profiles;
    }

    /** The hours that so many requests take at least. */
    double leastHours() {
      return limits.hours(days, profiles);
    }
  }

  /** Racecards and profiles. */
  Sent whole(Limits limits) throws InterruptedException {
    workshop.populate(population);
    Sent scan = sent(limits, DAYS_FASTER, UNTIL_STOPPED, () -> workshop.number(DAYS_TO_READ) == 0);
    Sent rest = sent(limits, FASTER, SINCE_RESUMED, () -> false, "--resume");
    return new Sent(
        limits,
        scan.days() + rest.days(),
        scan.profiles() + rest.profiles(),
        scan.refused() + rest.refused(),
        scan.hours() + rest.hours(),
        scan.mebibytes().orElse(0) > rest.mebibytes().orElse(0)
            ? scan.mebibytes()
            : rest.mebibytes());
  }

  /** One horse a request, for so many horses. */
  Sent profilesOnly(Limits limits, int horses) throws InterruptedException {
    workshop.populate(population);
    return sent(
        limits,
        FASTER,
        PlanQueries.RUN_SECONDS,
        () -> false,
        "--no-racecards",
        "--max",
        Integer.toString(horses));
  }

  /**
   * One process, against a simulator of its own.
   *
   * @param seconds the query for how long it took
   * @param enough when it is stopped, unless it comes to its end before
   */
  private Sent sent(
      Limits limits, int faster, String seconds, BooleanSupplier enough, String... more)
      throws InterruptedException {
    List<String> words = limits.words(faster);
    words.addAll(Arrays.asList(more));
    try (Simulator simulator = Simulator.start(limits.options(faster), population, pages);
        ChildProcess backfill =
            workshop.backfill(simulator.baseUri(), Map.of(), words.toArray(String[]::new))) {
      OptionalLong mebibytes = backfill.peakUntil("the end of a run", MAY_TAKE, enough);
      boolean stops = backfill.isAlive();
      backfill.stop();
      backfill.endsWith(stops ? STOPPED : DONE, END_MAY_TAKE);
      SimulatorStatistics statistics = simulator.statistics();
      Sent sent =
          new Sent(
              limits,
              taken(statistics, DAYS),
              taken(statistics, PROFILES),
              statistics.count(429),
              workshop.number(seconds) * faster / 3600,
              mebibytes);
      System.err.printf(
          "  %d times as fast: %,d days, %,d profiles, %d answered 429, %.2f h%n",
          faster, sent.days(), sent.profiles(), sent.refused(), sent.hours());
      return sent;
    }
  }

  private static long taken(SimulatorStatistics statistics, Set<SimulatedEndpoint> endpoints) {
    return statistics.answered().stream()
        .filter(answered -> endpoints.contains(answered.endpoint()) && answered.status() != 429)
        .mapToLong(SimulatorStatistics.AnsweredCount::count)
        .sum();
  }
}
