package studbook.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import studbook.simulator.population.SyntheticPopulation;

class LatencyTest {

  private static final Latency EXPECTED =
      new Latency(Duration.ofMillis(300), Duration.ofMillis(100));

  @ParameterizedTest
  @ValueSource(strings = {"300±100", "300±100ms", "300 +- 100 ms", " 300 ± 100ms "})
  void isReadInMilliseconds(String text) {
    assertThat(Latency.parse(text)).isEqualTo(EXPECTED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "fast", "-1", "100±300", "1s"})
  void isNothingElse(String text) {
    assertThatThrownBy(() -> Latency.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("not a latency");
  }

  @Test
  void isWaitedByEveryAnswerAndSpreadEvenly() throws Exception {
    List<Duration> waited = new CopyOnWriteArrayList<>();
    try (Simulator simulator =
            Simulator.start(
                SimulatorClient.options().withLatency(EXPECTED),
                new SyntheticPopulation(1, 50),
                () -> 0,
                waited::add,
                Clock.systemUTC());
        SimulatorClient client = new SimulatorClient(simulator)) {
      for (int i = 0; i < 200; i++) {
        client.get("/horses/hrs_" + i + "/pro");
      }
    }
    double mean = waited.stream().mapToLong(Duration::toMillis).average().orElseThrow();
    assertThat(mean).isBetween(280.0, 320.0);
    assertThat(waited)
        .hasSize(200)
        .allMatch(wait -> wait.toMillis() >= 200 && wait.toMillis() <= 400)
        .anyMatch(wait -> wait.toMillis() < 220)
        .anyMatch(wait -> wait.toMillis() > 380);
  }
}
