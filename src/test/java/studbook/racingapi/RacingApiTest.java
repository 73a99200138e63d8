package studbook.racingapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import studbook.horse.HorseId;
import studbook.secret.Secret;
import studbook.store.ErrorKind;
import studbook.time.SystemTime;

/** What a server may do to a request, byte by byte. */
class RacingApiTest {

  private static final HorseId HORSE = new HorseId("hrs_4711");
  private static final String USERNAME = "somebody";
  private static final String PASSWORD = "s3cret-pässword";
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final String PROFILE =
      "{\"id\":\"hrs_4711\",\"name\":\"Quiet Harbour (IRE)\",\"dob\":\"2017-04-02\"}";

  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable one : open.reversed()) {
      one.close();
    }
  }

  private <T extends AutoCloseable> T opened(T one) {
    open.add(one);
    return one;
  }

  private RacingApi api(URI base, Duration timeout) {
    Account account = new Account(base, Secret.of(USERNAME), Secret.of(PASSWORD), timeout);
    return opened(new RacingApi(account, "1.2.3", SystemTime.clock(), SystemTime.ticker()));
  }

  private Attempt ask(RawServer server, Duration timeout) throws InterruptedException {
    Attempt attempt = api(server.base(), timeout).ask(HORSE, Endpoint.PRO);
    assertHarmless(attempt);
    return attempt;
  }

  private Attempt ask(String text) throws InterruptedException {
    return ask(opened(RawServer.answering(text)), TIMEOUT);
  }

  /** No credential, nothing that a terminal would obey, and not much of anything. */
  private static void assertHarmless(Attempt attempt) {
    String shown = attempt.toString();
    String pair = USERNAME + ":" + PASSWORD;
    assertThat(shown)
        .doesNotContain(USERNAME)
        .doesNotContain(PASSWORD)
        .doesNotContain(Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)))
        .doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Cs}\\u2028\\u2029]");
    assertThat(message(attempt).length()).isLessThan(300);
  }

  private static String message(Attempt attempt) {
    return switch (attempt.answer()) {
      case Answer.Unavailable(ErrorKind _, String message, boolean _) -> message;
      case Answer.Malformed(ErrorKind _, String message) -> message;
      case Answer other -> other.toString();
    };
  }

  private static String ok(String body) {
    return head("200 OK", body.getBytes(StandardCharsets.UTF_8).length) + body;
  }

  private static String head(String status, long length) {
    return "HTTP/1.1 "
        + status
        + "\r\nContent-Type: application/json\r\nContent-Length: "
        + length
        + "\r\n\r\n";
  }

  private static void assertUnavailable(
      Attempt attempt, ErrorKind kind, boolean stale, int status) {
    assertThat(attempt.answer())
        .isInstanceOfSatisfying(
            Answer.Unavailable.class,
            answer -> {
              assertThat(answer.kind()).isEqualTo(kind);
              assertThat(answer.stale()).as("stale: %s", answer).isEqualTo(stale);
            });
    assertThat(attempt.status()).isEqualTo(status);
  }

  private static void assertMalformed(Attempt attempt, ErrorKind kind, String reason) {
    assertThat(attempt.answer())
        .isInstanceOfSatisfying(
            Answer.Malformed.class,
            answer -> {
              assertThat(answer.kind()).isEqualTo(kind);
              assertThat(answer.message()).contains(reason);
            });
    assertThat(attempt.status()).isEqualTo(200);
  }

  @Test
  void asksOnceWithCredentialsAndItsOwnName() throws Exception {
    RawServer server = opened(RawServer.answering(ok(PROFILE)));
    Attempt attempt = ask(server, TIMEOUT);
    assertThat(attempt.answer()).isInstanceOf(Answer.Found.class);
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
    Attempt attempt = ask(server, SHORT);
    assertUnavailable(attempt, ErrorKind.TIMEOUT, false, 0);
    assertThat(message(attempt)).isEqualTo("no whole answer within 300 ms");
    assertThat(attempt.took()).isBetween(SHORT, SHORT.plusSeconds(2));
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
    Attempt attempt = ask(server, SHORT);
    assertUnavailable(attempt, ErrorKind.TIMEOUT, false, 200);
    assertThat(attempt.took()).isLessThan(SHORT.plusSeconds(2));
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

  private static void trickle(OutputStream out) throws java.io.IOException, InterruptedException {
    while (true) {
      out.write(' ');
      out.flush();
      SystemTime.sleeper().sleep(Duration.ofMillis(20));
    }
  }

  @Test
  void aServerThatAcceptsNobodyIsCutAtTheDeadline() throws Exception {
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      for (int i = 0; i < 4; i++) {
        Socket waiting = opened(new Socket());
        try {
          waiting.connect(full.getLocalSocketAddress(), 50);
        } catch (java.net.SocketTimeoutException e) {
          break;
        }
      }
      Attempt attempt =
          api(URI.create("http://127.0.0.1:" + full.getLocalPort()), SHORT)
              .ask(HORSE, Endpoint.PRO);
      assertUnavailable(attempt, ErrorKind.TIMEOUT, false, 0);
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
      Attempt attempt = api.ask(HORSE, Endpoint.PRO);
      if (attempt.answer() instanceof Answer.Found) {
        answered++;
      } else {
        assertUnavailable(attempt, ErrorKind.CONNECTION, true, 0);
      }
      assertThat(server.heads()).as("after request %d", i).hasSizeLessThanOrEqualTo(i);
    }
    assertThat(answered).isPositive();
  }

  @Test
  void anAnswerThatIsCutInItsHeadOrIsNoHttpIsNotStale() throws Exception {
    assertThat(ask("HTTP/1.1 200 OK\r\nContent-Ty").answer())
        .isInstanceOf(Answer.Unavailable.class);
    assertUnavailable(ask("SSH-2.0-OpenSSH_9.9\r\n\r\n"), ErrorKind.CONNECTION, false, 0);
  }

  @Test
  void nobodyListening() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Attempt attempt = api(URI.create("http://127.0.0.1:" + port), TIMEOUT).ask(HORSE, Endpoint.PRO);
    assertUnavailable(attempt, ErrorKind.CONNECTION, false, 0);
    assertThat(message(attempt)).startsWith("cannot connect");
  }

  @Test
  void aHostThatNobodyKnows() throws Exception {
    Attempt attempt =
        api(URI.create("http://no-such-host.invalid"), TIMEOUT).ask(HORSE, Endpoint.PRO);
    assertUnavailable(attempt, ErrorKind.CONNECTION, false, 0);
    assertThat(message(attempt)).isEqualTo("the host's name is unknown");
  }

  @Test
  void aCertificateThatNobodySignedIsNotTrustedAndSeesNoCredentials() throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream file = RacingApiTest.class.getResourceAsStream("self-signed.p12")) {
      keys.load(file, "changeit".toCharArray());
    }
    KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
    managers.init(keys, "changeit".toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    ServerSocket listening =
        opened(
            context
                .getServerSocketFactory()
                .createServerSocket(0, 5, InetAddress.getLoopbackAddress()));
    RawServer server =
        opened(
            new RawServer(
                listening,
                (socket, out) -> out.write(ok(PROFILE).getBytes(StandardCharsets.UTF_8))));
    URI secure = URI.create(server.base().toString().replace("http:", "https:"));
    Attempt attempt = api(secure, TIMEOUT).ask(HORSE, Endpoint.PRO);
    assertHarmless(attempt);
    assertUnavailable(attempt, ErrorKind.CONNECTION, false, 0);
    assertThat(message(attempt)).startsWith("no trusted TLS connection");
    assertThat(server.heads()).isEmpty();
  }

  @Test
  void bodiesThatAreNoProfile() throws Exception {
    assertMalformed(ask(ok("")), ErrorKind.MALFORMED, "empty");
    assertMalformed(ask(ok("   \n ")), ErrorKind.MALFORMED, "empty");
    assertMalformed(ask(ok("null")), ErrorKind.MALFORMED, "no JSON object: null");
    assertMalformed(ask(ok("[]")), ErrorKind.MALFORMED, "no JSON object: []");
    assertMalformed(ask(ok("{}")), ErrorKind.MALFORMED, "no id");
    assertMalformed(
        ask(ok("<!DOCTYPE html><html>\u001b[31mDown\u009b31m\u202e")),
        ErrorKind.MALFORMED,
        "no JSON object: <!DOCTYPE html>");
    assertMalformed(ask(ok(PROFILE + PROFILE)), ErrorKind.MALFORMED, "");
    assertMalformed(ask(ok(PROFILE.substring(0, 30))), ErrorKind.MALFORMED, "");
    assertMalformed(
        ask(ok("{\"id\":\"hrs_4711\",\"dob\":\"2017-04-02\",\"dob\":\"2018-04-02\"}")),
        ErrorKind.MALFORMED,
        "uplicate");
    assertMalformed(
        ask(ok("{\"id\":\"hrs_4711\",\"more\":{\"a\":1,\"a\":2}}")),
        ErrorKind.MALFORMED,
        "uplicate");
    assertMalformed(
        ask(ok("{\"id\":\"hrs_4711\",\"more\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}")),
        ErrorKind.MALFORMED,
        "depth");
    assertMalformed(
        ask(ok("{\"id\":\"hrs_4711\",\"name\":\"raw \0 zero\"}")), ErrorKind.MALFORMED, "");
    assertMalformed(ask(ok("{\"id\":\"hrs_4711\",\"name\":[\"list\"]}")), ErrorKind.MALFORMED, "");
    assertMalformed(
        ask(ok(PROFILE.replace("4711", "4712"))),
        ErrorKind.WRONG_ID,
        "asked for hrs_4711, answered with hrs_4712");
    assertMalformed(
        ask(ok(PROFILE.replace("hrs_4711", "\\u001b[2Jhrs_1"))), ErrorKind.WRONG_ID, "[2Jhrs_1");
  }

  @Test
  void anEscapedZeroIsForTheInspectionToLeaveOut() throws Exception {
    RawServer server =
        opened(RawServer.answering(ok("{\"id\":\"hrs_4711\",\"breeder\":\"a\\u0000b\"}")));
    assertThat(api(server.base(), TIMEOUT).ask(HORSE, Endpoint.PRO).answer())
        .isInstanceOfSatisfying(
            Answer.Found.class, found -> assertThat(found.profile().breeder()).isEqualTo("a\0b"));
  }

  @Test
  void theFieldsOfAnAnswerAreCountedAndUnknownOnesNamed() throws Exception {
    String body =
        "{\"id\":\"%s\",\"trainer\":{\"name\":[1]},\"dob\":\"2020-02-02\",\"sire\":\"\"}"
            .formatted(HORSE.text());
    RacingApi api = api(opened(RawServer.answering(ok(body))).base(), TIMEOUT);
    assertThat(api.ask(HORSE, Endpoint.PRO).answer()).isInstanceOf(Answer.Found.class);
    assertThat(api.fields().counts())
        .contains(
            new FieldCensus.Count(Endpoint.PRO, "dob", true, 1, 1),
            new FieldCensus.Count(Endpoint.PRO, "sire", true, 1, 0),
            new FieldCensus.Count(Endpoint.PRO, "trainer", false, 1, 1));
    assertThat(api.traffic().count()).isEqualTo(new Traffic.Count(1, 0, 1));
  }

  @Test
  void bytesThatAreNoUtf8() throws Exception {
    RawServer latin =
        opened(
            new RawServer((socket, out) -> {
              byte[] body =
                  PROFILE.replace("Harbour", "H\u00e5rbour").getBytes(StandardCharsets.ISO_8859_1);
              out.write(head("200 OK", body.length).getBytes(StandardCharsets.UTF_8));
              out.write(body);
            }));
    assertMalformed(ask(latin, TIMEOUT), ErrorKind.MALFORMED, "not UTF-8");
    RawServer packed =
        opened(
            new RawServer((socket, out) -> {
              var bytes = new java.io.ByteArrayOutputStream();
              try (var gzip = new java.util.zip.GZIPOutputStream(bytes)) {
                gzip.write(PROFILE.getBytes(StandardCharsets.UTF_8));
              }
              out.write(
                  ("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: "
                          + bytes.size()
                          + "\r\n\r\n")
                      .getBytes(StandardCharsets.UTF_8));
              out.write(bytes.toByteArray());
            }));
    assertMalformed(ask(packed, TIMEOUT), ErrorKind.MALFORMED, "not UTF-8");
  }

  @Test
  void aBodyShorterThanItsLengthIsCutOff() throws Exception {
    assertMalformed(ask(head("200 OK", 1_000) + PROFILE), ErrorKind.MALFORMED, "cut off");
    assertMalformed(
        ask("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10\r\n{\"id\":\"hrs"),
        ErrorKind.MALFORMED,
        "cut off");
  }

  @Test
  void aBodyTooLargeIsGivenUpWhenItIs() throws Exception {
    AtomicLong sent = new AtomicLong();
    for (String headText :
        List.of(head("200 OK", 2_000_000_000L), "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")) {
      sent.set(0);
      RawServer server =
          opened(
              new RawServer((socket, out) -> {
                out.write(headText.getBytes(StandardCharsets.UTF_8));
                byte[] chunk = new byte[100_000];
                java.util.Arrays.fill(chunk, (byte) '[');
                while (sent.addAndGet(chunk.length) < 2_000_000_000L) {
                  out.write(chunk);
                }
              }));
      assertMalformed(ask(server, TIMEOUT), ErrorKind.TOO_LARGE, "larger than 5000000 bytes");
      assertThat(sent.get())
          .as("read no further than what lies in the sockets' buffers")
          .isLessThan(30_000_000);
    }
  }

  @Test
  void aStatusCountsWhateverBecomesOfItsBody() throws Exception {
    assertThat(ask(head("404 Not Found", 5_000) + "{").answer()).isEqualTo(new Answer.NotFound());
    assertThat(ask(head("401 Unauthorized", 5_000) + "{").answer())
        .isEqualTo(new Answer.Unauthorised(401));
    assertThat(
            ask("HTTP/1.1 429 Too Many\r\nRetry-After: 7\r\nContent-Length: 99\r\n\r\n").answer())
        .isEqualTo(new Answer.Throttled(Optional.of(Duration.ofSeconds(7))));
    String large = "x".repeat(300_000);
    assertThat(ask(head("403 Forbidden", 300_000) + large).answer())
        .isEqualTo(new Answer.Unauthorised(403));
    RawServer slow =
        opened(
            new RawServer((socket, out) -> {
              out.write(head("429 Too Many Requests", 10_000).getBytes(StandardCharsets.UTF_8));
              trickle(out);
            }));
    Attempt throttled = ask(slow, SHORT);
    assertThat(throttled.answer()).isEqualTo(new Answer.Throttled(Optional.empty()));
    assertThat(throttled.status()).isEqualTo(429);
  }

  @Test
  void everyOtherStatusIsUnavailable() throws Exception {
    for (int status : new int[] {201, 204, 206, 304, 400, 410, 422, 500, 501, 502, 503, 504, 599}) {
      String text =
          status == 204 || status == 304
              ? "HTTP/1.1 " + status + " X\r\n\r\n"
              : head(status + " X", 2) + "{}";
      Attempt attempt = ask(text);
      assertUnavailable(attempt, ErrorKind.SERVER_ERROR, false, status);
      assertThat(message(attempt)).startsWith("answered " + status);
    }
  }

  @Test
  void noRedirectIsFollowedAndNoOtherHostSeesTheCredentials() throws Exception {
    RawServer elsewhere = opened(RawServer.answering(ok(PROFILE)));
    for (int status : new int[] {301, 302, 303, 307, 308}) {
      Attempt attempt =
          ask(
              "HTTP/1.1 "
                  + status
                  + " Moved\r\nLocation: "
                  + elsewhere.base()
                  + "/horses/hrs_4711/pro\r\nContent-Length: 0\r\n\r\n");
      assertUnavailable(attempt, ErrorKind.SERVER_ERROR, false, status);
      assertThat(message(attempt)).contains("redirect");
    }
    assertThat(elsewhere.heads()).isEmpty();
  }

  @Test
  void whatA429AsksFor() throws Exception {
    assertThat(retryAfter("")).isEmpty();
    assertThat(retryAfter("Retry-After: 0\r\n")).isEmpty();
    assertThat(retryAfter("Retry-After: 2\r\n")).contains(Duration.ofSeconds(2));
    assertThat(retryAfter("Retry-After: 3600\r\n")).contains(Duration.ofHours(1));
    assertThat(retryAfter("Retry-After: -5\r\n")).isEmpty();
    assertThat(retryAfter("Retry-After: abc\r\n")).isEmpty();
    assertThat(retryAfter("Retry-After: 2.5\r\n")).isEmpty();
    assertThat(retryAfter("Retry-After: Wed, 21 Oct 2015 07:28:00 GMT\r\n")).isEmpty();
    assertThat(retryAfter("Retry-After: 2\r\nRetry-After: 9\r\n")).contains(Duration.ofSeconds(9));
    assertThat(retryAfter("Retry-After: abc\r\nRetry-After: 3\r\n"))
        .contains(Duration.ofSeconds(3));
    String soon =
        java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME.format(
            Instant.now(SystemTime.clock()).plusSeconds(100).atZone(java.time.ZoneOffset.UTC));
    assertThat(retryAfter("Retry-After: " + soon + "\r\n").orElseThrow())
        .isBetween(Duration.ofSeconds(80), Duration.ofSeconds(100));
    assertThat(
            retryAfter(
                """
                Date: Wed, 21 Oct 2015 07:28:00 GMT\r
                Retry-After: Wed, 21 Oct 2015 07:28:30 GMT\r
                """))
        .as("by the server's own clock")
        .contains(Duration.ofSeconds(30));
  }

  private Optional<Duration> retryAfter(String headers) throws InterruptedException {
    Attempt attempt =
        ask("HTTP/1.1 429 Too Many Requests\r\n" + headers + "Content-Length: 0\r\n\r\n");
    return ((Answer.Throttled) attempt.answer()).retryAfter();
  }

  @Test
  void anInterruptedAskIsGivenUp() throws Exception {
    AtomicReference<RawServer> self = new AtomicReference<>();
    RawServer server = opened(new RawServer((socket, out) -> self.get().untilClosed()));
    self.set(server);
    RacingApi api = api(server.base(), TIMEOUT);
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread asking =
        Thread.ofVirtual()
            .start(() -> {
              try {
                api.ask(HORSE, Endpoint.PRO);
              } catch (InterruptedException e) {
                thrown.set(e);
              }
            });
    asking.interrupt();
    assertThat(asking.join(Duration.ofSeconds(5))).isTrue();
    assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
  }
}
