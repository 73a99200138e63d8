package studbook.ratelimit;

import java.time.Duration;
import java.util.Optional;

/**
 * Hands out the moments at which this process may send. {@link #next} is for one thread, the rest
 * for any.
 */
public interface RateLimiter {

  /**
   * Waits for the next moment. The caller sends at once or not at all.
   *
   * @throws InterruptedException when the thread is told to stop; an unused slot is lost, not owed
   */
  NextPermit next() throws InterruptedException;

  /**
   * Called by whoever sends, at the last instant; the budget learns how late that was.
   *
   * @return false where it is too late, so that the request must wait for another slot
   */
  boolean mayLeave(NextPermit.Permit slot);

  /**
   * Tells that the request of {@code slot} was answered, not with an error, and how long that took.
   * A request whose answer was slow may have arrived late.
   */
  void answered(NextPermit.Permit slot, Duration took);

  /** Tells that the request of {@code slot} was answered 429. */
  SharedRateLimit.ThrottleResult throttled(NextPermit.Permit slot, Optional<Duration> retryAfter);

  /** The request of {@code slot} was answered, not with 429, that everybody is to wait. */
  void hold(NextPermit.Permit slot, Duration retryAfter);
}
