package studbook.racingapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
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
  void aFieldIsCountedByItsEndpointAndTheUnknownOnesAreBounded() {
    FieldCounter census = new FieldCounter();
    census.record(Endpoint.PRO, Map.of("dob", true), List.of("trainer"));
    census.record(Endpoint.PRO, Map.of("dob", false), List.of("trainer", "\u001B[2Jevil"));
    assertThat(census.counts())
        .containsExactlyInAnyOrder(
            new FieldCounter.FieldPresence(Endpoint.PRO, "dob", true, 2, 1),
            new FieldCounter.FieldPresence(Endpoint.PRO, "trainer", false, 2, 2),
            new FieldCounter.FieldPresence(Endpoint.PRO, "\uFFFD[2Jevil", false, 2, 1));
    census.record(
        Endpoint.PRO, Map.of(), IntStream.range(0, 1_000).mapToObj(i -> "field" + i).toList());
    assertThat(census.counts()).hasSizeLessThan(110);
  }
}
