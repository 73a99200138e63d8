package studbook.store.connection;

import java.io.FileNotFoundException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.GT;

/** Explains a failed TLS connection. */
final class TlsFailure {

  /** pgjdbc's message in its current language. */
  private static final String NO_TLS = GT.tr("The server does not support SSL.");

  /** Part of pgjdbc's message in every language. */
  private static final String OTHER_NAME = "PgjdbcHostnameVerifier";

  private static final String UNTRUSTED =
      "its certificate is not signed by a certificate authority of sslrootcert";

  private TlsFailure() {}

  /** A sentence about the server; empty if TLS is not the reason. */
  static Optional<String> sentence(SQLException failure) {
    String message = String.valueOf(failure.getMessage());
    if (message.equals(NO_TLS)) {
      return Optional.of("it offers no TLS, and sslmode requires it");
    }
    if (message.contains(OTHER_NAME)) {
      return Optional.of(
          "its certificate is for another host name than DATABASE_URL has (sslmode=verify-full)");
    }
    @Nullable String sentence = null;
    for (@Nullable Throwable t = failure.getCause(); t != null; t = t.getCause()) {
      // The deepest cause is the most specific: an invalid path may be an expired certificate.
      sentence = sentence(t, sentence);
    }
    return Optional.ofNullable(sentence);
  }

  private static @Nullable String sentence(Throwable cause, @Nullable String former) {
    return switch (cause) {
      case CertificateExpiredException _ -> "its certificate has expired";
      case CertificateNotYetValidException _ ->
          "its certificate is not valid yet; check the clocks of both machines";
      case CertificateException _, CertPathValidatorException _ ->
          former == null ? UNTRUSTED : former;
      case FileNotFoundException missing ->
          "a certificate file cannot be read: %s. Name the file of the certificate authority in sslrootcert, or use sslrootcert=system for those that Java trusts"
              .formatted(missing.getMessage());
      default -> former;
    };
  }
}
