package studbook.racingapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import studbook.model.ErrorKind;

/** The credentials go to one host, which has proved who it is. */
class ServerCertificateTest extends ApiClientTestBase {

  /** A server that proves itself by the certificate {@code alias}. */
  private RawServer server(String alias) throws Exception {
    ServerSocket listening =
        opened(
            TestCertificates.server(alias)
                .getServerSocketFactory()
                .createServerSocket(0, 5, InetAddress.getLoopbackAddress()));
    return opened(
        new RawServer(
            listening, (socket, out) -> out.write(ok(PROFILE).getBytes(StandardCharsets.UTF_8))));
  }

  private ProfileCall askSecurely(RawServer server) throws Exception {
    URI secure = URI.create(server.base().toString().replace("http:", "https:"));
    ProfileCall call = api(secure, TIMEOUT).fetchProfile(HORSE, Endpoint.PRO);
    assertHarmless(call);
    return call;
  }

  /** As if the authority were one of those that this machine trusts. */
  private ProfileCall askTrustingTheAuthority(RawServer server) throws Exception {
    return TestCertificates.trustingTheAuthority(() -> askSecurely(server));
  }

  private static void assertRefused(ProfileCall call, RawServer server) {
    assertUnavailable(call, ErrorKind.CONNECTION, false, 0);
    assertThat(message(call)).startsWith("no trusted TLS connection");
    assertThat(server.heads()).as("no request, and so no credentials").isEmpty();
  }

  @Test
  void aCertificateOfAnUntrustedAuthorityIsRefused() throws Exception {
    RawServer server = server("right");
    assertRefused(askSecurely(server), server);
  }

  @Test
  void aCertificateOfATrustedAuthorityForThisHostIsTaken() throws Exception {
    RawServer server = server("right");
    assertThat(askTrustingTheAuthority(server).response())
        .isInstanceOf(ProfileResponse.Found.class);
    assertThat(server.heads()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"elsewhere", "expired"})
  void aCertificateForAnotherHostOrOutOfDateIsRefused(String alias) throws Exception {
    RawServer server = server(alias);
    assertRefused(askTrustingTheAuthority(server), server);
  }

  @Test
  void noRedirectIsFollowedAndNoOtherHostSeesTheCredentials() throws Exception {
    RawServer elsewhere = opened(RawServer.answering(ok(PROFILE)));
    for (int status : new int[] {301, 302, 303, 307, 308}) {
      ProfileCall call =
          ask(
              "HTTP/1.1 "
                  + status
                  + " Moved\r\nLocation: "
                  + elsewhere.base()
                  + "/horses/hrs_4711/pro\r\nContent-Length: 0\r\n\r\n");
      assertUnavailable(call, ErrorKind.SERVER_ERROR, false, status);
      assertThat(message(call)).contains("redirect");
    }
    assertThat(elsewhere.heads()).isEmpty();
  }
}
