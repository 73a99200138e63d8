package studbook.ratelimit;

import java.time.Duration;
import java.time.Instant;

/** The next permit, or a block. */
public sealed interface NextPermit {

  /**
   * A permit for one request, now.
   *
   * @param generation of the rate limit when it was acquired
   * @param moment by the database's clock
   * @param due the same moment by the ticker
   */
  record Permit(int generation, Instant moment, long due) implements NextPermit {}

  /** The API blocked all requests for this time. */
  record Blocked(Duration left) implements NextPermit {}
}
