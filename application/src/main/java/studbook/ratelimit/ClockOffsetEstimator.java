package studbook.ratelimit;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;

/**
 * Estimates the duration of round trips to the database and the offset of its clock from this
 * process's monotonic one. The fastest recent round trip gives the offset, until it is too old. Not
 * thread-safe.
 */
final class ClockOffsetEstimator {

  private static final int RECENT = 100;

  /** Maximum drift of clocks that are being corrected; the usual limit of time daemons. */
  private static final double DRIFT = 500e-6;

  private final long[] durations = new long[RECENT];
  private final long[] offsets = new long[RECENT];
  private final long[] ends = new long[RECENT];
  private int count;

  /**
   * Adds a round trip.
   *
   * @param before and {@code after}: monotonic nanoseconds around it
   * @param there the database's clock at some time in between
   * @return the maximum step of the clock if it contradicts earlier round trips (negative: set
   *     back); these are then discarded
   */
  Optional<Duration> add(long before, long after, Instant there) {
    long offset = nanos(there) - (before + (after - before) / 2);
    Optional<Duration> step = step(after, offset, (after - before) / 2);
    if (step.isPresent()) {
      count = 0;
    }
    int index = count++ % RECENT;
    durations[index] = after - before;
    offsets[index] = offset;
    ends[index] = after;
    return step;
  }

  private Optional<Duration> step(long now, long offset, long uncertainty) {
    if (count == 0) {
      return Optional.empty();
    }
    int best = best(now);
    long apart = offset - offsets[best];
    long possible =
        uncertainty + uncertainty(best, now) + 1_000; // the database counts microseconds
    return Math.abs(apart) > possible
        ? Optional.of(Duration.ofNanos(apart + possible))
        : Optional.empty();
  }

  private int size() {
    return Math.min(count, RECENT);
  }

  /**
   * A duration that nine of ten recent round trips did not exceed; of two the shorter one, since
   * the first round trip opens a connection.
   */
  Duration usual() {
    if (count == 0) {
      return Duration.ZERO;
    }
    long[] sorted = Arrays.copyOf(durations, size());
    Arrays.sort(sorted);
    return Duration.ofNanos(sorted[(sorted.length - 1) * 9 / 10]);
  }

  /** A time of the database's clock in this process's monotonic nanoseconds. */
  long toTicker(Instant there, long now) {
    return nanos(there) - offsets[best(now)];
  }

  /** The database's clock at {@code now}; empty before the first round trip. */
  Optional<Instant> clock(long now) {
    return count == 0
        ? Optional.empty()
        : Optional.of(Instant.EPOCH.plusNanos(now + offsets[best(now)]));
  }

  private int best(long now) {
    int best = 0;
    for (int i = 1; i < size(); i++) {
      if (uncertainty(i, now) < uncertainty(best, now)) {
        best = i;
      }
    }
    return best;
  }

  private long uncertainty(int index, long now) {
    return durations[index] / 2 + (long) ((now - ends[index]) * DRIFT);
  }

  private static long nanos(Instant instant) {
    return ChronoUnit.NANOS.between(Instant.EPOCH, instant);
  }
}
