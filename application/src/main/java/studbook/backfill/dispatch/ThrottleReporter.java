package studbook.backfill.dispatch;

import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import studbook.racingapi.ProfileResponse;
import studbook.ratelimit.NextPermit;
import studbook.ratelimit.RateLimiter;
import studbook.ratelimit.SharedRateLimit;
import studbook.store.database.DatabaseRetry;

/** Tells the budget what an answer asks of every process: to wait, or to send more slowly. */
public final class ThrottleReporter {

  private static final Logger log = LoggerFactory.getLogger(ThrottleReporter.class);

  private ThrottleReporter() {}

  /** A 429 slows everybody down; a Retry-After is obeyed whatever the status. */
  public static void tell(
      RateLimiter pacer, NextPermit.Permit slot, ProfileResponse.Failure trouble) {
    switch (trouble) {
      case ProfileResponse.Throttled(Optional<Duration> after) ->
          pacer
              .throttled(slot, after)
              .reducedUntil()
              .ifPresent(until ->
                  log.warn(
                      "429 again and again: {} of the rate until {}",
                      SharedRateLimit.REDUCED_SHARE,
                      until));
      case ProfileResponse.Unavailable unavailable ->
          unavailable.retryAfter().ifPresent(wait -> pacer.hold(slot, wait));
      case ProfileResponse.Unauthorised _,
          ProfileResponse.Malformed _ -> {} // they say nothing of time
    }
  }

  /** A good answer, and how long it took. What it says is a hint, lost with the database. */
  public static void tell(RateLimiter pacer, NextPermit.Permit slot, Duration took) {
    DatabaseRetry.attempt(
        () -> {
          pacer.answered(slot, took);
          return true;
        },
        reason -> log.debug("a late arrival was not recorded: {}", reason));
  }
}
