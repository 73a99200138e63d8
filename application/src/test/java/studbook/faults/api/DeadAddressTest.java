package studbook.faults.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import studbook.faults.environment.FaultTestEnvironment;
import studbook.faults.environment.WorkerProcess;
import studbook.faults.invariant.AllowedDeviations;
import studbook.racingapi.network.ListedHostProvider;

/** The API's host has several addresses, and nothing listens at the first. */
class DeadAddressTest {

  private static final int HORSES = 60;

  @TempDir Path folder;

  /** Starts a command that resolves {@code localhost} to these addresses. */
  private static WorkerProcess start(
      FaultTestEnvironment environment, int port, List<String> addresses, String... arguments)
      throws IOException {
    environment.cli.with("RACING_API_BASE_URL", "http://localhost:" + port + "/v1");
    String option = ListedHostProvider.option(addresses.toArray(String[]::new));
    return environment.start(List.of(option), arguments);
  }

  @Test
  void everyHorseIsCompletedThroughTheNextAddress() throws Exception {
    try (FaultTestEnvironment environment = FaultTestEnvironment.open(HORSES, folder)) {
      int port = environment.simulator.baseUri().getPort();
      WorkerProcess process =
          start(
              environment,
              port,
              List.of("127.0.0.2", "127.0.0.1"),
              "backfill",
              "--rate",
              "50",
              "--non-interactive");
      assertThat(process.exitCode(Duration.ofSeconds(60)))
          .as(process.out() + process.err())
          .isZero();
      assertThat(environment.completed()).isEqualTo(HORSES);
      environment.cli.asking(environment.simulator);
      environment.assertThatInvariantsHold(AllowedDeviations.STRICT);
    }
  }

  @Test
  void theErrorNamesTheHostAndItsAddresses() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    try (FaultTestEnvironment environment = FaultTestEnvironment.open(HORSES, folder)) {
      WorkerProcess process = start(environment, port, List.of("127.0.0.2", "127.0.0.3"), "check");
      assertThat(process.exitCode(Duration.ofSeconds(60))).isNotZero();
      assertThat(process.out() + process.err())
          .contains(
              "localhost port "
                  + port
                  + ": 127.0.0.2 refuses connections, 127.0.0.3 refuses connections")
          .doesNotContain("null");
    }
  }
}
