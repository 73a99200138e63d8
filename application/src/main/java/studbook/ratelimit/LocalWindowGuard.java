package studbook.ratelimit;

import java.time.Duration;
import java.util.Arrays;

/**
 * Limits this process's own sends by its monotonic clock, in case the database's clock is set
 * forward and old permits seem to have expired. Not thread-safe.
 */
final class LocalWindowGuard {

  private final long[] times;
  private final long window;
  private int oldest;
  private boolean full;

  LocalWindowGuard(int slots, Duration window) {
    this.times = new long[slots];
    this.window = window.toNanos();
    Arrays.fill(times, Long.MIN_VALUE);
  }

  void add(long now) {
    times[oldest] = now;
    oldest = (oldest + 1) % times.length;
    full |= oldest == 0;
  }

  /** The earliest time of the next send; {@link Long#MIN_VALUE} if unlimited. */
  long earliestNext() {
    return full ? times[oldest] + window : Long.MIN_VALUE;
  }
}
