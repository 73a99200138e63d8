package studbook.simulator.http;

import java.util.Arrays;

/** The times of all arrivals of a group, in order, as monotonic nanoseconds. Thread-safe. */
final class ArrivalLog {

  private long[] nanos = new long[1024];
  private int count;

  synchronized void add(long now) {
    if (count == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * count);
    }
    nanos[count++] = now;
  }

  synchronized int count() {
    return count;
  }

  synchronized long[] toArray() {
    return Arrays.copyOf(nanos, count);
  }

  /**
   * The maximum number of arrivals in any half-open span of {@code span} nanoseconds.
   *
   * @param sorted times in order
   */
  static int maxPerSecond(long[] sorted, long span) {
    int fullest = 0;
    int oldest = 0;
    for (int newest = 0; newest < sorted.length; newest++) {
      while (sorted[newest] - sorted[oldest] >= span) {
        oldest++;
      }
      fullest = Math.max(fullest, newest - oldest + 1);
    }
    return fullest;
  }
}
