package studbook.racingapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import studbook.model.ErrorKind;
import studbook.model.HorseId;
import studbook.security.Secret;
import studbook.time.SystemTime;

/** A client that asks once, a server of bare sockets, and what may be said of their meeting. */
abstract class ApiClientTestBase {

  static final HorseId HORSE = new HorseId("hrs_4711");
  static final String USERNAME = "somebody";
  static final String PASSWORD = "s3cret-pässword";
  static final Duration TIMEOUT = Duration.ofSeconds(10);
  static final Duration SHORT = Duration.ofMillis(300);
  static final String PROFILE =
      "{\"id\":\"hrs_4711\",\"name\":\"Quiet Harbour (IRE)\",\"dob\":\"2017-04-02\"}";

  final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable one : open.reversed()) {
      one.close();
    }
  }

  <T extends AutoCloseable> T opened(T one) {
    open.add(one);
    return one;
  }

  RacingApi api(URI base, Duration timeout) {
    ApiAccount account = new ApiAccount(base, Secret.of(USERNAME), Secret.of(PASSWORD), timeout);
    return opened(new RacingApi(account, "1.2.3", SystemTime.clock(), SystemTime.ticker()));
  }

  ProfileCall ask(RawServer server, Duration timeout) throws InterruptedException {
    ProfileCall call = api(server.base(), timeout).fetchProfile(HORSE, Endpoint.PRO);
    assertHarmless(call);
    return call;
  }

  ProfileCall ask(String text) throws InterruptedException {
    return ask(opened(RawServer.answering(text)), TIMEOUT);
  }

  /** No credential, nothing that a terminal would obey, and not much of anything. */
  static void assertHarmless(ProfileCall call) {
    String shown = call.toString();
    String pair = USERNAME + ":" + PASSWORD;
    assertThat(shown)
        .doesNotContain(USERNAME)
        .doesNotContain(PASSWORD)
        .doesNotContain(Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)))
        .doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Cs}\\u2028\\u2029]");
    assertThat(message(call).length()).isLessThan(300);
  }

  static String message(ProfileCall call) {
    return switch (call.response()) {
      case ProfileResponse.Unavailable(ErrorKind _, String message, boolean _, var _) -> message;
      case ProfileResponse.Malformed(ErrorKind _, String message) -> message;
      case ProfileResponse other -> other.toString();
    };
  }

  static String ok(String body) {
    return head("200 OK", body.getBytes(StandardCharsets.UTF_8).length) + body;
  }

  static String head(String status, long length) {
    return "HTTP/1.1 "
        + status
        + "\r\nContent-Type: application/json\r\nContent-Length: "
        + length
        + "\r\n\r\n";
  }

  static void assertUnavailable(ProfileCall call, ErrorKind kind, boolean stale, int status) {
    assertThat(call.response())
        .isInstanceOfSatisfying(
            ProfileResponse.Unavailable.class,
            answer -> {
              assertThat(answer.kind()).isEqualTo(kind);
              assertThat(answer.stale()).as("stale: %s", answer).isEqualTo(stale);
            });
    assertThat(call.status()).isEqualTo(status);
  }

  static void assertMalformed(ProfileCall call, ErrorKind kind, String reason) {
    assertThat(call.response())
        .isInstanceOfSatisfying(
            ProfileResponse.Malformed.class,
            answer -> {
              assertThat(answer.kind()).isEqualTo(kind);
              assertThat(answer.message()).contains(reason);
            });
    assertThat(call.status()).isEqualTo(200);
  }

  static void trickle(OutputStream out) throws java.io.IOException, InterruptedException {
    while (true) {
      out.write(' ');
      out.flush();
      SystemTime.sleeper().sleep(Duration.ofMillis(20));
    }
  }
}
