package studbook.racingapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import studbook.model.ErrorKind;

/** What becomes of a request whose connection fails or never ends. */
class ConnectionTest extends ApiClientTestBase {

  @Test
  void sendsOneRequestWithCredentialsAndUserAgent() throws Exception {
    RawServer server = opened(RawServer.answering(ok(PROFILE)));
    ProfileCall call = ask(server, TIMEOUT);
    assertThat(call.response()).isInstanceOf(ProfileResponse.Found.class);
    assertThat(server.heads()).hasSize(1);
    assertThat(server.heads().getFirst())
        .startsWith("GET /v1/horses/hrs_4711/pro HTTP/1.1\n")
        .contains("User-Agent: Studbook/1.2.3\n")
        .contains(
            "Authorization: Basic "
                + Base64.getEncoder()
                    .encodeToString((USERNAME + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8)))
        .doesNotContain("Accept-Encoding");
  }

  @Test
  void aServerThatNeverAnswersIsCutAtTheDeadline() throws Exception {
    AtomicReference<RawServer> self = new AtomicReference<>();
    RawServer server = opened(new RawServer((socket, out) -> self.get().untilClosed()));
    self.set(server);
    ProfileCall call = ask(server, SHORT);
    assertUnavailable(call, ErrorKind.TIMEOUT, false, 0);
    assertThat(message(call)).isEqualTo("no complete response within 300 ms");
    assertThat(call.took()).isBetween(SHORT, SHORT.plusSeconds(2));
    assertThat(server.heads()).hasSize(1);
  }

  @Test
  void aBodyThatTricklesIsCutAtTheSameDeadline() throws Exception {
    RawServer server =
        opened(
            new RawServer((socket, out) -> {
              out.write(head("200 OK", 10_000).getBytes(StandardCharsets.UTF_8));
              trickle(out);
            }));
    ProfileCall call = ask(server, SHORT);
    assertUnavailable(call, ErrorKind.TIMEOUT, false, 200);
    assertThat(call.took()).isLessThan(SHORT.plusSeconds(2));
  }

  @Test
  void aHeadThatTricklesIsCutToo() throws Exception {
    RawServer server =
        opened(
            new RawServer((socket, out) -> {
              out.write("HTTP/1.1 200 OK\r\nX-Long: ".getBytes(StandardCharsets.UTF_8));
              trickle(out);
            }));
    assertUnavailable(ask(server, SHORT), ErrorKind.TIMEOUT, false, 0);
  }

  @Test
  void aServerThatDoesNotAcceptIsCutAtTheDeadline() throws Exception {
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      for (int i = 0; i < 4; i++) {
        Socket waiting = opened(new Socket());
        try {
          waiting.connect(full.getLocalSocketAddress(), 50);
        } catch (java.net.SocketTimeoutException e) {
          break;
        }
      }
      ProfileCall call =
          api(URI.create("http://127.0.0.1:" + full.getLocalPort()), SHORT)
              .fetchProfile(HORSE, Endpoint.PRO);
      assertUnavailable(call, ErrorKind.TIMEOUT, false, 0);
    }
  }

  @Test
  void aConnectionClosedWithoutAnAnswerIsStaleAndNothingIsSentTwice() throws Exception {
    RawServer server = opened(new RawServer((socket, out) -> {}));
    assertUnavailable(ask(server, TIMEOUT), ErrorKind.CONNECTION, true, 0);
    assertThat(server.heads()).as("the client's own resend").hasSize(1);
  }

  @Test
  void aConnectionThatIsResetIsStaleAndNothingIsSentTwice() throws Exception {
    RawServer server =
        opened(
            new RawServer((socket, out) -> {
              socket.setSoLinger(true, 0);
            }));
    assertUnavailable(ask(server, TIMEOUT), ErrorKind.CONNECTION, true, 0);
    assertThat(server.heads()).hasSize(1);
  }

  @Test
  void aKeptConnectionThatDiedIsStaleAndNothingIsSentTwice() throws Exception {
    RawServer server = opened(RawServer.answering(ok(PROFILE)));
    RacingApi api = api(server.base(), TIMEOUT);
    int answered = 0;
    for (int i = 1; i <= 20; i++) {
      ProfileCall call = api.fetchProfile(HORSE, Endpoint.PRO);
      if (call.response() instanceof ProfileResponse.Found) {
        answered++;
      } else {
        assertUnavailable(call, ErrorKind.CONNECTION, true, 0);
      }
      assertThat(server.heads()).as("after request %d", i).hasSizeLessThanOrEqualTo(i);
    }
    assertThat(answered).isPositive();
  }

  @Test
  void anAnswerThatIsCutInItsHeadOrIsNoHttpIsNotStale() throws Exception {
    assertThat(ask("HTTP/1.1 200 OK\r\nContent-Ty").response())
        .isInstanceOf(ProfileResponse.Unavailable.class);
    assertUnavailable(ask("SSH-2.0-OpenSSH_9.9\r\n\r\n"), ErrorKind.CONNECTION, false, 0);
  }

  @Test
  void aPortWithoutAListener() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    ProfileCall call =
        api(URI.create("http://127.0.0.1:" + port), TIMEOUT).fetchProfile(HORSE, Endpoint.PRO);
    assertUnavailable(call, ErrorKind.CONNECTION, false, 0);
    assertThat(message(call)).startsWith("cannot connect").doesNotContain("null");
  }

  @Test
  void anUnknownHost() throws Exception {
    ProfileCall call =
        api(URI.create("http://no-such-host.invalid"), TIMEOUT).fetchProfile(HORSE, Endpoint.PRO);
    assertUnavailable(call, ErrorKind.CONNECTION, false, 0);
    assertThat(message(call)).isEqualTo("the host's name is unknown");
  }

  @Test
  void anInterruptedRequestIsCancelled() throws Exception {
    AtomicReference<RawServer> self = new AtomicReference<>();
    RawServer server = opened(new RawServer((socket, out) -> self.get().untilClosed()));
    self.set(server);
    RacingApi api = api(server.base(), TIMEOUT);
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread asking =
        Thread.ofVirtual()
            .start(() -> {
              try {
                api.fetchProfile(HORSE, Endpoint.PRO);
              } catch (InterruptedException e) {
                thrown.set(e);
              }
            });
    asking.interrupt();
    assertThat(asking.join(Duration.ofSeconds(5))).isTrue();
    assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
  }
}
