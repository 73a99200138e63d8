package studbook.racingapi;

import java.time.Duration;
import java.util.Optional;
import studbook.model.ErrorKind;
import studbook.model.RawProfile;

/** The result of a request for a profile; never {@code null}. */
public sealed interface ProfileResponse {

  /** The detailed profile, not validated. */
  record Found(RawProfile profile) implements ProfileResponse {}

  /** The standard profile, not validated. */
  record Basic(RawProfile profile) implements ProfileResponse {}

  /** 404 or 410: no such profile at this endpoint. */
  record NotFound() implements ProfileResponse {}

  /** No profile or page, for any other reason than that it does not exist. */
  sealed interface Failure extends ProfileResponse, RacecardResponse
      permits Throttled, Unauthorised, Unavailable, Malformed {}

  /**
   * 429.
   *
   * @param retryAfter the server's Retry-After, if valid
   */
  record Throttled(Optional<Duration> retryAfter) implements Failure {}

  /** 401 or 403: wrong credentials, or not in the account's plan. */
  record Unauthorised(int status) implements Failure {}

  /**
   * No usable response, not caused by the payload: a timeout, a broken connection, a 5xx or another
   * unexpected status.
   *
   * @param stale the connection was dead before the request was sent: retried without charging the
   *     horse
   * @param retryAfter the server's Retry-After, if valid
   */
  record Unavailable(ErrorKind kind, String message, boolean stale, Optional<Duration> retryAfter)
      implements Failure {}

  /** 200 with an unusable payload; the message has the reason and a short excerpt. */
  record Malformed(ErrorKind kind, String message) implements Failure {}
}
