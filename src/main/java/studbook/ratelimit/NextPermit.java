package studbook.ratelimit;

import java.time.Duration;
import java.time.Instant;

/** Whose turn it is to send: ours now, or nobody's for a while. */
public sealed interface NextPermit {

  /**
   * One request may leave now.
   *
   * @param epoch of the budget when the slot was claimed
   * @param moment by the database's clock
   * @param due the same moment by the ticker
   */
  record Permit(int epoch, Instant moment, long due) implements NextPermit {}

  /** The API asked everybody to wait this long. */
  record Blocked(Duration left) implements NextPermit {}
}
