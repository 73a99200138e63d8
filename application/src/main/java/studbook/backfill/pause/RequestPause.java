package studbook.backfill.pause;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import studbook.model.PauseCause;

/**
 * Why a {@link RequestGate} stops requests.
 *
 * @param since when; a response to an earlier request says nothing about a cause that another
 *     process noticed
 * @param followed whether another process, or a person, noticed the cause
 * @param until when it ends by itself, if known
 * @param probe whether one request may pass all the same
 */
record RequestPause(
    PauseCause cause,
    String reason,
    long since,
    boolean followed,
    @Nullable Long until,
    boolean probe) {

  /** This process noticed the cause itself. */
  static RequestPause noticed(PauseCause cause, String reason, long now) {
    return new RequestPause(cause, reason, now, false, null, false);
  }

  static RequestPause followed(PauseCause cause, String reason, long now) {
    return new RequestPause(cause, reason, now, true, null, false);
  }

  static RequestPause retryAfter(Duration wait, long now) {
    return new RequestPause(
        PauseCause.API_LIMIT,
        "The Racing API asked to wait (Retry-After)",
        now,
        false,
        now + wait.toNanos(),
        false);
  }

  RequestPause withProbe(boolean allowed) {
    return new RequestPause(cause, reason, since, followed, until, allowed);
  }

  boolean endsWithAResponse() {
    return switch (cause) {
      case API, CREDENTIALS, ENDPOINT -> true;
      case API_LIMIT, DATABASE, REJECTIONS, PAYLOAD, MANUAL -> false;
    };
  }

  /**
   * Whether a good response ends it. While 404s are random, horses whose requests were in flight
   * are found by chance, so those say nothing.
   *
   * @param sent when its request was sent
   * @param detailed whether it was a detailed profile
   */
  boolean isEndedBy(long sent, boolean detailed) {
    boolean needsLaterRequest = followed || cause == PauseCause.ENDPOINT;
    return endsWithAResponse()
        && (!needsLaterRequest || sent - since >= 0)
        && (detailed || cause != PauseCause.ENDPOINT);
  }

  /** As displayed. */
  PauseInfo info(long now) {
    return new PauseInfo(
        cause,
        reason,
        Optional.ofNullable(until).map(end -> Duration.ofNanos(Math.max(0, end - now))));
  }
}
