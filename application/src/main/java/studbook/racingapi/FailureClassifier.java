package studbook.racingapi;

import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpResponse.ResponseInfo;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import studbook.model.ErrorKind;
import studbook.racingapi.network.ConnectionTrial;

/** Maps the statuses and exceptions of requests to results. Safe for many threads. */
final class FailureClassifier {

  private final Duration timeout;
  private final ConnectionTrial trial;
  private final Clock clock;

  /**
   * @param timeout of a request
   * @param trial finds out why a connection failed
   */
  FailureClassifier(Duration timeout, ConnectionTrial trial, Clock clock) {
    this.timeout = timeout;
    this.trial = trial;
    this.clock = clock;
  }

  /** The result of a status, without looking at the body; empty for a 200. */
  Optional<ProfileResponse> ofProfileStatus(@Nullable ResponseInfo head) {
    if (head == null || head.statusCode() == 200) {
      return Optional.empty();
    }
    return Optional.of(isMissing(head.statusCode()) ? new ProfileResponse.NotFound() : error(head));
  }

  Optional<RacecardResponse> ofDayStatus(@Nullable ResponseInfo head) {
    if (head == null || head.statusCode() == 200) {
      return Optional.empty();
    }
    int status = head.statusCode();
    return Optional.of(
        isMissing(status) || status == 422 ? new RacecardResponse.NoSuchDay(status) : error(head));
  }

  /** Whether the resource does not exist (any more). */
  private static boolean isMissing(int status) {
    return status == 404 || status == 410;
  }

  private ProfileResponse.Failure error(ResponseInfo head) {
    int status = head.statusCode();
    return switch (status) {
      case 401, 403 -> new ProfileResponse.Unauthorised(status);
      case 429 -> new ProfileResponse.Throttled(RetryAfter.parse(head.headers(), clock));
      default ->
          new ProfileResponse.Unavailable(
              ErrorKind.SERVER_ERROR,
              status == 407
                  ? "the proxy requires a user name and password (407): set them in HTTPS_PROXY"
                  : status >= 300 && status < 400
                      ? "answered " + status + ", a redirect, which is never followed"
                      : "answered " + status,
              false,
              RetryAfter.parse(head.headers(), clock));
    };
  }

  /**
   * A failure without a status.
   *
   * @param failure of a request: its deadline passed, or an ExecutionException
   * @param headCame whether the API had begun to respond
   * @param largest maximum size of the body
   */
  ProfileResponse.Failure of(Exception failure, boolean headCame, long largest) {
    if (failure instanceof TimeoutException) {
      return late();
    }
    Throwable cause = unwrapped(failure);
    String message = ProfileDecoder.excerpt(reason(cause));
    if (headCame) {
      return message.contains("exceeds capacity")
          ? new ProfileResponse.Malformed(
              ErrorKind.TOO_LARGE, "the body is larger than " + largest + " bytes")
          : new ProfileResponse.Malformed(ErrorKind.MALFORMED, "the body was cut off: " + message);
    }
    return switch (cause) {
      case HttpConnectTimeoutException e ->
          new ProfileResponse.Unavailable(
              ErrorKind.TIMEOUT, "cannot connect to " + trial.findings(), false, Optional.empty());
      case HttpTimeoutException e -> late();
      case SSLException e -> connection("no trusted TLS connection: " + message, false);
      case ConnectException e when e.getCause() instanceof UnresolvedAddressException ->
          connection("the host's name is unknown", false);
      case ConnectException e -> connection("cannot connect to " + trial.findings(), false);
      case ProtocolException e -> connection("what came is no HTTP: " + message, false);
      case IOException e -> connection("the connection broke: " + message, true);
      default -> connection(cause.getClass().getSimpleName() + ": " + message, false);
    };
  }

  private ProfileResponse.Failure late() {
    String message = "no complete response within " + seconds(timeout);
    return new ProfileResponse.Unavailable(ErrorKind.TIMEOUT, message, false, Optional.empty());
  }

  /**
   * The first failure. Without resends the client reports "too many retries" for a request that it
   * would have resent, with the failure as the cause.
   */
  private static Throwable unwrapped(Exception e) {
    Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
    boolean tired = String.valueOf(cause.getMessage()).startsWith("Too many retries");
    return tired && cause.getCause() != null ? cause.getCause() : cause;
  }

  /** The first message of a chain of causes; the client's own exceptions often have none. */
  private static String reason(Throwable first) {
    return Stream.iterate(first, Objects::nonNull, Throwable::getCause)
        .flatMap(cause -> Stream.ofNullable(cause.getMessage()))
        .findFirst()
        .orElse("the connection was refused or closed");
  }

  private static ProfileResponse.Failure connection(String message, boolean stale) {
    return new ProfileResponse.Unavailable(ErrorKind.CONNECTION, message, stale, Optional.empty());
  }

  private static String seconds(Duration duration) {
    return duration.toMillis() % 1000 == 0
        ? duration.toSeconds() + " s"
        : duration.toMillis() + " ms";
  }
}
