package studbook.monitor;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import studbook.store.run.RunTimeline;
import studbook.store.statistics.ThroughputHistory.HistoryBucket;

/**
 * A part of a run and the work in it.
 *
 * @param worked the working time
 * @param horses completed
 * @param sent requests
 */
record WorkInterval(Instant from, Instant to, Duration worked, double horses, long sent) {

  /** Less working time gives no meaningful rate. */
  static final Duration SHORTEST = Duration.ofMillis(500);

  static WorkInterval of(HistoryBucket bucket, RunTimeline timeline) {
    return new WorkInterval(
        bucket.from(),
        bucket.to(),
        timeline.working(bucket.from(), bucket.to()),
        bucket.horses(),
        bucket.sent());
  }

  /** Empty if there is too little working time. */
  Optional<WorkRate> rate() {
    double seconds = worked.toMillis() / 1e3;
    return worked.compareTo(SHORTEST) < 0
        ? Optional.empty()
        : Optional.of(new WorkRate(horses / seconds, sent / seconds));
  }
}
