package studbook.faults.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import studbook.faults.environment.Await;
import studbook.faults.environment.FaultTestEnvironment;
import studbook.faults.environment.WorkerProcess;
import studbook.faults.invariant.AllowedDeviations;
import studbook.faults.proxy.FaultyTcpProxy;

/** Two processes on one run, of which one cannot reach the API. */
class IsolationTest {

  private static final String RATE = "30";

  /** An API at another address has its own rate limit, so each process has one here. */
  private static final int LIMIT = 2 * (30 + 4);

  private static final String SENTENCE = "Requests of this process fail";

  /** Requests in flight when the connections are cut, repeated by the other process. */
  private static final int ASKED_AGAIN = 60;

  @TempDir Path folder;

  private static void reachTheApi(FaultTestEnvironment environment, int port) {
    environment.cli.with("RACING_API_BASE_URL", "http://127.0.0.1:" + port + "/v1");
  }

  private static void awaitBoth(
      FaultTestEnvironment environment, WorkerProcess one, WorkerProcess other) throws Exception {
    Await.until(
        "requests of both",
        () -> requests(environment, one) > 0 && requests(environment, other) > 0);
  }

  private static long requests(FaultTestEnvironment environment, WorkerProcess process) {
    return environment.count(
        "SELECT COALESCE(max(request_count), 0) FROM studbook.worker WHERE pid = " + process.pid());
  }

  private static long leased(FaultTestEnvironment environment, WorkerProcess process) {
    return environment.count(
        """
        SELECT count(*) FROM studbook.chunk c JOIN studbook.worker w ON w.worker_id = c.owner_worker_id
        WHERE c.open AND c.lease_expires_at > clock_timestamp() AND w.pid = %d
        """
            .formatted(process.pid()));
  }

  @Test
  void aProcessThatAloneCannotReachTheApiGivesItsWorkBackAndTheOtherFinishesTheRun()
      throws Exception {
    try (FaultTestEnvironment environment = FaultTestEnvironment.open(700, folder);
        FaultyTcpProxy relay = FaultyTcpProxy.to(environment.simulator.baseUri().getPort())) {
      WorkerProcess well = environment.startWaitingWorker(RATE);
      reachTheApi(environment, relay.port());
      WorkerProcess sick = environment.start("backfill", "--rate", RATE);
      awaitBoth(environment, well, sick);
      relay.refuse();
      Await.until(
          "its work given back", Duration.ofSeconds(16), () -> leased(environment, sick) == 0);
      assertThat(environment.runState()).isEqualTo("running");

      assertThat(well.exitCode(Duration.ofSeconds(40))).as(well.err()).isZero();
      assertThat(sick.exitCode(Duration.ofSeconds(10))).as(sick.err()).isZero();

      assertThat(environment.runState()).isEqualTo("finished");
      assertThat(
              environment.count("SELECT count(*) FROM studbook.work_item WHERE state = 'failed'"))
          .isZero();
      assertThat(environment.pauses()).isEmpty();
      assertThat(sick.out() + sick.err()).contains(SENTENCE);
      assertThat(well.out() + well.err()).doesNotContain(SENTENCE);
    }
  }

  @Test
  void itTakesWorkAgainWhenItsRequestsSucceed() throws Exception {
    try (FaultTestEnvironment environment = FaultTestEnvironment.open(1_000, folder);
        FaultyTcpProxy relay = FaultyTcpProxy.to(environment.simulator.baseUri().getPort())) {
      reachTheApi(environment, relay.port());
      WorkerProcess sick = environment.startWaitingWorker(RATE);
      reachTheApi(environment, environment.simulator.baseUri().getPort());
      WorkerProcess well = environment.start("backfill", "--rate", RATE);
      awaitBoth(environment, well, sick);
      relay.refuse();
      Await.until(
          "its work given back", Duration.ofSeconds(16), () -> leased(environment, sick) == 0);
      relay.heal();
      Await.until("work in its processes", () -> leased(environment, sick) > 0);

      assertThat(well.exitCode(Duration.ofSeconds(60))).as(well.err()).isZero();
      assertThat(sick.exitCode(Duration.ofSeconds(10))).as(sick.err()).isZero();
      assertThat(environment.pauses()).isEmpty();
      environment.assertThatInvariantsHold(
          AllowedDeviations.STRICT.limit(LIMIT).askedAgain(ASKED_AGAIN));
    }
  }

  /** Requests hang for fifteen seconds before they count as failures. */
  @Test
  void aProcessWhoseRequestsHangGivesTheLastOfTheWorkToAnotherThatWaitsForWork() throws Exception {
    try (FaultTestEnvironment environment = FaultTestEnvironment.open(700, folder);
        FaultyTcpProxy relay = FaultyTcpProxy.to(environment.simulator.baseUri().getPort())) {
      WorkerProcess well = environment.startWaitingWorker(RATE);
      reachTheApi(environment, relay.port());
      WorkerProcess sick = environment.start("backfill", "--rate", RATE);
      awaitBoth(environment, well, sick);
      relay.hold();
      Await.until("its work given back", () -> leased(environment, sick) == 0);

      assertThat(well.exitCode(Duration.ofSeconds(40))).as(well.err()).isZero();
      assertThat(sick.exitCode(Duration.ofSeconds(10))).as(sick.err()).isZero();
      assertThat(environment.pauses()).isEmpty();
      assertThat(sick.out() + sick.err()).contains(SENTENCE);
    }
  }
}
