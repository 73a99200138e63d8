package studbook.racingapi;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import studbook.secret.Secret;

/**
 * An account at The Racing API.
 *
 * @param base the address that paths are appended to, without a slash at its end; https, or http to
 *     this machine
 * @param timeout for a whole request, body included
 * @param proxy through which it is reached, where there is one
 */
public record Account(
    URI base, Secret username, Secret password, Duration timeout, Optional<HttpsProxy> proxy) {

  /** An account that is reached directly. */
  public Account(URI base, Secret username, Secret password, Duration timeout) {
    this(base, username, password, timeout, Optional.empty());
  }

  /** The value of the Authorization header. A secret. */
  String authorization() {
    byte[] pair = (username.reveal() + ":" + password.reveal()).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }
}
