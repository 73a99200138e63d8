package studbook.monitor;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import studbook.store.run.RunCounts;
import studbook.store.run.RunRepository;
import studbook.store.statistics.Bottleneck;
import studbook.store.statistics.MonitorQueries;
import studbook.store.table.TableCounts;
import studbook.text.JsonFormat;

/** The figures as JSON has them: the components are the keys, and stay. */
record MonitorJson(
    String at,
    @Nullable MonitoredRunJson run,
    @Nullable DatabaseJson database,
    List<NewestErrorJson> newestErrors) {

  record MonitoredRunJson(
      long run,
      @Nullable Long retryOf,
      String state,
      boolean underWay,
      @Nullable String reason,
      @Nullable String pausedUntil,
      String startedAt,
      @Nullable String endedAt,
      long total,
      long processed,
      long remaining,
      long enriched,
      long noDob,
      long basic,
      long notFound,
      long failed,
      long alreadyFilled,
      long gone,
      long withPedigree,
      long withoutPedigree,
      double errorPercent,
      @Nullable Double horsesPerSecondNow,
      double horsesPerSecond,
      @Nullable Double limitPerSecond,
      @Nullable Double budgetUsedPercentNow,
      @Nullable Double budgetUsedPercentAverage,
      int fullestSecond,
      long throttled,
      double elapsedSeconds,
      double workingSeconds,
      @Nullable Double remainingSeconds,
      @Nullable String eta,
      @Nullable String limitedBy,
      @Nullable LimitLoweredJson limitLowered,
      long racecardDays,
      long racecardDaysLeft) {}

  record LimitLoweredJson(String to, String from, String until) {}

  record DatabaseJson(
      long horses, long enriched, long needEnrichment, long pedigreeRecords, String countedAt) {}

  record NewestErrorJson(
      String at, @Nullable String horseId, String kind, @Nullable Integer status, String message) {}

  private static final int NEWEST_ERRORS = 5;
  private static final int LONGEST_MESSAGE = 2_000;

  static MonitorJson of(MonitorData figures, Clock clock) {
    return new MonitorJson(
        time(figures.at(), clock),
        figures.run().map(run -> run(run, figures.at(), clock)).orElse(null),
        figures.database().map(counted -> database(counted, clock)).orElse(null),
        figures.run().stream()
            .flatMap(run -> run.errors().stream())
            .limit(NEWEST_ERRORS)
            .map(error -> error(error, clock))
            .toList());
  }

  private static MonitoredRunJson run(MonitorData.RunMetrics shown, Instant at, Clock clock) {
    RunRepository.RunRow run = shown.run();
    RunCounts t = shown.tally();
    double limit = run.owner().rate().perSecond();
    return new MonitoredRunJson(
        run.id(),
        run.told().retryOf().orElse(null),
        run.state().text(),
        shown.standing().isUnderWay(),
        run.reason() == null ? null : MonitorMessages.printable(run.reason(), LONGEST_MESSAGE),
        timeOrNull(run.pausedUntil(), clock),
        time(run.startedAt(), clock),
        timeOrNull(run.endedAt(), clock),
        t.total(),
        t.processed(),
        t.pending(),
        t.enriched(),
        t.noDob(),
        t.basic(),
        t.notFound(),
        t.failed(),
        t.alreadyFilled(),
        t.gone(),
        t.withPedigree(),
        t.withoutPedigree(),
        t.processed() == 0 ? 0 : rounded(100.0 * t.failed() / t.processed()),
        shown.now().map(pace -> rounded(pace.horses())).orElse(null),
        shown.average().map(WorkInterval.WorkRate::horses).orElse(0.0),
        Double.isInfinite(limit) ? null : limit,
        percent(shown.budgetUsed(shown.now())),
        percent(shown.budgetUsed(shown.average())),
        shown.fullest(),
        shown.throttled(),
        seconds(shown.elapsed()),
        seconds(shown.worked()),
        shown.remaining(at).map(MonitorJson::seconds).orElse(null),
        shown.eta().map(eta -> time(eta, clock)).orElse(null),
        shown.bound().map(Bottleneck::text).orElse(null),
        shown
            .lowered()
            .map(one ->
                new LimitLoweredJson(
                    MonitorMessages.printable(one.rate(), LONGEST_MESSAGE),
                    time(one.from(), clock),
                    time(one.to(), clock)))
            .orElse(null),
        shown.sweep().days(),
        shown.sweep().left());
  }

  private static DatabaseJson database(MonitorData.TimedCounts counted, Clock clock) {
    TableCounts census = counted.census();
    return new DatabaseJson(
        census.horses(),
        census.enriched(),
        census.unenriched(),
        census.pedigrees(),
        time(counted.at(), clock));
  }

  private static NewestErrorJson error(MonitorQueries.NewestError error, Clock clock) {
    return new NewestErrorJson(
        time(error.at(), clock),
        error.horse(),
        error.kind(),
        error.status(),
        MonitorMessages.printable(error.message(), LONGEST_MESSAGE));
  }

  private static String time(Instant instant, Clock clock) {
    return JsonFormat.time(instant.atZone(clock.getZone()).toOffsetDateTime());
  }

  private static @Nullable String timeOrNull(@Nullable Instant instant, Clock clock) {
    return instant == null ? null : time(instant, clock);
  }

  private static @Nullable Double percent(Optional<Double> share) {
    return share.map(one -> rounded(100 * one)).orElse(null);
  }

  private static double seconds(Duration duration) {
    return rounded(duration.toMillis() / 1e3);
  }

  private static double rounded(double value) {
    return Math.round(value * 1e3) / 1e3;
  }
}
