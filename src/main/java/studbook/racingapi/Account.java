package studbook.racingapi;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import studbook.secret.Secret;

/**
 * An account at The Racing API.
 *
 * @param base the address that paths are appended to, without a slash at its end; https, or http to
 *     this machine
 * @param timeout for a whole request, body included
 */
public record Account(URI base, Secret username, Secret password, Duration timeout) {

  /** The value of the Authorization header. A secret. */
  String authorization() {
    byte[] pair = (username.reveal() + ":" + password.reveal()).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }
}
