package studbook.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Certificate authorities and certificates of servers, made by keytool in a temporary folder. */
public final class TestCertificates {

  private static final String STORE_PASSWORD = "changeit";

  private final Path folder;
  private final Path store;

  public TestCertificates(Path folder) {
    this.folder = folder;
    this.store = folder.resolve("certificates.p12");
  }

  /** An authority; its certificate is {@link #file}. */
  public Path authority(String name) throws Exception {
    keytool(name, List.of("-ext", "bc:c", "-validity", "30"));
    return file(name);
  }

  /** A certificate for a host, signed by an authority of this class. */
  public void server(String name, String authority, String host, String start, int days)
      throws Exception {
    keytool(
        name,
        List.of(
            "-signer",
            authority,
            "-ext",
            "san=dns:" + host,
            "-startdate",
            start,
            "-validity",
            Integer.toString(days)));
  }

  private void keytool(String name, List<String> options) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-J-XX:TieredStopAtLevel=1",
                "-genkeypair",
                "-alias",
                name,
                "-dname",
                "CN=" + name,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-keystore",
                store.toString(),
                "-storepass",
                STORE_PASSWORD));
    command.addAll(options);
    Path log = folder.resolve("keytool.log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IllegalStateException("keytool: " + Files.readString(log));
    }
  }

  /** Where a certificate lies as PEM. */
  Path file(String name) throws IOException, GeneralSecurityException {
    return Files.writeString(folder.resolve(name + ".crt"), certificate(name));
  }

  public String certificate(String name) throws IOException, GeneralSecurityException {
    return pem("CERTIFICATE", load().getCertificate(name).getEncoded());
  }

  public String key(String name) throws IOException, GeneralSecurityException {
    return pem("PRIVATE KEY", load().getKey(name, STORE_PASSWORD.toCharArray()).getEncoded());
  }

  private KeyStore load() throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, STORE_PASSWORD.toCharArray());
    }
    return keys;
  }

  /** A trust store with one certificate. */
  public KeyStore trusting(String name) throws IOException, GeneralSecurityException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry(name, load().getCertificate(name));
    return trusted;
  }

  private static String pem(String type, byte[] content) {
    return "-----BEGIN %s-----%n%s%n-----END %s-----%n"
        .formatted(type, Base64.getMimeEncoder().encodeToString(content), type);
  }
}
