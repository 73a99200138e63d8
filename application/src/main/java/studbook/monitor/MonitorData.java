package studbook.monitor;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import studbook.ratelimit.LimitReduction;
import studbook.store.outcome.ErrorLog.LoggedError;
import studbook.store.racecard.RacecardScanProgress;
import studbook.store.run.RunCounts;
import studbook.store.run.RunRepository.RunRow;
import studbook.store.run.RunStatus;
import studbook.store.run.RunTimeline;
import studbook.store.statistics.Bottleneck;
import studbook.store.statistics.MonitorQueries.MonitorRow;
import studbook.store.statistics.MonitorQueries.RunSnapshot;
import studbook.store.statistics.RateCurve;
import studbook.store.statistics.ThroughputHistory.HistoryBucket;
import studbook.store.table.TableCounts;

/**
 * The data of one moment.
 *
 * @param at by the database's clock
 * @param run empty if there is none yet
 * @param database empty until it is counted
 */
public record MonitorData(Instant at, Optional<RunMetrics> run, Optional<TimedCounts> database) {

  /** The user's tables, and when they were counted. */
  public record TimedCounts(TableCounts counts, Instant at) {}

  /**
   * The figures of a run.
   *
   * @param now over the last minute; empty if it is not running
   * @param average over the working time; empty if there is too little of it
   * @param eta empty if it is not running, or unknown
   * @param bound the bottleneck; empty if no process works
   * @param curve the rate from the first sample to the newest
   */
  public record RunMetrics(
      RunSnapshot snapshot,
      RunStatus status,
      Optional<WorkRate> now,
      Optional<WorkRate> average,
      Optional<Instant> eta,
      Optional<Bottleneck> bound,
      RateCurve curve) {

    /** Less working time gives no meaningful rate. */
    private static final Duration SHORTEST = Duration.ofMillis(500);

    /** Horses completed and requests sent in a second of working time. */
    public record WorkRate(double horses, double requests) {}

    private static RunMetrics of(RunSnapshot snapshot, Instant at) {
      RunStatus status = RunStatus.of(snapshot.run());
      RunTimeline timeline = snapshot.timeline();
      boolean running = status == RunStatus.RUNNING;
      return new RunMetrics(
          snapshot,
          status,
          snapshot
              .history()
              .lastMinute()
              .filter(_ -> running)
              .flatMap(minute -> lastMinute(minute, timeline)),
          average(snapshot),
          snapshot
              .history()
              .newest()
              .filter(_ -> running)
              .flatMap(sample -> sample.remaining().map(sample.at()::plus)),
          bound(snapshot, status, at),
          new RateCurve(snapshot.history().stretches(), timeline));
    }

    private static Optional<WorkRate> lastMinute(HistoryBucket minute, RunTimeline timeline) {
      Duration worked = timeline.working(minute.from(), minute.to());
      double seconds = worked.toMillis() / 1e3;
      return worked.compareTo(SHORTEST) < 0
          ? Optional.empty()
          : Optional.of(new WorkRate(minute.horses() / seconds, minute.sent() / seconds));
    }

    private static Optional<Bottleneck> bound(RunSnapshot snapshot, RunStatus status, Instant at) {
      boolean reduced = snapshot.lowered().stream().anyMatch(reduction -> reduction.contains(at));
      return switch (status) {
        case PAUSED -> Optional.of(Bottleneck.PAUSED);
        case RUNNING ->
            snapshot
                .history()
                .bound()
                .map(bottleneck ->
                    reduced && bottleneck == Bottleneck.RATE_LIMIT
                        ? Bottleneck.REDUCED_RATE_LIMIT
                        : bottleneck);
        case DIED, STOPPED, FINISHED, CANCELLED, SUPERSEDED -> Optional.empty();
      };
    }

    private static Optional<WorkRate> average(RunSnapshot snapshot) {
      RunTimeline timeline = snapshot.timeline();
      return Optional.of(
              new WorkRate(
                  timeline.perSecond(snapshot.counts().processed()),
                  timeline.perSecond(requests(snapshot))))
          .filter(_ -> timeline.working().compareTo(SHORTEST) >= 0);
    }

    /** As the processes counted them; where that was lost, those of the completed horses. */
    private static long requests(RunSnapshot snapshot) {
      long sent = snapshot.history().stretches().stream().mapToLong(HistoryBucket::sent).sum();
      return Math.max(sent, snapshot.counts().requests());
    }

    public RunRow run() {
      return snapshot.run();
    }

    public RunCounts counts() {
      return snapshot.counts();
    }

    /** Time without pauses and stops. */
    public Duration worked() {
      return snapshot.timeline().working();
    }

    /** Time since the start, including pauses and stops. */
    public Duration elapsed() {
      return snapshot.timeline().elapsed();
    }

    /** The latest reduction of the rate limit. */
    public Optional<LimitReduction> lowered() {
      return snapshot.lowered().stream().reduce((_, later) -> later);
    }

    public RacecardScanProgress racecardScan() {
      return snapshot.scan();
    }

    /** Maximum requests of one process in any one second. */
    public int fullest() {
      return snapshot.history().stretches().stream()
          .mapToInt(HistoryBucket::fullest)
          .max()
          .orElse(0);
    }

    /** Responses 429. */
    public long throttled() {
      return snapshot.history().stretches().stream().mapToLong(HistoryBucket::throttled).sum();
    }

    /** Newest first. */
    public List<LoggedError> errors() {
      return snapshot.errors();
    }

    /** The percentage of the account's rate limit that a rate uses; empty without a limit. */
    public Optional<Double> limitUsedNow() {
      double limit = run().owner().rate().perSecond();
      return now.filter(_ -> Double.isFinite(limit)).map(rate -> 100 * rate.requests() / limit);
    }

    /** Percent of the rate limit over the working time; empty where there is no limit. */
    public Optional<Double> limitUsed() {
      return snapshot
          .timeline()
          .limitUsed(requests(snapshot), run().config().rate())
          .map(share -> 100 * share);
    }

    /** Time until it is done, from the moment of the figures. */
    public Optional<Duration> remaining(Instant at) {
      return eta.map(end -> Duration.between(at, end))
          .map(left -> left.isNegative() ? Duration.ZERO : left);
    }
  }

  public static MonitorData of(MonitorRow row, Optional<TimedCounts> database) {
    return new MonitorData(
        row.at(), row.run().map(snapshot -> RunMetrics.of(snapshot, row.at())), database);
  }

  MonitorData with(TimedCounts counts) {
    return new MonitorData(at, run, Optional.of(counts));
  }

  /** Whether the figures can still change: an active run, or none yet. */
  public boolean isLive() {
    return run.isEmpty() || run.get().status().isActive();
  }
}
