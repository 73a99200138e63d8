package studbook.racingapi;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;

/**
 * What round trips to the database tell: how long they take, and how its clock stands to this
 * process's monotonic one. The quickest of the recent ones knows the clock best. For one thread.
 */
final class RoundTrips {

  private static final int RECENT = 100;

  private final long[] durations = new long[RECENT];
  private final long[] offsets = new long[RECENT];
  private int count;

  /**
   * Adds a round trip.
   *
   * @param before and {@code after}: monotonic nanoseconds around it
   * @param there the database's clock at some moment between
   */
  void add(long before, long after, Instant there) {
    int index = count++ % RECENT;
    durations[index] = after - before;
    offsets[index] = nanos(there) - (before + (after - before) / 2);
  }

  private int size() {
    return Math.min(count, RECENT);
  }

  /** 99 of 100 recent round trips were not longer. */
  Duration p99() {
    if (count == 0) {
      return Duration.ZERO;
    }
    long[] sorted = Arrays.copyOf(durations, size());
    Arrays.sort(sorted);
    return Duration.ofNanos(sorted[(int) Math.ceil(sorted.length * 0.99) - 1]);
  }

  /** A moment of the database's clock in this process's monotonic nanoseconds. */
  long toTicker(Instant there) {
    int quickest = 0;
    for (int i = 1; i < size(); i++) {
      if (durations[i] < durations[quickest]) {
        quickest = i;
      }
    }
    return nanos(there) - offsets[quickest];
  }

  private static long nanos(Instant instant) {
    return ChronoUnit.NANOS.between(Instant.EPOCH, instant);
  }
}
