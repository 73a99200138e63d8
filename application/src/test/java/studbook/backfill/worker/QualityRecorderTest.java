package studbook.backfill.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import studbook.backfill.progress.ProgressSnapshot;
import studbook.backfill.progress.RunListener;
import studbook.store.TestStore;
import studbook.store.outcome.WriteResult;
import studbook.store.run.RunRepository.RunRow;
import studbook.time.SystemTime;

/** The count of the rows at the end of a run, which a lock delays. */
class QualityRecorderTest {

  private static final TestStore STORE = TestStore.fresh();

  private final AtomicBoolean stopping = new AtomicBoolean();
  private final QualityRecorder quality =
      new QualityRecorder(STORE.jdbi, stopping::get, SystemTime.ticker());
  private final List<Long> told = new ArrayList<>();
  private RunRow run;

  @AfterAll
  static void close() {
    STORE.close();
  }

  @BeforeEach
  void reset() {
    STORE.reset();
    STORE.horses(3);
    run = STORE.runRepository.find(STORE.plan()).orElseThrow();
  }

  private long stored() {
    return STORE.jdbi.withHandle(handle ->
        handle.select("SELECT count(*) FROM studbook.check_result").mapTo(Long.class).one());
  }

  private static long waiting() {
    return STORE.jdbi.withHandle(handle ->
        handle
            .select(
                """
                SELECT count(*) FROM pg_stat_activity
                WHERE datname = current_database() AND wait_event_type = 'Lock'
                """)
            .mapTo(Long.class)
            .one());
  }

  /** What a person is told, which may stop the process. */
  private RunListener listener(Runnable onCount) {
    return new RunListener() {
      @Override
      public void onCommit(List<WriteResult.RowWritten> written, ProgressSnapshot snapshot) {}

      @Override
      public void onDatabaseWait(long run, String reason) {}

      @Override
      public void onTick(ProgressSnapshot snapshot) {}

      @Override
      public void onQualityCount(long run) {
        told.add(run);
        onCount.run();
      }
    };
  }

  @Test
  void aLockThatLastsLeavesTheCountOut() {
    try (Handle other = STORE.jdbi.open()) {
      other.begin();
      other.execute("LOCK TABLE ra_horses");
      quality.after(run, listener(() -> {}));
      assertThat(told).containsExactly(run.id());
      assertThat(stored()).isZero();
      other.rollback();
    }
    quality.after(run, listener(() -> {}));
    assertThat(stored()).isPositive();
    assertThat(told).as("only of a count that takes long").hasSize(1);
  }

  @Test
  void aStopDoesNotWaitForTheCount() {
    try (Handle other = STORE.jdbi.open()) {
      other.begin();
      other.execute("LOCK TABLE ra_horses");
      quality.after(run, listener(() -> stopping.set(true)));
      assertThat(waiting()).as("statements that wait for the lock").isOne();
      other.rollback();
    }
  }
}
