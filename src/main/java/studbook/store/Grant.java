package studbook.store;

import java.time.Duration;
import java.time.Instant;

/** What a claim on a budget was answered. */
public sealed interface Grant {

  /**
   * Some slots, all at one moment.
   *
   * @param at the moment, by the database's clock
   * @param now the database's clock when it answered
   * @param epoch slots of an older epoch must not be used
   * @param margin how late a send at this moment may be without a correction
   */
  record Slots(int count, Instant at, Instant now, int epoch, Duration margin) implements Grant {}

  /** No slot: the API asked every request to wait, by the database's clock. */
  record Held(Instant until, Instant now) implements Grant {

    /** How long still; not positive when it is over. */
    public Duration left() {
      return Duration.between(now, until);
    }
  }
}
