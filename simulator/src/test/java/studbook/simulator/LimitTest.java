package studbook.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import studbook.simulator.fault.FaultProfile;
import studbook.simulator.http.RateLimitGroup;
import studbook.simulator.http.SlidingWindow;
import studbook.simulator.population.Population;
import studbook.simulator.population.SyntheticPopulation;

class LimitTest {

  private static final long MILLI = 1_000_000;

  private final Population population = new SyntheticPopulation(1, 50);
  private final AtomicLong now = new AtomicLong();

  @Test
  void aSlidingSecondNeverExceedsTheLimit() {
    SlidingWindow window = new SlidingWindow(2);

    assertThat(window.tryAcquire(0)).isTrue();
    assertThat(window.tryAcquire(900 * MILLI)).isTrue();
    assertThat(window.tryAcquire(999 * MILLI)).isFalse();
    // The refused arrival counts: the second before this one holds those of 900 and 999 ms.
    assertThat(window.tryAcquire(1_500 * MILLI)).isFalse();
    assertThat(window.tryAcquire(2_000 * MILLI)).isTrue();
  }

  @Test
  void anArrivalExactlyASecondLaterIsWithinTheLimit() {
    SlidingWindow window = new SlidingWindow(1);

    assertThat(window.tryAcquire(0)).isTrue();
    assertThat(window.tryAcquire(1_000 * MILLI)).isTrue();
    assertThat(window.tryAcquire(2_000 * MILLI - 1)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 2.5, 5, 7.3})
  void aRateWithDecimalsHasAWindowOfItsOwn(double rate) {
    long nanos = Math.round(Math.ceil(rate) / rate * 1e9);
    for (int seed = 0; seed < 50; seed++) {
      SlidingWindow window = new SlidingWindow(rate);
      Random random = new Random(seed);
      List<Long> arrivals = new ArrayList<>();
      long time = 0;
      for (int i = 0; i < 500; i++) {
        time += random.nextLong((long) (2e9 / rate));
        arrivals.add(time);
        long at = time;
        long within = arrivals.stream().filter(other -> at - other < nanos).count();
        assertThat(window.tryAcquire(time))
            .as("seed %s, arrival %s", seed, i)
            .isEqualTo(within <= Math.ceil(rate));
      }
    }
  }

  @Test
  void whatIsTooMuchGets429AndIsCounted() throws Exception {
    SimulatorOptions options =
        SimulatorClient.options().withRate(2).withFaults(FaultProfile.parse("retry-after:3"));
    try (Simulator simulator = start(options);
        SimulatorClient client = new SimulatorClient(simulator)) {
      assertThat(client.get("/horses/hrs_1/pro").statusCode()).isEqualTo(404);
      assertThat(client.get("/racecards/pro?date=2024-01-01&limit=1").statusCode()).isEqualTo(200);
      var refused = client.get("/horses/hrs_1/pro");
      now.addAndGet(1_000 * MILLI);

      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(refused.headers().firstValue("Retry-After")).contains("3");
      assertThat(client.get("/horses/hrs_1/pro").statusCode()).isEqualTo(404);
      assertThat(simulator.statistics().count(429)).isEqualTo(1);
      assertThat(simulator.statistics().arrivals()).isEqualTo(4);
      assertThat(simulator.statistics().maxRequestsPerSecond()).isEqualTo(3);
    }
  }

  @Test
  void racecardsWithARateOfTheirOwnDoNotCountForHorses() throws Exception {
    SimulatorOptions options = SimulatorClient.options().withRate(1).withRacecardsRate(1);
    try (Simulator simulator = start(options);
        SimulatorClient client = new SimulatorClient(simulator)) {
      assertThat(client.get("/horses/hrs_1/pro").statusCode()).isEqualTo(404);
      assertThat(client.get("/racecards/pro?date=2024-01-01&limit=1").statusCode()).isEqualTo(200);
      assertThat(client.get("/horses/hrs_1/pro").statusCode()).isEqualTo(429);
      assertThat(client.get("/racecards/pro?date=2024-01-01&limit=1").statusCode()).isEqualTo(429);
      assertThat(simulator.statistics().maxRequestsPerSecond(RateLimitGroup.RACECARDS))
          .isEqualTo(2);
      assertThat(simulator.statistics().maxRequestsPerSecond()).isEqualTo(4);
    }
  }

  private Simulator start(SimulatorOptions options) {
    return Simulator.start(options, population, now::get, (Duration _) -> {}, Clock.systemUTC());
  }
}
