package studbook.faults.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import studbook.cli.fixture.CliRunner.Result;
import studbook.faults.environment.Await;
import studbook.faults.environment.FaultTestEnvironment;
import studbook.faults.environment.LimitedRole;
import studbook.faults.environment.WorkerProcess;
import studbook.faults.invariant.AllowedDeviations;
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

  private static WorkerProcess backfill(FaultTestEnvironment environment) throws Exception {
    WorkerProcess process = environment.start("backfill", "--rate", RATE);
    environment.awaitArrivals(1);
    return process;
  }

  /** Takes as long as a lease, fifteen seconds. */
  @Test
  void othersTakeAFrozenWorkersChunksAndItsLateResultsAreDiscarded() throws Exception {
    Latency far = new Latency(Duration.ofMillis(400), Duration.ofMillis(50));
    try (FaultTestEnvironment environment =
        FaultTestEnvironment.open(800, folder, FaultTestEnvironment.options().withLatency(far))) {
      WorkerProcess sleeper = environment.startWaitingWorker(RATE);
      WorkerProcess owner = backfill(environment);
      Await.until("its requests", () -> requests(environment, sleeper) >= 10);
      sleeper.signal("STOP");
      // Its lease ends after fifteen seconds; then the owner takes it when it runs low itself.
      Await.until(
          "its piece in other processes",
          Duration.ofSeconds(60),
          () -> holds(environment, sleeper) == 0);
      sleeper.signal("CONT");
      Await.until(
          "late results, counted and not written",
          () ->
              environment.count("SELECT COALESCE(sum(discarded_outcomes), 0) FROM studbook.worker")
                  > 0);
      assertThat(owner.exitCode(Duration.ofSeconds(60))).as(owner.err()).isZero();
      assertThat(sleeper.exitCode(Duration.ofSeconds(20))).as(sleeper.err()).isZero();
      environment.assertThatInvariantsHold(
          AllowedDeviations.STRICT.limit(LIMIT).askedAgain(IN_FLIGHT));
    }
  }

  /** The share of one process would be twice as many. */
  @Test
  void theProcessesOfARefreshDivideItsShare() throws Exception {
    int perSecond = 5;
    int seconds = 5;
    try (FaultTestEnvironment environment = FaultTestEnvironment.open(1_000, folder)) {
      environment.sql("UPDATE ra_horses SET dob = '2015-03-04'");
      WorkerProcess helper = environment.startWaitingWorker("10");
      WorkerProcess owner =
          environment.start("refresh", "--older-than", "0d", "--rate", "10", "--share", "50%");
      Await.until("requests of both", () -> requests(environment, helper) >= 1);
      Await.until(
          "the next heartbeat of the owner",
          () ->
              environment.count(
                      """
                      SELECT count(*) FROM studbook.worker owner, studbook.worker helper
                      WHERE owner.pid = %d AND helper.pid = %d AND helper.request_count > 0
                        AND owner.last_heartbeat_at > helper.last_heartbeat_at
                      """
                          .formatted(owner.pid(), helper.pid()))
                  == 1);
      long before = environment.arrivals();
      long began = SystemTime.ticker().nanos();
      Await.until("requests", () -> environment.arrivals() >= before + (long) perSecond * seconds);
      assertThat(Duration.ofNanos(SystemTime.ticker().nanos() - began))
          .isGreaterThan(Duration.ofMillis(850L * seconds));
      owner.signal("TERM");
      helper.signal("TERM");
      assertThat(owner.exitCode(Duration.ofSeconds(20))).as(owner.err()).isEqualTo(3);
      assertThat(helper.exitCode(Duration.ofSeconds(20))).as(helper.err()).isEqualTo(3);
    }
  }

  private static long holds(FaultTestEnvironment environment, WorkerProcess process) {
    return environment.count(
        """
        SELECT count(*) FROM studbook.chunk c JOIN studbook.worker w ON w.worker_id = c.owner_worker_id
        WHERE c.open AND w.pid = %d
        """
            .formatted(process.pid()));
  }

  private static long requests(FaultTestEnvironment environment, WorkerProcess process) {
    return environment.workers().stream()
        .filter(worker -> worker.get("pid").asLong() == process.pid())
        .mapToLong(worker -> worker.get("requests").asLong())
        .sum();
  }

  @Test
  void othersFinishAKilledOwnersWorkWithinHalfAMinute() throws Exception {
    try (FaultTestEnvironment environment = FaultTestEnvironment.open(600, folder)) {
      WorkerProcess one = environment.startWaitingWorker(RATE);
      WorkerProcess two = environment.startWaitingWorker(RATE);
      WorkerProcess owner = backfill(environment);
      environment.awaitArrivals(120);
      owner.kill();
      long killed = SystemTime.ticker().nanos();
      assertThat(one.exitCode(Duration.ofSeconds(40))).as(one.err()).isZero();
      assertThat(two.exitCode(Duration.ofSeconds(10))).as(two.err()).isZero();

      assertThat(Duration.ofNanos(SystemTime.ticker().nanos() - killed))
          .isLessThan(Duration.ofSeconds(30));
      assertThat(environment.runState()).isEqualTo("finished");
      environment.assertThatInvariantsHold(
          AllowedDeviations.STRICT.limit(LIMIT).askedAgain(IN_FLIGHT));
    }
  }

  /** Each process counts its own responses: three refusals in a row, while both send steadily. */
  @Test
  void refusedCredentialsStopAllProcessesWithinASecond() throws Exception {
    try (FaultTestEnvironment environment = FaultTestEnvironment.open(800, folder)) {
      WorkerProcess helper = environment.startWaitingWorker(RATE);
      WorkerProcess owner = backfill(environment);
      Await.until("its requests", () -> requests(environment, helper) >= 10);
      environment.simulator.setFaults(FaultProfile.always(401));
      Await.until("a 401", () -> environment.simulator.statistics().faultCount("401") > 0);
      SystemTime.sleeper().sleep(Duration.ofSeconds(1));
      long asked = environment.arrivals();
      SystemTime.sleeper().sleep(Duration.ofSeconds(3));
      assertThat(environment.arrivals() - asked).as("probes").isLessThanOrEqualTo(1);
      long fired = environment.simulator.statistics().faultCount("401");
      environment.simulator.setFaults(FaultProfile.NONE);
      assertThat(owner.exitCode(Duration.ofSeconds(60))).as(owner.err()).isZero();
      assertThat(helper.exitCode(Duration.ofSeconds(20))).as(helper.err()).isZero();
      environment.assertThatInvariantsHold(
          AllowedDeviations.STRICT.limit(LIMIT).askedAgain(fired + 5));
    }
  }

  @Test
  void pauseResumeAndCancelApplyToEveryProcess() throws Exception {
    try (FaultTestEnvironment environment = FaultTestEnvironment.open(900, folder)) {
      WorkerProcess helper = environment.startWaitingWorker(RATE);
      WorkerProcess owner = backfill(environment);
      call(environment, "pause");
      environment.assertThatRequestsCease(Duration.ofSeconds(1), 0);
      long asked = environment.arrivals();
      assertThat(environment.pauses()).containsExactly("manual");
      call(environment, "resume");
      environment.awaitArrivals(asked + 50);
      call(environment, "cancel", "--non-interactive");
      assertThat(owner.exitCode(Duration.ofSeconds(10))).isEqualTo(1);
      assertThat(helper.exitCode(Duration.ofSeconds(10))).isEqualTo(1);
      assertThat(environment.runState()).isEqualTo("cancelled");
      environment.assertThatInvariantsHold(AllowedDeviations.STRICT.limit(LIMIT).askedAgain(3));
    }
  }

  private static void call(FaultTestEnvironment environment, String... command) {
    Result result = environment.cli.run(command);
    assertThat(result.code()).as(result.err()).isZero();
  }

  @Test
  void aRevokedPermissionPausesTheRunAndChargesNoHorse() throws Exception {
    try (FaultTestEnvironment environment = FaultTestEnvironment.open(250, folder);
        LimitedRole role = LimitedRole.in(environment)) {
      environment.reach(role.place());
      WorkerProcess owner = backfill(environment);
      environment.awaitArrivals(80);
      environment.sql("REVOKE UPDATE ON ra_horses FROM " + role.name());
      Await.until("a pause", environment::isPaused);
      environment.assertThatRequestsCease(Duration.ofSeconds(2), 1);
      environment.sql("GRANT UPDATE ON ra_horses TO " + role.name());
      assertThat(owner.exitCode(Duration.ofSeconds(60))).as(owner.err()).isZero();
      assertThat(environment.pauses()).contains("database");
      environment.assertThatInvariantsHold(AllowedDeviations.STRICT.limit(LIMIT).askedAgain(1));
    }
  }
}
