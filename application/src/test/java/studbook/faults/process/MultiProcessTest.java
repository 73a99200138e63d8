package studbook.faults.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import studbook.cli.fixture.CliRunner.Result;
import studbook.faults.environment.AllowedDeviations;
import studbook.faults.environment.Await;
import studbook.faults.environment.FaultTestEnvironment;
import studbook.faults.environment.LimitedRole;
import studbook.faults.environment.WorkerProcess;
import studbook.simulator.Latency;
import studbook.simulator.fault.FaultProfile;
import studbook.time.SystemTime;

/** Several processes on one run, of which some die, sleep or are paused. */
class MultiProcessTest {

  private static final String RATE = "30";

  /** Threads of several processes wake late when two cores run all of this; the soak is exact. */
  private static final int SLACK = 4;

  private static final int LIMIT = 30 + SLACK;

  /** Requests in flight at this rate, with unwritten and unconfirmed results. */
  private static final int IN_FLIGHT = 40;

  @TempDir Path folder;

  private static WorkerProcess backfill(FaultTestEnvironment yard) throws Exception {
    WorkerProcess hand = yard.start("backfill", "--rate", RATE);
    yard.awaitArrivals(1);
    return hand;
  }

  private static WorkerProcess worker(FaultTestEnvironment yard) throws Exception {
    int before = yard.workers().size();
    WorkerProcess hand = yard.start("worker", "--once", "--rate", RATE);
    Await.until("a worker", () -> yard.workers().size() > before);
    return hand;
  }

  /** Takes as long as a lease, fifteen seconds. */
  @Test
  void othersTakeAFrozenWorkersChunksAndItsLateResultsAreDiscarded() throws Exception {
    Latency far = new Latency(Duration.ofMillis(400), Duration.ofMillis(50));
    try (FaultTestEnvironment yard =
        FaultTestEnvironment.open(800, folder, FaultTestEnvironment.options().withLatency(far))) {
      WorkerProcess owner = yard.start("backfill", "--rate", RATE);
      yard.awaitArrivals(1);
      WorkerProcess sleeper = yard.start("worker", "--once", "--rate", RATE);
      Await.until("its requests", () -> requests(yard, sleeper) >= 10);
      sleeper.signal("STOP");
      // Its lease ends after fifteen seconds; then the owner takes it when it runs low itself.
      Await.until(
          "its piece in other hands", Duration.ofSeconds(60), () -> holds(yard, sleeper) == 0);
      sleeper.signal("CONT");
      Await.until(
          "late results, counted and not written",
          () -> yard.count("SELECT COALESCE(sum(discarded_outcomes), 0) FROM studbook.worker") > 0);
      assertThat(owner.exitCode(Duration.ofSeconds(60))).as(owner.err()).isZero();
      assertThat(sleeper.exitCode(Duration.ofSeconds(20))).as(sleeper.err()).isZero();
      yard.assertThatAllLawsHold(AllowedDeviations.STRICT.limit(LIMIT).askedAgain(IN_FLIGHT));
    }
  }

  private static long holds(FaultTestEnvironment yard, WorkerProcess hand) {
    return yard.count(
        """
        SELECT count(*) FROM studbook.chunk c JOIN studbook.worker w ON w.worker_id = c.owner_worker_id
        WHERE c.open AND w.pid = %d
        """
            .formatted(hand.pid()));
  }

  private static long requests(FaultTestEnvironment yard, WorkerProcess hand) {
    return yard.workers().stream()
        .filter(worker -> worker.get("pid").asLong() == hand.pid())
        .mapToLong(worker -> worker.get("requests").asLong())
        .sum();
  }

  @Test
  void othersFinishAKilledOwnersWorkWithinHalfAMinute() throws Exception {
    try (FaultTestEnvironment yard = FaultTestEnvironment.open(600, folder)) {
      WorkerProcess owner = backfill(yard);
      WorkerProcess one = worker(yard);
      WorkerProcess two = worker(yard);
      yard.awaitArrivals(120);
      owner.kill();
      long killed = SystemTime.ticker().nanos();
      assertThat(one.exitCode(Duration.ofSeconds(40))).as(one.err()).isZero();
      assertThat(two.exitCode(Duration.ofSeconds(10))).as(two.err()).isZero();

      assertThat(Duration.ofNanos(SystemTime.ticker().nanos() - killed))
          .isLessThan(Duration.ofSeconds(30));
      assertThat(yard.runState()).isEqualTo("finished");
      yard.assertThatAllLawsHold(AllowedDeviations.STRICT.limit(LIMIT).askedAgain(IN_FLIGHT));
    }
  }

