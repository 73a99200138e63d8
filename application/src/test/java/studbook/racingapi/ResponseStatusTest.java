package studbook.racingapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import studbook.model.ErrorKind;
import studbook.security.Secret;
import studbook.time.SystemTime;

/** What the status of an answer means, and what a 429 asks for. */
class ResponseStatusTest extends ApiClientTestBase {

  @Test
  void aStatusCountsWithAnyBody() throws Exception {
    assertThat(ask(head("404 Not Found", 5_000) + "{").response())
        .isEqualTo(new ProfileResponse.NotFound());
    assertThat(ask(head("410 Gone", 5_000) + "{").response())
        .isEqualTo(new ProfileResponse.NotFound());
    assertThat(ask(head("401 Unauthorized", 5_000) + "{").response())
        .isEqualTo(new ProfileResponse.Unauthorised(401));
    assertThat(
            ask("HTTP/1.1 429 Too Many\r\nRetry-After: 7\r\nContent-Length: 99\r\n\r\n").response())
        .isEqualTo(new ProfileResponse.Throttled(Optional.of(Duration.ofSeconds(7))));
    String large = "x".repeat(300_000);
    assertThat(ask(head("403 Forbidden", 300_000) + large).response())
        .isEqualTo(new ProfileResponse.Unauthorised(403));
    RawServer slow =
        opened(
            new RawServer((socket, out) -> {
              out.write(head("429 Too Many Requests", 10_000).getBytes(StandardCharsets.UTF_8));
              trickle(out);
            }));
    ProfileCall throttled = ask(slow, SHORT);
    assertThat(throttled.response()).isEqualTo(new ProfileResponse.Throttled(Optional.empty()));
    assertThat(throttled.status()).isEqualTo(429);
  }

  @Test
  void eachRequestIsObservedWithItsStatus() throws Exception {
    List<String> observed = new CopyOnWriteArrayList<>();
    RawServer server = opened(RawServer.answering(head("503 Busy", 0)));
    Secret secret = Secret.of(USERNAME);
    RacingApi api =
        opened(
            new RacingApi(
                new ApiAccount(server.base(), secret, secret, TIMEOUT),
                "test",
                SystemTime.clock(),
                SystemTime.ticker(),
                (endpoint, status, duration) ->
                    observed.add(endpoint + " " + status + " " + duration.isPositive())));
    api.fetchProfile(HORSE, Endpoint.PRO);
    api.fetchRacecards(LocalDate.of(2026, 3, 1), 0);
    server.close();
    api.fetchProfile(HORSE, Endpoint.STANDARD);
    assertThat(observed).containsExactly("pro 503 true", "racecards 503 true", "standard 0 true");
  }

  @Test
  void everyOtherStatusIsUnavailable() throws Exception {
    for (int status : new int[] {201, 204, 206, 304, 400, 422, 500, 501, 502, 503, 504, 599}) {
      String text =
          status == 204 || status == 304
              ? "HTTP/1.1 " + status + " X\r\n\r\n"
              : head(status + " X", 2) + "{}";
      ProfileCall call = ask(text);
      assertUnavailable(call, ErrorKind.SERVER_ERROR, false, status);
      assertThat(message(call)).startsWith("answered " + status);
    }
  }

  @Test
  void theRetryAfterOfA429() throws Exception {
    assertThat(retryAfter("")).isEmpty();
    assertThat(retryAfter("Retry-After: 0\r\n")).isEmpty();
    assertThat(retryAfter("Retry-After: 2\r\n")).contains(Duration.ofSeconds(2));
    assertThat(retryAfter("Retry-After: 3600\r\n")).contains(Duration.ofHours(1));
    assertThat(retryAfter("Retry-After: -5\r\n")).isEmpty();
    assertThat(retryAfter("Retry-After: abc\r\n")).isEmpty();
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

  @Test
  void aRetryAfterIsReadInAnyForm() throws Exception {
    assertThat(retryAfter("Retry-After: 8.4\r\n")).contains(Duration.ofMillis(8_400));
    assertThat(retryAfter("Retry-After: 0.25\r\n")).contains(Duration.ofMillis(250));
    assertThat(retryAfter("Retry-After: 8, 8\r\n")).contains(Duration.ofSeconds(8));
    assertThat(retryAfter("Retry-After: 2,9.5 , 3\r\n")).contains(Duration.ofMillis(9_500));
    String now = "Date: Sun, 06 Nov 2044 08:49:00 GMT\r\n";
    for (String date :
        List.of(
            "Sun, 06 Nov 2044 08:49:37 GMT",
            "Sunday, 06-Nov-44 08:49:37 GMT",
            "Sun Nov  6 08:49:37 2044",
            "2362034977",
            "Sun, 06 Nov 2044 08:49:12 GMT, Sun, 06 Nov 2044 08:49:37 GMT",
            "Sunday, 06-Nov-44 08:49:37 GMT, 12",
            "12, 2362034977.0")) {
      assertThat(retryAfter(now + "Retry-After: " + date + "\r\n"))
          .as(date)
          .contains(Duration.ofSeconds(37));
    }
    assertThat(retryAfter("Retry-After: 9999999999\r\n").orElseThrow()).isPositive();
    for (String nonsense :
        List.of("8.", ".5", "1e3", "\u0668", "-8.4", "1451606400", "8 s", "+8", "")) {
      assertThat(retryAfter("Retry-After: " + nonsense + "\r\n")).as(nonsense).isEmpty();
    }
  }

  @Test
  void aRetryAfterCountsWithEachStatusThatSaysNothingOfTheHorse() throws Exception {
    for (String status : List.of("503 X", "502 X", "500 X", "302 Found", "307 X", "408 X")) {
      ProfileCall call =
          ask("HTTP/1.1 " + status + "\r\nRetry-After: 8\r\nContent-Length: 0\r\n\r\n");
      assertThat(((ProfileResponse.Unavailable) call.response()).retryAfter())
          .as(status)
          .contains(Duration.ofSeconds(8));
    }
  }

  private Optional<Duration> retryAfter(String headers) throws InterruptedException {
    ProfileCall call =
        ask("HTTP/1.1 429 Too Many Requests\r\n" + headers + "Content-Length: 0\r\n\r\n");
    return ((ProfileResponse.Throttled) call.response()).retryAfter();
  }
}
