package studbook.racingapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.spi.InetAddressResolverProvider;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import studbook.racingapi.network.FailoverResolverProvider;
import studbook.racingapi.network.ListedHostProvider;

/** A host of several addresses, asked by a process of its own. */
class FailoverTest extends ApiClientTestBase {

  private static final String HOST = "localhost";
  private static final String PASSPHRASE = "changeit";

  @TempDir Path folder;

  /** What became of each request. */
  private List<String> ask(String base, int millis, int requests, String... addresses)
      throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                ListedHostProvider.option(addresses),
                "-Djavax.net.ssl.trustStore=" + folder.resolve("keys.p12"),
                "-Djavax.net.ssl.trustStorePassword=" + PASSPHRASE,
                "-cp",
                System.getProperty("java.class.path"),
                ApiClientProgram.class.getName(),
                base,
                Integer.toString(millis),
                Integer.toString(requests)));
    Path out = folder.resolve("out.txt");
    Process process =
        opened(new Child(new ProcessBuilder(command).redirectOutput(out.toFile()).start()))
            .process();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return Files.readAllLines(out);
  }

  private record Child(Process process) implements AutoCloseable {
    @Override
    public void close() {
      process.destroyForcibly().onExit().join();
    }
  }

  private static String base(String scheme, int port) {
    return scheme + "://" + HOST + ":" + port + "/v1";
  }

  @Test
  void afterAnAddressThatRefusesTheNextIsTaken() throws Exception {
    RawServer server = opened(RawServer.answering(ok(PROFILE)));
    int port = server.base().getPort();
    List<String> answers = ask(base("http", port), 10_000, 3, "127.0.0.2", "127.0.0.1");
    assertThat(answers)
        .containsExactly(
            "cannot connect to localhost port %d: 127.0.0.2 refuses connections, 127.0.0.1 accepts connections"
                .formatted(port),
            "found",
            "found");
  }

  @Test
  void afterAnAddressThatIsSilentTheNextIsTaken() throws Exception {
    RawServer server = opened(RawServer.answering(ok(PROFILE)));
    int port = server.base().getPort();
    try (ServerSocket full = new ServerSocket()) {
      full.bind(new InetSocketAddress("127.0.0.2", port), 1);
      fill(full);
      List<String> answers = ask(base("http", port), 2_000, 3, "127.0.0.2", "127.0.0.1");
      assertThat(answers)
          .containsExactly(
              "cannot connect to localhost port %d: 127.0.0.2 does not respond, 127.0.0.1 accepts connections"
                  .formatted(port),
              "found",
              "found");
    }
  }

  /** Takes every place of its queue, so that it answers no further connection. */
  private void fill(ServerSocket full) throws Exception {
    for (int i = 0; i < 4; i++) {
      try {
        opened(new Socket()).connect(full.getLocalSocketAddress(), 50);
      } catch (SocketTimeoutException e) {
        return;
      }
    }
  }

  @Test
  void theNameIsStillTheOneThatTheCertificateProves() throws Exception {
    RawServer server = secureServer(HOST);
    int port = server.base().getPort();
    assertThat(ask(base("https", port), 10_000, 2, "127.0.0.2", "127.0.0.1")).endsWith("found");
    RawServer other = secureServer("elsewhere.example");
    List<String> answers =
        ask(base("https", other.base().getPort()), 10_000, 2, "127.0.0.2", "127.0.0.1");
    assertThat(answers.getLast()).startsWith("no trusted TLS connection");
    assertThat(other.heads()).isEmpty();
  }

  @Test
  void theJdkFindsTheResolver() {
    assertThat(ServiceLoader.load(InetAddressResolverProvider.class).stream())
        .extracting(ServiceLoader.Provider::type)
        .contains(FailoverResolverProvider.class);
  }

  private RawServer secureServer(String host) throws Exception {
    Path store = folder.resolve("keys.p12");
    Files.deleteIfExists(store);
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-J-XX:TieredStopAtLevel=1",
                "-genkeypair",
                "-alias",
                "server",
                "-dname",
                "CN=server",
                "-ext",
                "san=dns:" + host,
                "-keyalg",
                "EC",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSPHRASE)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.txt").toFile())
            .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSPHRASE.toCharArray());
    }
    // A key store that is trusted as a whole has to hold the certificate by itself.
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("server", keys.getCertificate("server"));
    try (var out = Files.newOutputStream(store)) {
      trusted.store(out, PASSPHRASE.toCharArray());
    }
    KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
    managers.init(keys, PASSPHRASE.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    ServerSocket listening =
        opened(
            context
                .getServerSocketFactory()
                .createServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.1")));
    return opened(
        new RawServer(
            listening, (socket, out) -> out.write(ok(PROFILE).getBytes(StandardCharsets.UTF_8))));
  }

  @Test
  void whereNoAddressAcceptsTheReasonNamesEach() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    List<String> answers = ask(base("http", port), 10_000, 2, "127.0.0.2", "127.0.0.3");
    assertThat(answers)
        .hasSize(2)
        .containsOnly(
            "cannot connect to localhost port %d: 127.0.0.2 refuses connections, 127.0.0.3 refuses connections"
                .formatted(port));
  }
}