  /** Each process counts its own responses: three refusals in a row, while both send steadily. */
  @Test
  void refusedCredentialsStopAllProcessesWithinASecond() throws Exception {
    try (FaultTestEnvironment yard = FaultTestEnvironment.open(800, folder)) {
      WorkerProcess owner = backfill(yard);
      WorkerProcess helper = worker(yard);
      Await.until("its requests", () -> requests(yard, helper) >= 10);
      yard.simulator.setFaults(FaultProfile.always(401));
      Await.until("a 401", () -> yard.simulator.statistics().faultCount("401") > 0);
      SystemTime.sleeper().sleep(Duration.ofSeconds(1));
      long asked = yard.arrivals();
      SystemTime.sleeper().sleep(Duration.ofSeconds(3));
      assertThat(yard.arrivals() - asked).as("probes").isLessThanOrEqualTo(1);
      long fired = yard.simulator.statistics().faultCount("401");
      yard.simulator.setFaults(FaultProfile.NONE);
      assertThat(owner.exitCode(Duration.ofSeconds(60))).as(owner.err()).isZero();
      assertThat(helper.exitCode(Duration.ofSeconds(20))).as(helper.err()).isZero();
      yard.assertThatAllLawsHold(AllowedDeviations.STRICT.limit(LIMIT).askedAgain(fired + 5));
    }
  }

  @Test
  void pauseResumeAndCancelApplyToEveryProcess() throws Exception {
    try (FaultTestEnvironment yard = FaultTestEnvironment.open(900, folder)) {
      WorkerProcess owner = backfill(yard);
      WorkerProcess helper = worker(yard);
      told(yard, "pause");
      SystemTime.sleeper().sleep(Duration.ofMillis(1_500));
      long asked = yard.arrivals();
      SystemTime.sleeper().sleep(Duration.ofSeconds(1));
      assertThat(yard.arrivals()).isEqualTo(asked);
      assertThat(yard.pauses()).containsExactly("manual");
      told(yard, "resume");
      yard.awaitArrivals(asked + 50);
      told(yard, "cancel", "--non-interactive");
      assertThat(owner.exitCode(Duration.ofSeconds(10))).isEqualTo(1);
      assertThat(helper.exitCode(Duration.ofSeconds(10))).isEqualTo(1);
      assertThat(yard.runState()).isEqualTo("cancelled");
      yard.assertThatAllLawsHold(AllowedDeviations.STRICT.limit(LIMIT).askedAgain(3));
    }
  }

  private static void told(FaultTestEnvironment yard, String... command) {
    Result result = yard.cli.run(command);
    assertThat(result.code()).as(result.err()).isZero();
  }

  @Test
  void manyRejectedRowsPauseTheRunUntilResumed() throws Exception {
    try (FaultTestEnvironment yard = FaultTestEnvironment.open(300, folder)) {
      yard.sql("ALTER TABLE ra_horses ADD CONSTRAINT no_bays CHECK (colour_code <> 'B')");
      WorkerProcess owner = backfill(yard);
      Await.until("a pause", yard::isPaused);
      assertThat(yard.pauses()).containsExactly("rejections");
      assertThat(yard.cli.run("status").out()).contains("no_bays");
      SystemTime.sleeper().sleep(Duration.ofMillis(300));
      long asked = yard.arrivals();
      SystemTime.sleeper().sleep(Duration.ofSeconds(2));
      assertThat(yard.arrivals()).isEqualTo(asked);
      yard.sql("ALTER TABLE ra_horses DROP CONSTRAINT no_bays");
      told(yard, "resume");
      assertThat(owner.exitCode(Duration.ofSeconds(40))).isEqualTo(1);
      long refused =
          yard.count(
              "SELECT count(*) FROM studbook.work_item WHERE error_kind = 'database_rejected' AND error_message LIKE '%no_bays%'");
      assertThat(refused).as("fired").isBetween(20L, 80L);
      yard.assertThatAllLawsHold(
          AllowedDeviations.STRICT.limit(LIMIT).askedAgain(3).failures(Math.toIntExact(refused)));
    }
  }

  @Test
  void aRevokedPermissionPausesTheRunAndChargesNoHorse() throws Exception {
    try (FaultTestEnvironment yard = FaultTestEnvironment.open(250, folder);
        LimitedRole role = LimitedRole.in(yard)) {
      yard.reach(role.place());
      WorkerProcess owner = backfill(yard);
      yard.awaitArrivals(80);
      yard.sql("REVOKE UPDATE ON ra_horses FROM " + role.name());
      Await.until("a pause", yard::isPaused);
      SystemTime.sleeper().sleep(Duration.ofMillis(500));
      long asked = yard.arrivals();
      SystemTime.sleeper().sleep(Duration.ofSeconds(2));
      assertThat(yard.arrivals()).isLessThanOrEqualTo(asked + 1);
      yard.sql("GRANT UPDATE ON ra_horses TO " + role.name());
      assertThat(owner.exitCode(Duration.ofSeconds(60))).as(owner.err()).isZero();
      assertThat(yard.pauses()).contains("database");
      yard.assertThatAllLawsHold(AllowedDeviations.STRICT.limit(LIMIT).askedAgain(1));
    }
  }
}
