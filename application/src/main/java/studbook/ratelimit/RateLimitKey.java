package studbook.ratelimit;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Identifies an account's rate limit without its name: a hash of the API's address, the user name
 * and the scope. Every process with the same account has the same key.
 */
public record RateLimitKey(String text) {

  /** The key of the rate limit for requests of {@code scope}. */
  public static RateLimitKey of(URI api, String username, String scope) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      String account = api + "\n" + username + "\n" + scope;
      byte[] hash = digest.digest(account.getBytes(StandardCharsets.UTF_8));
      return new RateLimitKey(scope + "-" + HexFormat.of().formatHex(hash, 0, 10));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
