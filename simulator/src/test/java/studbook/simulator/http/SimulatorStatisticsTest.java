package studbook.simulator.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import studbook.simulator.Simulator;
import studbook.simulator.SimulatorClient;
import studbook.simulator.population.Population;
import studbook.simulator.population.SyntheticPopulation;
import tools.jackson.databind.JsonNode;

class SimulatorStatisticsTest {

  private static final long MILLI = 1_000_000;

  private final Population population = new SyntheticPopulation(1, 200);
  private final String twice = population.named(30).id();
  private final String once = population.named(31).id();
  private final AtomicLong now = new AtomicLong(-5_000 * MILLI);
  private final Simulator simulator =
      Simulator.start(
          SimulatorClient.options(),
          population,
          now::get,
          (Duration _) -> {},
          Clock.fixed(Instant.parse("2025-03-01T12:00:00Z"), ZoneOffset.UTC));
  private final SimulatorClient client = new SimulatorClient(simulator);

  @AfterEach
  void close() {
    client.close();
    simulator.close();
  }

  @Test
  void countRequestsPerHorse() throws Exception {
    ask();
    SimulatorStatistics statistics = simulator.statistics();

    assertThat(statistics.requestCount(twice)).isEqualTo(2);
    assertThat(statistics.requestCount(once)).isEqualTo(1);
    assertThat(statistics.requestCount(SimulatedEndpoint.STANDARD, once)).isEqualTo(1);
    assertThat(statistics.requestCount(population.named(32).id())).isZero();
    assertThat(statistics.requestCount().get(1)).isEqualTo(1);
    assertThat(statistics.requestCount().get(2)).isEqualTo(1);
    assertThat(statistics.repeatedRequests(10))
        .containsExactly(new SimulatorStatistics.RepeatedCount(twice, 2));
  }

  @Test
  void knowTheFullestSlidingSecond() throws Exception {
    ask();
    SimulatorStatistics statistics = simulator.statistics();

    assertThat(statistics.arrivals()).isEqualTo(5);
    assertThat(statistics.maxRequestsPerSecond()).isEqualTo(3);
    assertThat(statistics.fullest(Duration.ofMillis(401))).isEqualTo(2);
    assertThat(statistics.fullest(Duration.ofMillis(400))).isEqualTo(1);
    assertThat(statistics.arrivalNanos())
        .containsExactly(
            -5_000 * MILLI, -4_600 * MILLI, -4_200 * MILLI, -3_800 * MILLI, -3_400 * MILLI);
    assertThat(statistics.arrivalNanos(RateLimitGroup.RACECARDS)).hasSize(1);
  }

  @Test
  void arePublishedOnAPage() throws Exception {
    ask();
    JsonNode page = client.statistics();

    assertThat(page.get("arrivals").asInt()).isEqualTo(5);
    assertThat(page.get("first_arrival").asString()).isEqualTo("2025-03-01T12:00:00Z");
    assertThat(page.get("last_arrival").asString()).isEqualTo("2025-03-01T12:00:01.600Z");
    assertThat(page.get("fullest_second").toString())
        .isEqualTo("{\"all\":3,\"horses\":3,\"racecards\":1}");
    assertThat(page.get("too_many_requests").asInt()).isZero();
    assertThat(page.get("requests").toString())
        .contains("{\"endpoint\":\"pro\",\"status\":200,\"count\":3}")
        .contains("{\"endpoint\":\"racecards\",\"status\":200,\"count\":1}");
    assertThat(page.get("horses_by_times_asked").toString()).isEqualTo("{\"1\":1,\"2\":1}");
    assertThat(page.get("asked_again").toString()).isEqualTo("{\"" + twice + "\":2}");
  }

  /** Five requests, 400 ms apart. */
  private void ask() throws Exception {
    for (String path :
        new String[] {
          "/horses/" + twice + "/pro",
          "/horses/" + twice + "/pro",
          "/horses/" + once + "/pro",
          "/racecards/pro?date=2024-01-01&limit=1",
          "/horses/" + once + "/standard"
        }) {
      assertThat(client.get(path).statusCode()).isEqualTo(200);
      now.addAndGet(400 * MILLI);
    }
  }
}
