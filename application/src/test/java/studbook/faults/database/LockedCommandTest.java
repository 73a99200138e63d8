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

  private FaultTestEnvironment yard;

  /** A run that was stopped. */
  @BeforeEach
  void run() throws Exception {
    yard = FaultTestEnvironment.open(HORSES, folder);
    WorkerProcess hand = yard.start("backfill", "--rate", "20", "--non-interactive");
    yard.awaitArrivals(10);
    hand.signal("TERM");
    assertThat(hand.exitCode(Duration.ofSeconds(5))).isEqualTo(3);
  }

  @AfterEach
  void close() {
    yard.close();
  }

  /** In a transaction that closing ends. */
  private Handle lock(String table) {
    Handle other =
        yard.jdbi().configure(Handles.class, one -> one.setForceEndTransactions(false)).open();
    other.begin();
    other.execute("SET LOCAL application_name = 'night \u001b[2J job'");
    other.execute("LOCK TABLE " + table);
    return other;
  }

  private static long process(Handle other) {
    return other.select("SELECT pg_backend_pid()").mapTo(Long.class).one();
  }

  private static void awaitNotice(WorkerProcess hand, String table, Handle other) throws Exception {
    String notice = "Waiting: %s is locked by process %d (night ".formatted(table, process(other));
    Await.until(notice, () -> hand.err().contains(notice) || !hand.isAlive());
    assertThat(hand.err()).as(hand.out()).contains(notice);
  }

  @Test
  void cancelNamesTheLockHolderAndGivesUp() throws Exception {
    try (Handle other = lock("studbook.chunk")) {
      WorkerProcess hand = yard.start("cancel", "--yes");
      awaitNotice(hand, "studbook.chunk", other);
      assertThat(hand.exitCode(Duration.ofSeconds(15))).as(hand.out() + hand.err()).isEqualTo(2);
      assertThat(hand.err())
          .contains(
              "stopped waiting after 5 s: studbook.chunk is locked by process " + process(other))
          .contains("Nothing was changed")
          .doesNotContain("\u001b");
      assertThat(yard.runState()).isEqualTo("stopped");
    }
    assertThat(yard.cli.run("cancel", "--yes").code()).isZero();
  }

  @Test
  void aSignalEndsTheWait() throws Exception {
    try (Handle other = lock("studbook.chunk")) {
      WorkerProcess hand = yard.start("cancel", "--yes");
      awaitNotice(hand, "studbook.chunk", other);
      hand.signal("INT");
      assertThat(hand.exitCode(Duration.ofSeconds(5))).as(hand.out() + hand.err()).isEqualTo(3);
    }
    assertThat(yard.runState()).isEqualTo("stopped");
  }

  @Test
  void aPlanThatReplacesARunSaysSoTooAndContinues() throws Exception {
    WorkerProcess hand;
    try (Handle other = lock("studbook.chunk")) {
      hand = yard.start("backfill", "--rate", "unlimited", "--yes");
      awaitNotice(hand, "studbook.chunk", other);
    }
    assertThat(hand.exitCode(Duration.ofSeconds(30))).as(hand.out() + hand.err()).isZero();
  }

  @Test
  void soDoesTheCountOfHorsesBeforeThePlan() throws Exception {
    try (Handle other = lock("ra_horses")) {
      WorkerProcess hand = yard.start("backfill", "--rate", "unlimited", "--yes");
      awaitNotice(hand, "ra_horses", other);
      hand.signal("INT");
      assertThat(hand.exitCode(Duration.ofSeconds(5))).as(hand.out() + hand.err()).isEqualTo(3);
      assertThat(hand.out()).contains("Not started.");
    }
  }
}
