package studbook.store.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import studbook.store.TestStore;
import studbook.store.statistics.ErrorSummaryQueries.ErrorCount;

/** The error log of a run, in parts of its time. */
class ErrorsOverTimeTest {

  private static final TestStore STORE = TestStore.fresh();

  @AfterAll
  static void close() {
    STORE.close();
  }

  private static void error(long run, String kind, int minute) {
    STORE.sql(
        """
        INSERT INTO studbook.error (run_id, kind, message, occurred_at)
        SELECT run_id, ?, '', started_at + ? * interval '1 min' FROM studbook.run WHERE run_id = ?
        """,
        kind,
        minute,
        run);
  }

  @Test
  void eachErrorIsInItsPartAndThrottledOnesInNone() {
    STORE.horses(1);
    long run = STORE.plan();
    STORE.sql(
        "UPDATE studbook.run SET ended_at = started_at + interval '40 min', state = 'cancelled'");
    error(run, "timeout", 0);
    error(run, "timeout", 12);
    error(run, "malformed", 19);
    error(run, "throttled", 25);
    error(run, "timeout", 40);
    List<ErrorCount> parts = new ErrorSummaryQueries(STORE.jdbi).overTime(run, 4);
    assertThat(parts).extracting(ErrorCount::entries).containsExactly(1L, 2L, 0L, 1L);
    assertThat(parts).extracting(ErrorCount::to).isSorted();
  }
}
