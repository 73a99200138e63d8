package studbook.monitor;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import studbook.ratelimit.LimitReduction;
import studbook.store.racecard.RacecardScanProgress;
import studbook.store.run.RunCounts;
import studbook.store.run.RunRepository;
import studbook.store.run.RunTimeline;
import studbook.store.statistics.Bottleneck;
import studbook.store.statistics.MonitorQueries;
import studbook.store.statistics.ThroughputHistory.HistoryBucket;
import studbook.store.statistics.ThroughputSamples.ThroughputSample;
import studbook.store.table.TableCounts;

/**
 * Everything that is shown of one moment.
 *
 * @param at by the database's clock
 * @param run empty where there is none yet
 * @param database empty until it was counted
 */
public record MonitorData(Instant at, Optional<RunMetrics> run, Optional<TimedCounts> database) {

  /** The user's tables, and when they were counted. */
  public record TimedCounts(TableCounts census, Instant at) {}

  /**
   * A run in figures. Averages are over its working time.
   *
   * @param now over the last minute; empty where it does not run
   * @param average over the working time
   * @param elapsed since its start, all pauses and stops too
   * @param eta empty where it does not run, or where it cannot be told
   * @param bound what limits the rate just now; empty where no process works
   * @param lowered the latest time in which the rate was lowered
   * @param sweep how far the days of racecards are
   * @param fullest most requests that one process sent in any one second
   * @param throttled answers 429
   * @param course the oldest first
   * @param errors the newest first
   */
  record RunMetrics(
      RunRepository.RunRow run,
      RunCounts tally,
      RunStatus standing,
      Optional<WorkInterval.WorkRate> now,
      Optional<WorkInterval.WorkRate> average,
      Duration worked,
      Duration elapsed,
      Optional<Instant> eta,
      Optional<Bottleneck> bound,
      Optional<LimitReduction> lowered,
      RacecardScanProgress sweep,
      int fullest,
      long throttled,
      List<WorkInterval> course,
      List<MonitorQueries.NewestError> errors) {

    RunMetrics {
      course = List.copyOf(course);
      errors = List.copyOf(errors);
    }

    private static RunMetrics of(MonitorQueries.RunSnapshot watched, Instant at) {
      RunRepository.RunRow run = watched.run();
      RunStatus standing = RunStatus.of(run);
      RunTimeline timeline = watched.timeline();
      List<HistoryBucket> stretches = watched.course().stretches();
      List<WorkInterval> course =
          stretches.stream().map(one -> WorkInterval.of(one, timeline)).toList();
      List<WorkInterval> lastMinute =
          watched.course().lastMinute().map(one -> WorkInterval.of(one, timeline)).stream()
              .toList();
      Optional<ThroughputSample> newest = watched.course().newest();
      boolean running = standing == RunStatus.RUNNING;
      return new RunMetrics(
          run,
          watched.tally(),
          standing,
          running ? WorkInterval.pace(lastMinute) : Optional.empty(),
          average(watched),
          timeline.working(),
          Duration.between(run.startedAt(), end(run, standing, newest, at)),
          running
              ? newest.flatMap(sample -> sample.remaining().map(sample.at()::plus))
              : Optional.empty(),
          bound(watched, standing, at),
          watched.lowered().stream().reduce((_, later) -> later),
          watched.sweep(),
          stretches.stream().mapToInt(HistoryBucket::fullest).max().orElse(0),
          stretches.stream().mapToLong(HistoryBucket::throttled).sum(),
          course,
          watched.errors());
    }

    private static Optional<Bottleneck> bound(
        MonitorQueries.RunSnapshot watched, RunStatus standing, Instant at) {
      boolean lowered = watched.lowered().stream().anyMatch(one -> one.contains(at));
      return switch (standing) {
        case PAUSED -> Optional.of(Bottleneck.PAUSED);
        case RUNNING ->
            watched
                .course()
                .bound()
                .map(bound ->
                    lowered && bound == Bottleneck.RATE_LIMIT
                        ? Bottleneck.REDUCED_RATE_LIMIT
                        : bound);
        case DIED, STOPPED, FINISHED, CANCELLED, SUPERSEDED -> Optional.empty();
      };
    }

    /** As the report computes it: of what was settled and sent, over the working time. */
    private static Optional<WorkInterval.WorkRate> average(MonitorQueries.RunSnapshot watched) {
      RunTimeline timeline = watched.timeline();
      if (timeline.working().compareTo(WorkInterval.SHORTEST) < 0) {
        return Optional.empty();
      }
      long sent = watched.course().stretches().stream().mapToLong(HistoryBucket::sent).sum();
      return Optional.of(
          new WorkInterval.WorkRate(
              timeline.perSecond(watched.tally().processed()),
              timeline.perSecond(Math.max(sent, watched.tally().requests()))));
    }

    private static Instant end(
        RunRepository.RunRow run,
        RunStatus standing,
        Optional<ThroughputSample> newest,
        Instant at) {
      Instant ended = run.endedAt();
      if (ended != null) {
        return ended;
      }
      return standing.isUnderWay() ? at : newest.map(ThroughputSample::at).orElse(run.startedAt());
    }

    /** What of its account's limit a pace uses, 1 = all of it; empty where there is no limit. */
    Optional<Double> budgetUsed(Optional<WorkInterval.WorkRate> pace) {
      double limit = run.owner().rate().perSecond();
      return Double.isInfinite(limit) ? Optional.empty() : pace.map(one -> one.requests() / limit);
    }

    /** Until it is done, from the moment of the figures. */
    Optional<Duration> remaining(Instant at) {
      return eta.map(done -> Duration.between(at, done))
          .map(left -> left.isNegative() ? Duration.ZERO : left);
    }
  }

  static MonitorData of(MonitorQueries.MonitorRow look, Optional<TimedCounts> database) {
    return new MonitorData(
        look.at(), look.run().map(watched -> RunMetrics.of(watched, look.at())), database);
  }

  MonitorData with(TimedCounts counted) {
    return new MonitorData(at, run, Optional.of(counted));
  }

  /** Whether something is to be watched still: a run under way, or none yet. */
  boolean goOn() {
    return run.isEmpty() || run.get().standing().isUnderWay();
  }
}
