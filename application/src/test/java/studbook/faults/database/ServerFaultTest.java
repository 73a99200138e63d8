package studbook.faults.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import studbook.cli.fixture.CliRunner.Result;
import studbook.embeddedpg.TestCluster;
import studbook.faults.environment.Await;
import studbook.faults.environment.DatabaseLocation;
import studbook.faults.environment.FaultTestEnvironment;
import studbook.faults.environment.LimitedDisk;
import studbook.faults.invariant.AllowedDeviations;
import studbook.time.SystemTime;

/** A PostgreSQL that stops and starts, and one whose disk is full. */
class ServerFaultTest {

  private static final String NEXT_LOG_FILE = "SELECT pg_switch_wal()";

  @TempDir Path folder;
  @TempDir Path home;

  private static DatabaseLocation place(TestCluster cluster) {
    return DatabaseLocation.at(cluster.jdbcUrl(), cluster.username(), cluster.password());
  }

  @Test
  void itIsStoppedAtOnceAndStartedAgain() throws Exception {
    try (TestCluster cluster = TestCluster.start(home);
        FaultTestEnvironment environment =
            FaultTestEnvironment.open(
                300, folder, FaultTestEnvironment.options(), place(cluster))) {
      CompletableFuture<Result> run = environment.startHere("backfill", "--rate", "100");
      environment.awaitArrivals(80);
      cluster.stopImmediately();
      environment.assertThatRequestsCease(Duration.ofSeconds(2), 0);
      cluster.startAgain();
      long healed = SystemTime.ticker().nanos();
      Result result = run.join();
      assertThat(result.code()).as(result.err()).isZero();
      assertThat(environment.invariants().rateIsBackAfter(healed, 100))
          .isLessThan(Duration.ofSeconds(60));
      environment.assertThatInvariantsHold(AllowedDeviations.STRICT);
    }
  }

  /**
   * Its log needs no more space: transactions fail while the server lives. On a file system of 100
   * MB, which only root can create.
   */
  @Test
  void itsDiskIsFullForAWhile() throws Exception {
    pausesWhileFull(false);
  }

  /** It needs another file for its log: PostgreSQL ends, and is started when there is space. */
  @Test
  void itEndsOnAFullDiskAndIsStartedAgain() throws Exception {
    pausesWhileFull(true);
  }

  private void pausesWhileFull(boolean logIsFull) throws Exception {
    try (LimitedDisk disk = LimitedDisk.mount(home, "100m");
        TestCluster cluster = TestCluster.start(home);
        FaultTestEnvironment environment =
            FaultTestEnvironment.open(
                600, folder, FaultTestEnvironment.options(), place(cluster))) {
      CompletableFuture<Result> run = environment.startHere("backfill", "--rate", "100");
      environment.awaitArrivals(80);
      environment.sql(NEXT_LOG_FILE);
      environment.sql("CREATE TABLE first_entry ()"); // with which PostgreSQL creates the file
      disk.fill();
      Await.until("a full disk", () -> disk.isFull() && environment.isPaused());
      if (logIsFull) {
        assertThatThrownBy(() -> environment.sql(NEXT_LOG_FILE + "; CREATE TABLE more ()"))
            .isInstanceOf(JdbiException.class);
        Await.until("the end of the server", () -> !cluster.isRunning());
      }
      environment.assertThatRequestsCease(Duration.ofSeconds(2), 0);
      disk.empty();
      if (logIsFull) {
        cluster.startAgain();
      }
      Result result = run.join();
      assertThat(result.code()).as(result.err()).isZero();
      environment.assertThatInvariantsHold(AllowedDeviations.STRICT);
    }
  }
}
