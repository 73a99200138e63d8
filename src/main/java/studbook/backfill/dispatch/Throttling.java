package studbook.backfill.dispatch;

import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import studbook.racingapi.Answer;
import studbook.ratelimit.Budget;
import studbook.ratelimit.Pacer;
import studbook.ratelimit.Turn;
import studbook.store.database.DatabaseRetry;

/** Tells the budget what an answer asks of every process: to wait, or to send more slowly. */
public final class Throttling {

  private static final Logger log = LoggerFactory.getLogger(Throttling.class);

  private Throttling() {}

  /** A 429 slows everybody down; a Retry-After is obeyed whatever the status. */
  public static void tell(Pacer pacer, Turn.Slot slot, Answer.Trouble trouble) {
    switch (trouble) {
      case Answer.Throttled(Optional<Duration> after) ->
          pacer
              .throttled(slot, after)
              .reducedUntil()
              .ifPresent(until ->
                  log.warn(
                      "429 again and again: {} of the rate until {}", Budget.REDUCED_SHARE, until));
      case Answer.Unavailable unavailable ->
          unavailable.retryAfter().ifPresent(wait -> pacer.hold(slot, wait));
      case Answer.Unauthorised _, Answer.Malformed _ -> {} // they say nothing of time
    }
  }

  /** A good answer, and how long it took. What it says is a hint, lost with the database. */
  public static void tell(Pacer pacer, Turn.Slot slot, Duration took) {
    DatabaseRetry.attempt(
        () -> {
          pacer.answered(slot, took);
          return true;
        },
        reason -> log.debug("a late arrival was not recorded: {}", reason));
  }
}
