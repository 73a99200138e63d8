package studbook.ratelimit;

import java.time.Duration;
import java.util.Arrays;

/**
 * Detects requests that arrived late: the slowest fiftieth of recent responses. Only the API sees
 * arrivals, and a usual response time hides a delay of some dozen milliseconds; this finds about
 * half of the delays that matter. Thread-safe.
 */
final class LateArrivalEstimator {

  private static final int RECENT = 128;
  private static final int ENOUGH = 50;

  /** Longer delays are caused by the API or the way back. */
  private static final Duration LONGEST = Duration.ofMillis(100);

  private final long[] nanos = new long[RECENT];
  private int count;

  /**
   * Adds a response time and estimates the request's lateness: zero for most, otherwise the time
   * beyond the median, at most {@link #LONGEST}.
   */
  synchronized Duration lateness(Duration took) {
    Duration late = estimate(took.toNanos());
    nanos[count++ % RECENT] = took.toNanos();
    return late;
  }

  private Duration estimate(long took) {
    if (count < ENOUGH) {
      return Duration.ZERO;
    }
    long[] sorted = Arrays.copyOf(nanos, Math.min(count, RECENT));
    Arrays.sort(sorted);
    if (took <= sorted[(sorted.length - 1) * 49 / 50]) {
      return Duration.ZERO;
    }
    return Duration.ofNanos(Math.min(took - sorted[sorted.length / 2], LONGEST.toNanos()));
  }
}
