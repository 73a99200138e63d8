package studbook.ratelimit;

import java.time.Duration;
import java.util.Arrays;

/**
 * How long recent answers took, of which the slowest fiftieth are taken for requests that arrived
 * late. Nobody but the API sees when a request arrives, and the usual answer hides a delay of some
 * dozen milliseconds; of those that matter, this finds about half. Thread-safe.
 */
final class LateArrivalEstimator {

  private static final int RECENT = 128;
  private static final int ENOUGH = 50;

  /** Longer delays are the API's own, or those of the way back. */
  private static final Duration LONGEST = Duration.ofMillis(100);

  private final long[] nanos = new long[RECENT];
  private int count;

  /**
   * Adds an answer and estimates how late its request arrived: zero for most, else what the answer
   * took beyond the median, at most {@link #LONGEST}.
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
