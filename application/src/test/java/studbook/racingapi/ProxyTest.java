package studbook.racingapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import studbook.racingapi.network.HttpsProxy;
import studbook.security.Secret;
import studbook.time.SystemTime;

/** An API behind a proxy. */
class ProxyTest extends ApiClientTestBase {

  private static final URI ELSEWHERE = URI.create("https://horses.example.invalid/v1");

  private static Optional<HttpsProxy> proxy(String address, String except) {
    return HttpsProxy.of(Map.of("HTTPS_PROXY", address, "NO_PROXY", except), ELSEWHERE);
  }

  private RacingApi through(RawServer proxy, String user) {
    String address = "http://" + user + "127.0.0.1:" + proxy.base().getPort();
    Secret secret = Secret.of(USERNAME);
    return opened(
        new RacingApi(
            new ApiAccount(ELSEWHERE, secret, secret, TIMEOUT, proxy(address, "")),
            "1.2.3",
            SystemTime.clock(),
            SystemTime.ticker()));
  }

  @Test
  void aProxyThatRequiresAPasswordIsReported() throws Exception {
    RawServer proxy =
        opened(
            RawServer.answering(
                """
                HTTP/1.1 407 Proxy Authentication Required
                Proxy-Authenticate: Basic realm="x"
                Content-Length: 0

                """
                    .replace("\n", "\r\n")));
    RacingApi api = through(proxy, "");
    ProfileCall call = api.fetchProfile(HORSE, Endpoint.PRO);
    assertThat(call.status()).isEqualTo(407);
    assertThat(message(call))
        .isEqualTo("the proxy requires a user name and password (407): set them in HTTPS_PROXY");
    assertThat(api.fetchRacecards(LocalDate.of(2026, 3, 1), 0).response())
        .isEqualTo(call.response());
    assertThat(proxy.heads().getFirst())
        .startsWith("CONNECT horses.example.invalid:443 HTTP/1.1\n")
        .doesNotContain("Authorization");
  }

  @Test
  void aProxyGetsOnlyTheCredentialsOfItsAddress() throws Exception {
    RawServer proxy =
        opened(RawServer.answering("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n"));
    ProfileCall call = through(proxy, "me:%40secret@").fetchProfile(HORSE, Endpoint.PRO);
    assertThat(message(call)).contains("502").doesNotContain("null");
    String pair = Base64.getEncoder().encodeToString("me:@secret".getBytes(StandardCharsets.UTF_8));
    assertThat(proxy.heads().getFirst())
        .contains("Proxy-Authorization: Basic " + pair)
        .doesNotContain("\nAuthorization");
  }

  @Test
  void theEnvironmentNamesTheProxyAndTheHostsWithoutOne() {
    assertThat(proxy("http://gate:3128", ""))
        .contains(new HttpsProxy("gate", 3128, Optional.empty()));
    assertThat(proxy("gate:3128", "other.invalid,ample.invalid")).isPresent();
    assertThat(HttpsProxy.of(Map.of("https_proxy", "gate"), ELSEWHERE))
        .contains(new HttpsProxy("gate", 80, Optional.empty()));
    for (String except :
        new String[] {
          "*", "horses.example.invalid", "a.b, .example.invalid", "example.INVALID:443", "*.invalid"
        }) {
      assertThat(proxy("http://gate:3128", except)).as(except).isEmpty();
    }
    URI here = URI.create("http://127.0.0.1:8080/v1");
    assertThat(HttpsProxy.of(Map.of("HTTPS_PROXY", "http://gate:1"), here)).isEmpty();
    assertThat(HttpsProxy.of(Map.of("HTTPS_PROXY", " "), ELSEWHERE)).isEmpty();
    for (String wrong : new String[] {"https://me:hush@gate:1", "socks5://gate", "http://a b"}) {
      assertThatThrownBy(() -> proxy(wrong, ""))
          .hasMessage("must be a proxy's address, such as http://proxy:3128");
    }
  }
}
