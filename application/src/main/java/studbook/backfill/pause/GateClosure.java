package studbook.backfill.pause;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import studbook.model.PauseCause;

/**
 * Why a {@link RequestGate} is shut.
 *
 * @param since when; an answer to a request that left before tells nothing of another process's
 *     trouble
 * @param followed whether another process, or a person, said so
 * @param until when it opens by itself, where that is known
 * @param probe whether the next request may leave all the same
 */
record GateClosure(
    PauseCause cause,
    String reason,
    long since,
    boolean followed,
    @Nullable Long until,
    boolean probe) {

  /** For what this process noticed itself. */
  static GateClosure here(PauseCause cause, String reason, long now) {
    return new GateClosure(cause, reason, now, false, null, false);
  }

  static GateClosure followed(PauseCause cause, String reason, long now) {
    return new GateClosure(cause, reason, now, true, null, false);
  }

  static GateClosure heldFor(Duration left, long now) {
    return new GateClosure(
        PauseCause.API_LIMIT,
        "The Racing API asked to wait (Retry-After)",
        now,
        false,
        now + left.toNanos(),
        false);
  }

  /**
   * Whether an answer to a request that left before tells nothing: while 404s are random, what is
   * under way is found here and there.
   */
  boolean needsLaterAnswer() {
    return followed || cause == PauseCause.ENDPOINT;
  }

  GateClosure probing(boolean mayLeave) {
    return new GateClosure(cause, reason, since, followed, until, mayLeave);
  }

  boolean isEndedByAnAnswer() {
    return switch (cause) {
      case API, CREDENTIALS, ENDPOINT -> true;
      case API_LIMIT, DATABASE, REJECTIONS, PAYLOAD, MANUAL -> false;
    };
  }

  /** As people see it. */
  PauseInfo pause(long now) {
    return new PauseInfo(
        cause,
        reason,
        Optional.ofNullable(until).map(end -> Duration.ofNanos(Math.max(0, end - now))));
  }
}
