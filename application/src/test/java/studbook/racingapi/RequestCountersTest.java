package studbook.racingapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is counted of requests and answers. */
class RequestCountersTest {

  private static long millis(long millis) {
    return Duration.ofMillis(millis).toNanos();
  }

  @Test
  void theFullestSecondSlides() {
    RequestCounters requestCounters = new RequestCounters();
    for (long at : new long[] {0, 600, 900, 1_000, 1_599, 2_600}) {
      requestCounters.sent(millis(at));
    }
    requestCounters.throttled();
    assertThat(requestCounters.count()).isEqualTo(new RequestCounters.SecondCount(6, 1, 4));
    requestCounters.sent(millis(5_000));
    assertThat(requestCounters.count()).isEqualTo(new RequestCounters.SecondCount(7, 1, 1));
  }

  @Test
  void aFieldIsCountedByItsEndpoint() {
    FieldCounter census = new FieldCounter();
    census.record(Endpoint.PRO, Map.of("dob", true));
    census.record(Endpoint.PRO, Map.of("dob", false));
    assertThat(census.counts())
        .containsExactly(new FieldCounter.FieldPresence(Endpoint.PRO, "dob", 2, 1));
  }
}
