package studbook.store.connection;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What libpq understands by {@code sslmode} and {@code sslrootcert}, in pgjdbc's properties: pgjdbc
 * looks at a root certificate only where {@code sslmode} is verify-ca or verify-full.
 */
final class TlsOptions {

  /** Verifies by the trust store of the JDK. */
  static final String JAVA_TRUST_STORE = "org.postgresql.ssl.DefaultJavaSSLFactory";

  private static final String VERIFY_FULL = "verify-full";

  private TlsOptions() {}

  /**
   * @param usualRoot libpq's root certificate where none is named
   * @throws IllegalArgumentException where {@code sslrootcert=system} has a weaker {@code sslmode}:
   *     anybody may have a certificate of a public authority, so that the name must be verified
   */
  static void complete(Map<String, String> properties, Optional<Path> usualRoot) {
    String root = properties.getOrDefault("sslrootcert", "");
    String mode = properties.getOrDefault("sslmode", "");
    if (root.equals("system")) {
      if (!mode.isEmpty() && !mode.equals(VERIFY_FULL)) {
        throw new IllegalArgumentException(
            "has sslrootcert=system with sslmode=%s; system needs sslmode=verify-full"
                .formatted(mode));
      }
      properties.remove("sslrootcert");
      properties.put("sslmode", VERIFY_FULL);
      properties.put("sslfactory", JAVA_TRUST_STORE);
    } else if (mode.equals("require")) {
      if (root.isEmpty()) {
        usualRoot.ifPresent(file -> properties.put("sslrootcert", file.toString()));
      }
      if (properties.containsKey("sslrootcert")) {
        properties.put("sslmode", "verify-ca");
      }
    }
  }
}
