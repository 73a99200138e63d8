package studbook.store.connection;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Translates libpq's {@code sslmode} and {@code sslrootcert} to pgjdbc's properties: pgjdbc reads a
 * root certificate only for verify-ca and verify-full.
 */
final class TlsOptions {

  /** Verifies with the trust store of the JDK. */
  static final String JAVA_TRUST_STORE = "org.postgresql.ssl.DefaultJavaSSLFactory";

  private static final String VERIFY_FULL = "verify-full";

  private TlsOptions() {}

  /**
   * @param usualRoot libpq's default root certificate
   * @throws IllegalArgumentException if {@code sslrootcert=system} has a weaker {@code sslmode}:
   *     anyone may have a certificate of a public authority, so the name must be verified
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
