package studbook.faults.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import studbook.faults.environment.AllowedDeviations;
import studbook.faults.environment.Await;
import studbook.faults.environment.FaultTestEnvironment;
import studbook.faults.environment.WorkerProcess;
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

  private static void reachTheApi(FaultTestEnvironment yard, int port) {
    yard.cli.with("RACING_API_BASE_URL", "http://127.0.0.1:" + port + "/v1");
  }

  /** A process that works as soon as there is a run, before another one has leased all of it. */
  private static WorkerProcess helper(FaultTestEnvironment yard) throws Exception {
    assertThat(yard.cli.run("init").code()).isZero();
    WorkerProcess hand = yard.start("worker", "--once", "--rate", RATE);
    Await.until("a worker without work", () -> hand.out().contains("Waiting for a run."));
    return hand;
  }

  private static void awaitBoth(FaultTestEnvironment yard, WorkerProcess one, WorkerProcess other)
      throws Exception {
    Await.until("requests of both", () -> requests(yard, one) > 0 && requests(yard, other) > 0);
  }

  private static long requests(FaultTestEnvironment yard, WorkerProcess hand) {
    return yard.count(
        "SELECT COALESCE(max(request_count), 0) FROM studbook.worker WHERE pid = " + hand.pid());
  }

  private static long leased(FaultTestEnvironment yard, WorkerProcess hand) {
    return yard.count(
        """
        SELECT count(*) FROM studbook.chunk c JOIN studbook.worker w ON w.worker_id = c.owner_worker_id
        WHERE c.open AND c.lease_expires_at > clock_timestamp() AND w.pid = %d
        """
            .formatted(hand.pid()));
  }

  @Test
  void aProcessThatAloneCannotReachTheApiGivesItsWorkBackAndTheOtherFinishesTheRun()
      throws Exception {
    try (FaultTestEnvironment yard = FaultTestEnvironment.open(700, folder);
        FaultyTcpProxy relay = FaultyTcpProxy.to(yard.simulator.baseUri().getPort())) {
      WorkerProcess well = helper(yard);
      reachTheApi(yard, relay.port());
      WorkerProcess sick = yard.start("backfill", "--rate", RATE);
      awaitBoth(yard, well, sick);
      relay.refuse();
      Await.until("its work given back", Duration.ofSeconds(16), () -> leased(yard, sick) == 0);
      assertThat(yard.runState()).isEqualTo("running");

      assertThat(well.exitCode(Duration.ofSeconds(40))).as(well.err()).isZero();
      assertThat(sick.exitCode(Duration.ofSeconds(10))).as(sick.err()).isZero();

      assertThat(yard.runState()).isEqualTo("finished");
      assertThat(yard.count("SELECT count(*) FROM studbook.work_item WHERE state = 'failed'"))
          .isZero();
      assertThat(yard.pauses()).isEmpty();
      assertThat(sick.out() + sick.err()).contains(SENTENCE);
      assertThat(well.out() + well.err()).doesNotContain(SENTENCE);
    }
  }

  @Test
  void itTakesWorkAgainWhenItsRequestsSucceed() throws Exception {
    try (FaultTestEnvironment yard = FaultTestEnvironment.open(1_000, folder);
        FaultyTcpProxy relay = FaultyTcpProxy.to(yard.simulator.baseUri().getPort())) {
      reachTheApi(yard, relay.port());
      WorkerProcess sick = helper(yard);
      reachTheApi(yard, yard.simulator.baseUri().getPort());
      WorkerProcess well = yard.start("backfill", "--rate", RATE);
      awaitBoth(yard, well, sick);
      relay.refuse();
      Await.until("its work given back", Duration.ofSeconds(16), () -> leased(yard, sick) == 0);
      relay.heal();
      Await.until("work in its hands", () -> leased(yard, sick) > 0);

      assertThat(well.exitCode(Duration.ofSeconds(60))).as(well.err()).isZero();
      assertThat(sick.exitCode(Duration.ofSeconds(10))).as(sick.err()).isZero();
      assertThat(yard.pauses()).isEmpty();
      yard.assertThatAllLawsHold(AllowedDeviations.STRICT.limit(LIMIT).askedAgain(ASKED_AGAIN));
    }
  }

  /** Requests hang for fifteen seconds before they count as failures. */
  @Test
  void aProcessWhoseRequestsHangGivesTheLastOfTheWorkToAnotherThatWaitsForWork() throws Exception {
    try (FaultTestEnvironment yard = FaultTestEnvironment.open(700, folder);
        FaultyTcpProxy relay = FaultyTcpProxy.to(yard.simulator.baseUri().getPort())) {
      WorkerProcess well = helper(yard);
      reachTheApi(yard, relay.port());
      WorkerProcess sick = yard.start("backfill", "--rate", RATE);
      awaitBoth(yard, well, sick);
      relay.hold();
      Await.until("its work given back", () -> leased(yard, sick) == 0);

      assertThat(well.exitCode(Duration.ofSeconds(40))).as(well.err()).isZero();
      assertThat(sick.exitCode(Duration.ofSeconds(10))).as(sick.err()).isZero();
      assertThat(yard.pauses()).isEmpty();
      assertThat(sick.out() + sick.err()).contains(SENTENCE);
    }
  }
}
