package studbook.racingapi;

import java.time.Duration;
import java.util.Optional;
import studbook.model.ErrorKind;
import studbook.model.RawProfile;

/** What The Racing API made of one request. Every answer is one of these; none is {@code null}. */
public sealed interface ProfileResponse {

  /** The detailed profile, unchecked. */
  record Found(RawProfile profile) implements ProfileResponse {}

  /** The standard profile, unchecked. */
  record Basic(RawProfile profile) implements ProfileResponse {}

  /** 404 or 410: no such profile at this endpoint. */
  record NotFound() implements ProfileResponse {}

  /** Whatever was asked for, it did not come. */
  sealed interface Failure extends ProfileResponse, RacecardResponse
      permits Throttled, Unauthorised, Unavailable, Malformed {}

  /**
   * 429.
   *
   * @param retryAfter what the server asked for, where it made sense
   */
  record Throttled(Optional<Duration> retryAfter) implements Failure {}

  /** 401 or 403: the credentials, or what the plan includes. */
  record Unauthorised(int status) implements Failure {}

  /**
   * No usable answer, by no fault of the payload: a time-out, a broken connection, a 5xx or another
   * status that means nothing here.
   *
   * @param stale the connection had died before the request reached anybody: worth another try that
   *     costs the horse nothing
   * @param retryAfter how long the server asked everybody to wait, where it did
   */
  record Unavailable(ErrorKind kind, String message, boolean stale, Optional<Duration> retryAfter)
      implements Failure {}

  /** 200 with a payload that cannot be used; the message has the reason and a short excerpt. */
  record Malformed(ErrorKind kind, String message) implements Failure {}
}
