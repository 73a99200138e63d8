package studbook.ratelimit;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A wish for slots of a {@link SharedRateLimit}.
 *
 * @param count how many; of more than {@link SharedRateLimit#slotsInWindow()} only so many are
 *     granted
 * @param lead the first lies at least this far ahead
 * @param spent what became of slots claimed before
 * @param expected where the claimant thinks the database's clock is; far from there nothing is
 *     claimed, because the noted slots mean nothing on a clock that was set. Null to take it as it
 *     is.
 */
public record AcquireRequest(
    int count, Duration lead, List<PermitUsage> spent, @Nullable Instant expected) {

  public AcquireRequest {
    if (count < 1) {
      throw new IllegalArgumentException("a claim of " + count + " slots");
    }
    spent = List.copyOf(spent);
  }

  /** A wish of somebody who has nothing to tell. */
  public static AcquireRequest of(int count, Duration lead) {
    return new AcquireRequest(count, lead, List.of(), null);
  }
}
