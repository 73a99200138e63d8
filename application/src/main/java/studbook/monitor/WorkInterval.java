package studbook.monitor;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import studbook.store.run.RunTimeline;
import studbook.store.statistics.ThroughputHistory.HistoryBucket;

/**
 * A stretch of a run and what was done in its working time.
 *
 * @param worked the working time in it
 * @param horses settled in it
 * @param sent requests in it
 */
record WorkInterval(Instant from, Instant to, Duration worked, double horses, long sent) {

  static final Duration SHORTEST = Duration.ofMillis(500);

  static WorkInterval of(HistoryBucket stretch, RunTimeline timeline) {
    return new WorkInterval(
        stretch.from(),
        stretch.to(),
        timeline.working(stretch.from(), stretch.to()),
        stretch.horses(),
        stretch.sent());
  }

  /**
   * What was done in a second of work.
   *
   * @param horses settled
   * @param requests sent
   */
  record WorkRate(double horses, double requests) {}

  /** Over the working time of all; empty where there is too little of it. */
  static Optional<WorkRate> pace(List<WorkInterval> spells) {
    Duration worked = worked(spells);
    if (worked.compareTo(SHORTEST) < 0) {
      return Optional.empty();
    }
    double seconds = worked.toMillis() / 1e3;
    return Optional.of(
        new WorkRate(
            spells.stream().mapToDouble(WorkInterval::horses).sum() / seconds,
            spells.stream().mapToLong(WorkInterval::sent).sum() / seconds));
  }

  static Duration worked(List<WorkInterval> spells) {
    return spells.stream().map(WorkInterval::worked).reduce(Duration.ZERO, Duration::plus);
  }
}
