package studbook.racingapi;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/**
 * An account at The Racing API.
 *
 * @param base the address that paths are appended to, {@code https://api.theracingapi.com/v1}
 * @param timeout for a whole request, body included
 */
public record Account(URI base, String username, String password, Duration timeout) {

  /** The value of the Authorization header. A secret. */
  String authorization() {
    byte[] pair = (username + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  /** Without the credentials. */
  @Override
  public String toString() {
    return "Account[" + base + "]";
  }
}
