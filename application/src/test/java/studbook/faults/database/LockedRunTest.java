package studbook.faults.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Handles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import studbook.faults.environment.Await;
import studbook.faults.environment.FaultTestEnvironment;
import studbook.faults.environment.WorkerProcess;

/** Commands that control or join an active run while another session holds a lock. */
class LockedRunTest {

  @TempDir Path folder;

  /** In a transaction that closing ends. */
  private static Handle lock(FaultTestEnvironment environment, String statement) {
    Handle other =
        environment
            .jdbi()
            .configure(Handles.class, one -> one.setForceEndTransactions(false))
            .open();
    other.begin();
    other.execute("SET LOCAL application_name = 'night job'");
    other.execute(statement);
    return other;
  }

  private static String holder(Handle other) {
    long process = other.select("SELECT pg_backend_pid()").mapTo(Long.class).one();
    return "is locked by process %d \\(night job, since \\d\\d:\\d\\d\\)".formatted(process);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pause", "resume", "stop --all", "cancel --yes"})
  void aLockedRowOfTheRunIsNamedAndGivenUp(String command) throws Exception {
    try (FaultTestEnvironment environment = FaultTestEnvironment.open(400, folder)) {
      environment.start("backfill", "--rate", "10", "--non-interactive");
      environment.awaitArrivals(5);
      if (command.equals("resume")) {
        assertThat(environment.cli.run("pause").code()).isZero();
      }
      String state = environment.runState();
      String table = command.equals("stop --all") ? "worker" : "run";
      try (Handle other =
          lock(environment, "SELECT FROM studbook.%s FOR UPDATE".formatted(table))) {
        WorkerProcess process = environment.start(command.split(" "));
        assertThat(process.exitCode(Duration.ofSeconds(20))).as(process.out()).isEqualTo(2);
        assertThat(process.err())
            .containsPattern("Waiting: (studbook." + table + "|a row) " + holder(other))
            .containsPattern(
                "stopped waiting after 5 s: (studbook." + table + "|a row) " + holder(other))
            .contains("Nothing was changed")
            .doesNotContain("Exception");
        assertThat(environment.runState()).isEqualTo(state);
      }
      assertThat(environment.cli.run(command.split(" ")).code()).isZero();
    }
  }

  @Test
  void aWorkerNamesTheLockThatItsFirstWriteWaitsForAndJoinsAfterwards() throws Exception {
    try (FaultTestEnvironment environment = FaultTestEnvironment.open(400, folder)) {
      environment.start("backfill", "--rate", "10", "--non-interactive");
      environment.awaitArrivals(5);
      WorkerProcess worker;
      try (Handle other = lock(environment, "LOCK TABLE ra_horse_pedigree")) {
        worker = environment.start("worker", "--rate", "10");
        Await.until("the holder", () -> worker.out().contains("night job") || !worker.isAlive());
        assertThat(worker.out())
            .containsPattern("Waiting for the database: ra_horse_pedigree " + holder(other));
      }
      Await.until("the worker joins", () -> worker.out().contains("joined"));
      worker.signal("TERM");
      assertThat(worker.exitCode(Duration.ofSeconds(10))).as(worker.err()).isIn(0, 3);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"check", "discover --days 1", "import horses.csv"})
  void otherCommandsNameTheLockToo(String command) throws Exception {
    try (FaultTestEnvironment environment = FaultTestEnvironment.open(20, folder)) {
      assertThat(environment.cli.run("init").code()).isZero();
      Files.writeString(folder.resolve("horses.csv"), "horse_id,name\nhrs_1,A\n");
      WorkerProcess process;
      try (Handle other = lock(environment, "LOCK TABLE ra_horses")) {
        process = environment.start(command.split(" "));
        Await.until("the holder", () -> process.err().contains("night job") || !process.isAlive());
        assertThat(process.err()).containsPattern("Waiting: ra_horses " + holder(other));
      }
      assertThat(process.exitCode(Duration.ofSeconds(20)))
          .as(process.out() + process.err())
          .isZero();
    }
  }
}
