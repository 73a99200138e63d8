package studbook.faults.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import studbook.cli.fixture.CliRunner.Result;
import studbook.faults.environment.AllowedDeviations;
import studbook.faults.environment.Await;
import studbook.faults.environment.FaultTestEnvironment;
import studbook.faults.environment.WorkerProcess;

/** Another session locks the user's table: LOCK TABLE, VACUUM FULL, ALTER TABLE. */
class LockedTableTest {

  private static final int HORSES = 600;

  /** Two seconds of outcomes, of which one in ten took two requests. */
  private static final int MOST = 230;

  @TempDir Path folder;

  private static Handle lock(FaultTestEnvironment yard) {
    Handle other = yard.jdbi().open();
    other.begin();
    other.execute("LOCK TABLE ra_horses IN ACCESS EXCLUSIVE MODE");
    return other;
  }

  private static void awaitBottleneck(FaultTestEnvironment yard) throws InterruptedException {
    Await.until(
        "the database as the bottleneck",
        () ->
            yard.count("SELECT count(*) FROM studbook.run_sample WHERE bottleneck = 'database'")
                > 0);
  }

  @Test
  void unwrittenOutcomesAreBoundedAndTheHeartbeatContinues() throws Exception {
    try (FaultTestEnvironment yard = FaultTestEnvironment.open(HORSES, folder)) {
      CompletableFuture<Result> run =
          yard.startHere("backfill", "--rate", "100", "--non-interactive");
      yard.awaitArrivals(50);
      try (Handle other = lock(yard)) {
        long settled = yard.settled();
        awaitBottleneck(yard);
        assertThat(yard.settled()).isEqualTo(settled);
        assertThat(yard.arrivals() - settled).as("asked and not settled").isLessThan(MOST);
        long beat = lastSeen(yard);
        Await.until("two more heartbeats", () -> lastSeen(yard) > beat + 6_000);
        assertThat(yard.arrivals() - settled).isLessThan(MOST);
        other.rollback();
      }
      Result result = run.join();
      assertThat(result.code()).as(result.err() + result.out()).isZero();
      yard.assertThatAllLawsHold(AllowedDeviations.STRICT);
    }
  }

  private static long lastSeen(FaultTestEnvironment yard) {
    return yard.count(
        "SELECT (extract(epoch FROM max(last_heartbeat_at)) * 1000)::bigint FROM studbook.worker");
  }

  @Test
  void aSignalEndsTheProcessAndMarksTheRunAsStopped() throws Exception {
    try (FaultTestEnvironment yard = FaultTestEnvironment.open(HORSES, folder)) {
      WorkerProcess hand = yard.start("backfill", "--rate", "100", "--non-interactive");
      yard.awaitArrivals(50);
      try (Handle other = lock(yard)) {
        awaitBottleneck(yard);
        hand.signal("TERM");
        assertThat(hand.exitCode(Duration.ofSeconds(5))).isEqualTo(3);
        assertThat(hand.out()).contains("Run 1 is stopped");
        assertThat(yard.runState()).isEqualTo("stopped");
        other.rollback();
      }
      yard.finish();
      assertThat(yard.settled()).isEqualTo(HORSES);
    }
  }
}
