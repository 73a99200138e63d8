package studbook.ratelimit;

import java.time.Duration;
import java.util.Optional;

/** Issues permits to this process. {@link #next} is for one thread, the rest is thread-safe. */
public interface RateLimiter {

  /**
   * Waits for the next permit. The caller sends at once or not at all.
   *
   * @throws InterruptedException if interrupted; an unused permit is lost
   */
  NextPermit next() throws InterruptedException;

  /** The window in which the API counts; zero without a limit. */
  Duration window();

  /**
   * Called immediately before sending; reports the lateness.
   *
   * @return false if it is too late; the request must wait for another permit
   */
  boolean maySend(NextPermit.Permit permit);

  /**
   * Reports a good response to the permit's request and its response time. A slow response
   * indicates a late arrival.
   */
  void onResponse(NextPermit.Permit permit, Duration took);

  /** Reports a response 429. */
  SharedRateLimit.ThrottleResult onThrottled(
      NextPermit.Permit permit, Optional<Duration> retryAfter);

  /** Reports a Retry-After of any other status; blocks all processes. */
  void block(NextPermit.Permit permit, Duration retryAfter);

  /** Reports how many processes work on the same run, this one included. */
  default void onProcesses(int count) {}
}
