package studbook.faults.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import studbook.cli.fixture.CliRunner.Result;
import studbook.faults.environment.Await;
import studbook.faults.environment.FaultTestEnvironment;
import studbook.faults.environment.WorkerProcess;
import studbook.faults.invariant.AllowedDeviations;

/** Another session locks the user's table: LOCK TABLE, VACUUM FULL, ALTER TABLE. */
class LockedTableTest {

  private static final int HORSES = 600;

  /** Two seconds of outcomes, of which one in ten took two requests. */
  private static final int MOST = 230;

  @TempDir Path folder;

  private static Handle lock(FaultTestEnvironment environment) {
    Handle other = environment.jdbi().open();
    other.begin();
    other.execute("LOCK TABLE ra_horses IN ACCESS EXCLUSIVE MODE");
    return other;
  }

  private static void awaitBottleneck(FaultTestEnvironment environment)
      throws InterruptedException {
    Await.until(
        "the database as the bottleneck",
        () ->
            environment.count(
                    "SELECT count(*) FROM studbook.run_sample WHERE bottleneck = 'database'")
                > 0);
  }

  @Test
  void unwrittenOutcomesAreBoundedAndTheHeartbeatContinues() throws Exception {
    try (FaultTestEnvironment environment = FaultTestEnvironment.open(HORSES, folder)) {
      CompletableFuture<Result> run =
          environment.startHere("backfill", "--rate", "100", "--non-interactive");
      environment.awaitArrivals(50);
      try (Handle other = lock(environment)) {
        long completed = environment.completed();
        awaitBottleneck(environment);
        assertThat(environment.completed()).isEqualTo(completed);
        assertThat(environment.arrivals() - completed)
            .as("asked and not completed")
            .isLessThan(MOST);
        long beat = lastSeen(environment);
        Await.until("two more heartbeats", () -> lastSeen(environment) > beat + 6_000);
        assertThat(environment.arrivals() - completed).isLessThan(MOST);
        other.rollback();
      }
      Result result = run.join();
      assertThat(result.code()).as(result.err() + result.out()).isZero();
      environment.assertThatInvariantsHold(AllowedDeviations.STRICT);
    }
  }

  private static long lastSeen(FaultTestEnvironment environment) {
    return environment.count(
        "SELECT (extract(epoch FROM max(last_heartbeat_at)) * 1000)::bigint FROM studbook.worker");
  }

  @Test
  void aSignalEndsTheProcessAndMarksTheRunAsStopped() throws Exception {
    try (FaultTestEnvironment environment = FaultTestEnvironment.open(HORSES, folder)) {
      WorkerProcess process = environment.start("backfill", "--rate", "100", "--non-interactive");
      environment.awaitArrivals(50);
      try (Handle other = lock(environment)) {
        awaitBottleneck(environment);
        process.signal("TERM");
        assertThat(process.exitCode(Duration.ofSeconds(5))).isEqualTo(3);
        assertThat(process.out()).contains("Run 1 is stopped");
        assertThat(environment.runState()).isEqualTo("stopped");
        other.rollback();
      }
      environment.finish();
      assertThat(environment.completed()).isEqualTo(HORSES);
    }
  }
}
