package studbook.ratelimit;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What a claim on a budget was answered. */
public sealed interface AcquireResult {

  /**
   * Some slots.
   *
   * @param at their moments by the database's clock, the earliest first
   * @param now the database's clock when it answered
   * @param epoch slots of an older epoch must not be used
   * @param number of this claim among all that were made on the budget
   * @param margin by how much arrivals may be out of step without breaking the limit: the
   *     claimant's lateness and the network share it
   */
  record Permits(List<Instant> at, Instant now, int epoch, long number, Duration margin)
      implements AcquireResult {
    public Permits {
      at = List.copyOf(at);
    }
  }

  /** No slot: the API asked every request to wait, by the database's clock. */
  record LimitBlocked(Instant until, Instant now) implements AcquireResult {

    /** How long still; not positive when it is over. */
    public Duration left() {
      return Duration.between(now, until);
    }
  }

  /**
   * No slot: the database's clock was not where the claimant expects it. The question was long
   * under way, or the clock was set.
   */
  record ClockMismatch() implements AcquireResult {}
}
