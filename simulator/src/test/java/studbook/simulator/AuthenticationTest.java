package studbook.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import studbook.simulator.population.Population;
import studbook.simulator.population.SyntheticPopulation;

class AuthenticationTest {

  private final Population population = new SyntheticPopulation(1, 50);

  @ParameterizedTest
  @ValueSource(strings = {"/horses/hrs_1/pro", "/horses/hrs_1/standard", "/racecards/pro", "/x"})
  void everyEndpointRequiresCredentials(String path) throws Exception {
    try (Simulator simulator = Simulator.start(SimulatorClient.options(), population);
        SimulatorClient client = new SimulatorClient(simulator)) {
      var response = client.getWithoutCredentials(path);

      assertThat(response.statusCode()).isEqualTo(401);
      assertThat(SimulatorClient.text(response)).isEqualTo("{\"detail\":\"Not authenticated\"}");
      assertThat(client.get(path, "tester:wrong").statusCode()).isEqualTo(401);
      assertThat(simulator.statistics().count(401)).isEqualTo(2);
    }
  }

  @Test
  void credentialsBeyondAsciiAreUnderstood() throws Exception {
    try (Simulator simulator = Simulator.start(SimulatorClient.options(), population);
        SimulatorClient client = new SimulatorClient(simulator)) {
      assertThat(client.get("/racecards/pro?date=2024-05-04&limit=1").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void statisticsNeedNoCredentials() throws Exception {
    try (Simulator simulator = Simulator.start(SimulatorClient.options(), population);
        SimulatorClient client = new SimulatorClient(simulator)) {
      assertThat(client.statistics().get("arrivals").asInt()).isZero();
    }
  }

  @Test
  void optionsNeverShowTheirCredentials() {
    assertThat(SimulatorClient.options().toString())
        .doesNotContain(SimulatorClient.PASSWORD)
        .doesNotContain(SimulatorClient.USERNAME);
  }
}
