package studbook.ratelimit;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request for permits of a {@link SharedRateLimit}.
 *
 * @param count of permits; at most {@link SharedRateLimit#permitsInWindow()} are granted
 * @param lead the first permit is at least this far ahead
 * @param usage of permits acquired before
 * @param expected the caller's estimate of the database's clock; far from it nothing is granted,
 *     because recorded permits mean nothing on a clock that was set. Null: no check.
 */
record AcquireRequest(
    int count, Duration lead, List<PermitUsage> usage, @Nullable Instant expected) {

  public AcquireRequest {
    if (count < 1) {
      throw new IllegalArgumentException("a request for " + count + " permits");
    }
    usage = List.copyOf(usage);
  }

  /** A request without usage to report. */
  static AcquireRequest of(int count, Duration lead) {
    return new AcquireRequest(count, lead, List.of(), null);
  }
}
