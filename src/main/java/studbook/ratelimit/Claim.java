package studbook.ratelimit;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A wish for slots of a {@link Budget}.
 *
 * @param count how many; of more than {@link Budget#slotsInWindow()} only so many are granted
 * @param lead the first lies at least this far ahead
 * @param spent what became of slots claimed before
 * @param expected where the claimant thinks the database's clock is; far from there nothing is
 *     claimed, because the noted slots mean nothing on a clock that was set. Null to take it as it
 *     is.
 */
public record Claim(int count, Duration lead, List<Spent> spent, @Nullable Instant expected) {

  public Claim {
    if (count < 1) {
      throw new IllegalArgumentException("a claim of " + count + " slots");
    }
    spent = List.copyOf(spent);
  }

  /** A wish of somebody who has nothing to tell. */
  public static Claim of(int count, Duration lead) {
    return new Claim(count, lead, List.of(), null);
  }
}
