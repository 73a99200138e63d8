package studbook.ratelimit;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The result of acquiring permits. */
sealed interface AcquireResult {

  /**
   * Granted permits.
   *
   * @param at their times by the database's clock, earliest first
   * @param now the database's clock at its reply
   * @param generation permits of an older one must not be used
   * @param number of this request among all on this limit
   * @param margin how far arrivals may be out of step without exceeding the limit; shared by the
   *     caller's lateness and the network
   */
  record Permits(List<Instant> at, Instant now, int generation, long number, Duration margin)
      implements AcquireResult {
    public Permits {
      at = List.copyOf(at);
    }
  }

  /** No permit: the API blocked all requests, by the database's clock. */
  record LimitBlocked(Instant until, Instant now) implements AcquireResult {

    /** The remaining time; not positive when it is over. */
    public Duration left() {
      return Duration.between(now, until);
    }
  }

  /**
   * No permit: the database's clock differed from the expected time. The request was slow, or the
   * clock was set.
   */
  record ClockMismatch() implements AcquireResult {}
}
