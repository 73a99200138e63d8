package studbook.faults.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Handles;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import studbook.faults.environment.Await;
import studbook.faults.environment.FaultTestEnvironment;
import studbook.faults.environment.WorkerProcess;

/** Commands that change an unfinished run while another session has locked one of its tables. */
class LockedCommandTest {

  private static final int HORSES = 60;

  @TempDir Path folder;

  private FaultTestEnvironment environment;

  /** A run that was stopped. */
  @BeforeEach
  void run() throws Exception {
    environment = FaultTestEnvironment.open(HORSES, folder);
    WorkerProcess process = environment.start("backfill", "--rate", "20", "--non-interactive");
    environment.awaitArrivals(10);
    process.signal("TERM");
    assertThat(process.exitCode(Duration.ofSeconds(5))).isEqualTo(3);
  }

  @AfterEach
  void close() {
    environment.close();
  }

  /** In a transaction that closing ends. */
  private Handle lock(String table) {
    Handle other =
        environment
            .jdbi()
            .configure(Handles.class, one -> one.setForceEndTransactions(false))
            .open();
    other.begin();
    other.execute("SET LOCAL application_name = 'night \u001b[2J job'");
    other.execute("LOCK TABLE " + table);
    return other;
  }

  private static long process(Handle other) {
    return other.select("SELECT pg_backend_pid()").mapTo(Long.class).one();
  }

  private static void awaitNotice(WorkerProcess process, String table, Handle other)
      throws Exception {
    String notice = "Waiting: %s is locked by process %d (night ".formatted(table, process(other));
    Await.until(notice, () -> process.err().contains(notice) || !process.isAlive());
    assertThat(process.err()).as(process.out()).contains(notice);
  }

  @Test
  void cancelNamesTheLockHolderAndGivesUp() throws Exception {
    try (Handle other = lock("studbook.chunk")) {
      WorkerProcess process = environment.start("cancel", "--yes");
      awaitNotice(process, "studbook.chunk", other);
      assertThat(process.exitCode(Duration.ofSeconds(15)))
          .as(process.out() + process.err())
          .isEqualTo(2);
      assertThat(process.err())
          .contains(
              "stopped waiting after 5 s: studbook.chunk is locked by process " + process(other))
          .contains("Nothing was changed")
          .doesNotContain("\u001b");
      assertThat(environment.runState()).isEqualTo("stopped");
    }
    assertThat(environment.cli.run("cancel", "--yes").code()).isZero();
  }

  @Test
  void aSignalEndsTheWait() throws Exception {
    try (Handle other = lock("studbook.chunk")) {
      WorkerProcess process = environment.start("cancel", "--yes");
      awaitNotice(process, "studbook.chunk", other);
      process.signal("INT");
      assertThat(process.exitCode(Duration.ofSeconds(5)))
          .as(process.out() + process.err())
          .isEqualTo(3);
    }
    assertThat(environment.runState()).isEqualTo("stopped");
  }

  @Test
  void aPlanThatReplacesARunSaysSoTooAndContinues() throws Exception {
    WorkerProcess process;
    try (Handle other = lock("studbook.chunk")) {
      process = environment.start("backfill", "--rate", "unlimited", "--yes");
      awaitNotice(process, "studbook.chunk", other);
    }
    assertThat(process.exitCode(Duration.ofSeconds(30))).as(process.out() + process.err()).isZero();
  }

  @Test
  void soDoesTheCountOfHorsesBeforeThePlan() throws Exception {
    try (Handle other = lock("ra_horses")) {
      WorkerProcess process = environment.start("backfill", "--rate", "unlimited", "--yes");
      awaitNotice(process, "ra_horses", other);
      process.signal("INT");
      assertThat(process.exitCode(Duration.ofSeconds(5)))
          .as(process.out() + process.err())
          .isEqualTo(3);
      assertThat(process.out()).contains("Not started.");
    }
  }
}
