package studbook.dashboard;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import studbook.dashboard.DashboardOptions.TlsFiles;
import studbook.text.FileErrorMessages;

/** A connector for TLS 1.2 and 1.3, with a certificate and a key in the PEM format. */
final class TlsConnector {

  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

  private static final List<String> ALGORITHMS = List.of("EC", "RSA", "Ed25519");

  private TlsConnector() {}

  /**
   * @throws DashboardException if a file cannot be read or used, with its name
   */
  static ServerConnector create(Server server, HttpConfiguration http, TlsFiles files) {
    SslContextFactory.Server tls = new SslContextFactory.Server();
    tls.setKeyStore(keyStore(files));
    tls.setKeyStorePassword("");
    tls.setIncludeProtocols("TLSv1.2", "TLSv1.3");
    SecureRequestCustomizer customizer = new SecureRequestCustomizer();
    customizer.setSniHostCheck(false); // the Host header is checked against the allowed names
    http.addCustomizer(customizer);
    return new ServerConnector(
        server, new SslConnectionFactory(tls, "http/1.1"), new HttpConnectionFactory(http));
  }

  private static KeyStore keyStore(TlsFiles files) {
    try {
      List<? extends Certificate> chain =
          List.copyOf(
              CertificateFactory.getInstance("X.509")
                  .generateCertificates(
                      new ByteArrayInputStream(Files.readAllBytes(files.certificate()))));
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry("studbook", key(files), new char[0], chain.toArray(Certificate[]::new));
      return store;
    } catch (IOException e) {
      throw new DashboardException(
          "cannot read the TLS certificate and key: " + FileErrorMessages.reason(e));
    } catch (GeneralSecurityException e) {
      throw new DashboardException(
          "%s and %s are no certificate with its key: %s"
              .formatted(files.certificate(), files.key(), e.getMessage()));
    }
  }

  private static PrivateKey key(TlsFiles files) throws IOException, GeneralSecurityException {
    Matcher pem = KEY.matcher(Files.readString(files.key(), StandardCharsets.US_ASCII));
    if (!pem.find()) {
      throw new DashboardException(
          "%s has no unencrypted key in the PKCS #8 format: `openssl pkcs8 -topk8 -nocrypt` converts one"
              .formatted(files.key()));
    }
    PKCS8EncodedKeySpec encoded =
        new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem.group(1)));
    for (String algorithm : ALGORITHMS) {
      Optional<PrivateKey> key = key(encoded, algorithm);
      if (key.isPresent()) {
        return key.get();
      }
    }
    throw new DashboardException(
        "%s has a key of an unknown algorithm; known are %s"
            .formatted(files.key(), String.join(", ", ALGORITHMS)));
  }

  /** Empty if it is a key of another algorithm. */
  private static Optional<PrivateKey> key(PKCS8EncodedKeySpec encoded, String algorithm)
      throws GeneralSecurityException {
    try {
      return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(encoded));
    } catch (InvalidKeySpecException e) {
      return Optional.empty();
    }
  }
}
