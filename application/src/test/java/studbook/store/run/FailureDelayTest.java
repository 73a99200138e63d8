package studbook.store.run;

import static org.assertj.core.api.Assertions.assertThat;
import static studbook.store.TestStore.failed;

import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import studbook.model.ErrorKind;
import studbook.store.TestStore;
import studbook.store.work.Lease;

/** How long a horse that failed is left out of later plans. */
class FailureDelayTest {

  private static final TestStore STORE = TestStore.fresh();

  @AfterAll
  static void close() {
    STORE.close();
  }

  @BeforeEach
  void reset() {
    STORE.reset();
    STORE.sql("ALTER TABLE ra_horses DROP CONSTRAINT IF EXISTS added");
    STORE.horses(3);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 59 minutes, 61 minutes",
    "2, 5 hours 59 minutes, 6 hours 1 minute",
    "3, 23 hours 59 minutes, 24 hours 1 minute",
    "4, 6 days 23 hours, 7 days 1 minute",
    "9, 6 days 23 hours, 7 days 1 minute"
  })
  void aHorseWaitsLongerTheOftenerItFailed(int failures, String tooEarly, String due) {
    for (int i = 0; i < failures; i++) {
      fail("hrs_1", ErrorKind.TIMEOUT);
      age("1 year");
    }
    lastFailure(tooEarly);
    PlanCounts early = outlook(HorseSelection.ALL);
    assertThat(early.toDo()).isEqualTo(2);
    assertThat(early.delays().forTime()).isEqualTo(1);
    assertThat(early.delays().next()).isPresent().isEqualTo(early.delays().last());
    assertThat(early.delays().run()).isPresent();
    lastFailure(due);
    assertThat(outlook(HorseSelection.ALL).toDo()).isEqualTo(3);
    assertThat(outlook(HorseSelection.ALL).delays()).isEqualTo(RetryDelays.NONE);
  }

  @Test
  void aRetryAndNamedIdsDoNotWait() {
    long run = fail("hrs_1", ErrorKind.TIMEOUT);
    assertThat(outlook(retry(run)).toDo()).isEqualTo(1);
    HorseSelection named =
        new HorseSelection(
            false,
            0,
            Optional.empty(),
            Optional.of(java.util.List.of("hrs_1")),
            Optional.empty(),
            false);
    assertThat(outlook(named).toDo()).isEqualTo(1);
  }

  @Test
  void aRefusedRowWaitsUntilTheTablesRulesChange() {
    long run = fail("hrs_1", ErrorKind.DATABASE_REJECTED);
    age("1 year");
    STORE.sql("UPDATE ra_horses SET updated_at = updated_at - interval '2 years'");
    assertThat(outlook(HorseSelection.ALL).delays().forChange()).isEqualTo(1);
    assertThat(outlook(HorseSelection.ALL).toDo()).isEqualTo(2);
    assertThat(outlook(retry(run)).toDo()).isEqualTo(1);
    STORE.sql("ALTER TABLE ra_horses ADD CONSTRAINT added CHECK (horse_id <> '')");
    assertThat(outlook(HorseSelection.ALL).toDo()).isEqualTo(3);
    STORE.sql("ALTER TABLE ra_horses DROP CONSTRAINT added");
    assertThat(outlook(HorseSelection.ALL).toDo()).as("as it was").isEqualTo(2);
  }

  @Test
  void aRefusedRowWaitsUntilItChanges() {
    fail("hrs_1", ErrorKind.DATABASE_REJECTED);
    STORE.sql("UPDATE ra_horses SET updated_at = clock_timestamp() WHERE horse_id = 'hrs_2'");
    assertThat(outlook(HorseSelection.ALL).toDo()).isEqualTo(2);
    STORE.sql("UPDATE ra_horses SET updated_at = clock_timestamp() WHERE horse_id = 'hrs_1'");
    assertThat(outlook(HorseSelection.ALL).toDo()).isEqualTo(3);
  }

  private static HorseSelection retry(long run) {
    return HorseSelection.failed(
        RunKind.BACKFILL,
        false,
        Optional.empty(),
        new HorseSelection.FailedHorses(run, Optional.empty()),
        false);
  }

  private static PlanCounts outlook(HorseSelection selection) {
    return new RunPlanner(STORE.jdbi).counts(selection);
  }

  /** In a run of its own. */
  private static long fail(String horse, ErrorKind kind) {
    Lease lease = STORE.lease();
    STORE.write(failed(lease, horse));
    STORE.sql(
        "UPDATE studbook.work_item SET error_kind = ? WHERE run_id = ? AND horse_id = ?",
        kind.text(),
        lease.run(),
        horse);
    STORE.sql("UPDATE studbook.run SET state = 'cancelled' WHERE run_id = ?", lease.run());
    return lease.run();
  }

  private static void age(String interval) {
    STORE.sql(
        "UPDATE studbook.work_item SET completed_at = completed_at - ?::interval WHERE state = 'failed'",
        interval);
  }

  private static void lastFailure(String ago) {
    STORE.sql(
        """
        UPDATE studbook.work_item SET completed_at = clock_timestamp() - ?::interval
        WHERE state = 'failed' AND run_id = (SELECT max(run_id) FROM studbook.work_item WHERE state = 'failed')
        """,
        ago);
  }
}
