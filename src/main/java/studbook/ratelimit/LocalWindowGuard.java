package studbook.ratelimit;

import java.time.Duration;
import java.util.Arrays;

/**
 * The last n sends of this process by its own monotonic clock: a guard for the case that the
 * database's clock is set forward, when old slots seem long gone. For one thread.
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

  /** The next send may not leave before; {@link Long#MIN_VALUE} where nothing holds it. */
  long earliestNext() {
    return full ? times[oldest] + window : Long.MIN_VALUE;
  }
}
