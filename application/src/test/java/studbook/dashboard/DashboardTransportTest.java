package studbook.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import studbook.cli.fixture.BackfillFixture;
import studbook.cli.fixture.CliRunner.Result;

/** Hosts, addresses and TLS of the dashboard. */
class DashboardTransportTest {

  @TempDir private Path folder;

  /**
   * The first line and the headers of an answer, to a Host header that HttpClient would not send.
   */
  private static String answer(String url, String host) throws IOException {
    URI address = URI.create(url);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), address.getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          "GET /healthz HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
              .formatted(host)
              .getBytes(StandardCharsets.US_ASCII));
      out.flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void namesOfOtherHostsAreRefused() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(5, folder)) {
      assertThat(fixture.cli.run("init").code()).isZero();
      fixture.cli.with("STUDBOOK_ALLOWED_HOSTS", "studbook.example.com");
      fixture.cli.with("STUDBOOK_TRUSTED_PROXIES", "127.0.0.1");
      try (DashboardFixture dashboard = DashboardFixture.within(fixture)) {
        for (String host :
            List.of("127.0.0.1:1", "localhost", "[::1]:80", "studbook.example.com", "10.1.2.3")) {
          assertThat(answer(dashboard.url, host)).as(host).startsWith("HTTP/1.1 200");
        }
        for (String host : List.of("evil.example", "studbook.example.com.evil.example", "a@b")) {
          assertThat(answer(dashboard.url, host)).as(host).doesNotStartWith("HTTP/1.1 200");
        }
        assertThat(answer(dashboard.url, "evil.example")).startsWith("HTTP/1.1 421");
        assertThat(answer(dashboard.url, "localhost\r\nX-Forwarded-Host: evil.example"))
            .startsWith("HTTP/1.1 421");
        assertThat(answer(dashboard.url, "localhost\r\nX-Forwarded-Proto: https"))
            .contains("Strict-Transport-Security");
      }
    }
  }

  @Test
  void otherAddressesNeedUsers() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(5, folder)) {
      assertThat(fixture.cli.run("init").code()).isZero();
      Result refused = fixture.cli.run("serve", "--listen", "0.0.0.0:0");
      assertThat(refused.code()).isEqualTo(2);
      assertThat(refused.err()).contains("the dashboard has no users", "studbook user add NAME");
      DashboardFixture.addUsers(fixture);
      try (DashboardFixture dashboard = DashboardFixture.within(fixture, "--listen", "0.0.0.0:0")) {
        int port = URI.create(dashboard.url).getPort();
        try (HttpClient client = HttpClient.newHttpClient()) {
          HttpRequest metrics =
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics")).build();
          assertThat(client.send(metrics, HttpResponse.BodyHandlers.ofString()).statusCode())
              .isEqualTo(401);
        }
      }
    }
  }

  @Test
  void tlsSetsSecureCookies() throws Exception {
    Path store = folder.resolve("store.p12");
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    Process made =
        new ProcessBuilder(
                keytool.toString(),
                "-genkeypair",
                "-alias",
                "a",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                "changeit")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.txt").toFile())
            .start();
    assertThat(made.waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance(store.toFile(), "changeit".toCharArray());
    pem("cert.pem", "CERTIFICATE", keys.getCertificate("a").getEncoded());
    pem("key.pem", "PRIVATE KEY", keys.getKey("a", "changeit".toCharArray()).getEncoded());
    try (BackfillFixture fixture = new BackfillFixture(5, folder)) {
      assertThat(fixture.cli.run("init").code()).isZero();
      DashboardFixture.addUsers(fixture);
      try (DashboardFixture dashboard =
              DashboardFixture.start(
                  fixture, "serve-", "--tls-cert", "cert.pem", "--tls-key", "key.pem");
          HttpClient client = HttpClient.newBuilder().sslContext(trusting(keys)).build()) {
        assertThat(dashboard.url).startsWith("https://");
        HttpRequest login =
            HttpRequest.newBuilder(URI.create(dashboard.url + "/login"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Origin", dashboard.url)
                .header("Sec-Fetch-Site", "same-origin")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "name=anna&password=" + DashboardFixture.PASSWORD.replace(' ', '+')))
                .build();
        HttpResponse<String> response = client.send(login, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(303);
        assertThat(response.headers().firstValue("Set-Cookie").orElse(""))
            .startsWith("__Host-studbook=")
            .endsWith("; Secure");
        assertThat(response.headers().firstValue("Strict-Transport-Security")).isPresent();
      }
    }
  }

  private void pem(String name, String type, byte[] content) throws IOException {
    Files.writeString(
        folder.resolve(name),
        "-----BEGIN %s-----\n%s\n-----END %s-----\n"
            .formatted(type, Base64.getMimeEncoder().encodeToString(content), type));
  }

  private static SSLContext trusting(KeyStore keys) throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("a", keys.getCertificate("a"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
