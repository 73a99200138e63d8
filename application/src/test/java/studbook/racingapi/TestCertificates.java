package studbook.racingapi;

import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * An authority and, signed by it: {@code right} for 127.0.0.1, {@code elsewhere} for another host,
 * {@code expired} since 2020; made with keytool -genkeypair -signer, and good until 2119.
 */
public final class TestCertificates {

  private static final String FILE = "certificates.p12";
  private static final char[] PASSPHRASE = "changeit".toCharArray();

  private TestCertificates() {}

  /** What may throw anything. */
  public interface TrustingAction<T> {
    T run() throws Exception;
  }

  /** For a server that proves itself by the certificate {@code alias}. */
  public static SSLContext server(String alias) throws GeneralSecurityException, IOException {
    KeyStore all = all();
    KeyStore own = empty();
    own.setKeyEntry(
        alias, all.getKey(alias, PASSPHRASE), PASSPHRASE, all.getCertificateChain(alias));
    KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
    managers.init(own, PASSPHRASE);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  /** Runs {@code action} as if the authority were one of those that this machine trusts. */
  public static <T> T trustingTheAuthority(TrustingAction<T> action) throws Exception {
    KeyStore trusted = empty();
    trusted.setCertificateEntry("authority", all().getCertificate("authority"));
    TrustManagerFactory managers = TrustManagerFactory.getInstance("PKIX");
    managers.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    SSLContext usual = SSLContext.getDefault();
    SSLContext.setDefault(context);
    try {
      return action.run();
    } finally {
      SSLContext.setDefault(usual);
    }
  }

  private static KeyStore all() throws GeneralSecurityException, IOException {
    KeyStore all = KeyStore.getInstance("PKCS12");
    try (InputStream file = TestCertificates.class.getResourceAsStream(FILE)) {
      all.load(file, PASSPHRASE);
    }
    return all;
  }

  private static KeyStore empty() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }
}
