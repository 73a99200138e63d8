package studbook.store.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static studbook.store.TestStore.enriched;
import static studbook.store.TestStore.failed;
import static studbook.store.TestStore.notFound;
import static studbook.store.TestStore.outcome;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import studbook.model.HorseStatus;
import studbook.store.TestStore;
import studbook.store.table.TableCounts;
import studbook.store.work.Lease;

class RunPlannerTest {

  private static final TestStore STORE = TestStore.fresh();

  @AfterAll
  static void close() {
    STORE.close();
  }

  @BeforeEach
  void reset() {
    STORE.reset();
  }

  @Test
  void takesHorsesWithoutADateOfBirthWhoseIdIsOne() {
    STORE.horses(
        "hrs_1",
        "hrs_2",
        "hrs_",
        "hrs_12x",
        "HRS_3",
        " hrs_4",
        "hrs_5\n",
        "x'; drop table ra_horses",
        "hrs_1234567890123456789");
    STORE.sql("UPDATE ra_horses SET dob = '2000-01-01' WHERE horse_id = 'hrs_2'");
    assertThat(new RunPlanner(STORE.jdbi).counts(HorseSelection.ALL))
        .isEqualTo(new PlanCounts(new TableCounts(9, 1, 0), 1, 0, 7, 0, 0, 1, RetryDelays.NONE));
    assertThat(planned(HorseSelection.ALL)).containsExactly("hrs_1");
  }

  @Test
  void skipAndMaxCountInTheOrderOfTheIdsBytes() {
    STORE.horses("hrs_10", "hrs_9", "hrs_100", "hrs_2", "hrs_1");
    assertThat(planned(selection(0, null, null, false)))
        .containsExactly("hrs_1", "hrs_10", "hrs_100", "hrs_2", "hrs_9");
    assertThat(planned(selection(1, 2L, null, false))).containsExactly("hrs_10", "hrs_100");
    assertThat(planned(selection(4, 2L, null, false))).containsExactly("hrs_9");
    assertThat(planned(selection(9, 2L, null, false))).isEmpty();
  }

  @Test
  void selectedIdsThatAreMissingOrEnrichedAreCountedAndNotTaken() {
    STORE.horses(5);
    STORE.sql("UPDATE ra_horses SET dob = '2000-01-01' WHERE horse_id = 'hrs_2'");
    HorseSelection some =
        selection(0, null, List.of("hrs_1", "hrs_1", "hrs_2", "hrs_77", "hrs_78", "hrs_78"), false);
    assertThat(new RunPlanner(STORE.jdbi).counts(some))
        .isEqualTo(new PlanCounts(new TableCounts(5, 1, 0), 1, 0, 0, 2, 1, 1, RetryDelays.NONE));
    assertThat(planned(some)).containsExactly("hrs_1");
    assertThat(planned(selection(0, null, List.of(), false))).isEmpty();
  }

  @Test
  void completedHorsesAreSkippedForNinetyDays() {
    STORE.horses(8);
    Lease lease = STORE.lease();
    STORE.write(
        outcome(lease, "hrs_1", HorseStatus.NO_DOB, TestStore.BLANK),
        outcome(lease, "hrs_2", HorseStatus.BASIC, TestStore.BLANK),
        notFound(lease, "hrs_3"),
        notFound(lease, "hrs_4"),
        failed(lease, "hrs_5"),
        enriched(lease, "hrs_6"));
    STORE.sql("UPDATE ra_horses SET dob = NULL WHERE horse_id = 'hrs_6'");
    age("hrs_3", "89 days 23 hours");
    age("hrs_4", "90 days 1 minute");
    age("hrs_5", "1 hour 1 minute");
    assertThat(new RunPlanner(STORE.jdbi).counts(HorseSelection.ALL).completedLately())
        .isEqualTo(3);
    assertThat(planned(HorseSelection.ALL))
        .containsExactly("hrs_4", "hrs_5", "hrs_6", "hrs_7", "hrs_8");
    assertThat(planned(selection(0, null, null, true))).hasSize(8);
  }

  @Test
  void aRejectedValueCompletesNothing() {
    STORE.horses(2);
    Lease lease = STORE.lease();
    STORE.write(outcome(lease, "hrs_1", HorseStatus.NO_DOB, TestStore.BLANK));
    STORE.sql(
        """
        UPDATE studbook.work_item SET error_kind = 'rejected_value', error_message = 'dob left out'
        WHERE horse_id = 'hrs_1' AND state = 'no_dob'
        """);
    assertThat(planned(HorseSelection.ALL))
        .as("it was asked for a moment ago")
        .containsExactly("hrs_2");
    age("hrs_1", "1 hour 1 minute");
    assertThat(planned(HorseSelection.ALL)).containsExactly("hrs_1", "hrs_2");
  }

  @Test
  void planCountsAgreeWithTheRunAndWriteNothing() {
    STORE.horses(30);
    STORE.write(notFound(STORE.lease(), "hrs_7"));
    STORE.sql("UPDATE ra_horses SET dob = '2000-01-01' WHERE horse_id LIKE 'hrs_1%'");
    List<String> ids = List.of("hrs_2", "hrs_3", "hrs_7", "hrs_10", "hrs_99");
    for (HorseSelection selection :
        List.of(
            HorseSelection.ALL,
            selection(3, null, null, false),
            selection(3, 5L, null, true),
            selection(100, 1L, null, false),
            selection(0, null, ids, false),
            selection(1, 1L, ids, true))) {
      long runs = Long.parseLong(STORE.value("SELECT count(*) FROM studbook.run"));
      PlanCounts counts = new RunPlanner(STORE.jdbi).counts(selection);
      assertThat(STORE.value("SELECT count(*) FROM studbook.run")).isEqualTo(Long.toString(runs));
      assertThat(planned(selection)).as("%s", selection).hasSize((int) counts.toDo());
    }
  }

  @Test
  void chunksCoverTheWorkItemsExactly() {
    STORE.horses(2 * RunPlanner.PIECE_SIZE + 17);
    long run = STORE.plan();
    assertThat(
            STORE.value(
                """
                SELECT string_agg(horse_count::text, ' ' ORDER BY chunk_no) FROM studbook.chunk c
                WHERE run_id = ? AND horse_count = (SELECT count(*) FROM studbook.work_item i
                                WHERE i.run_id = c.run_id AND i.horse_id BETWEEN c.first_horse_id AND c.last_horse_id)
                """,
                run))
        .isEqualTo("250 250 17");
    assertThat(STORE.runRepository.counts(run).total()).isEqualTo(517);
    assertThat(STORE.value("SELECT count(*) FROM studbook.work_item WHERE run_id = ?", run))
        .isEqualTo("517");
  }

  @Test
  void aPlanWithNothingToDoIsARunOfNoHorses() {
    long run = STORE.plan();
    assertThat(STORE.runRepository.counts(run)).isEqualTo(RunCounts.NOTHING);
    assertThat(STORE.runRepository.finish(run, STORE.me)).isTrue();
  }

  @Test
  void aSelectionOfNothingIsRefused() {
    assertThatThrownBy(() -> selection(-1, null, null, false))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> selection(0, 0L, null, false))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static HorseSelection selection(
      long skip,
      @org.jspecify.annotations.Nullable Long max,
      @org.jspecify.annotations.Nullable List<String> ids,
      boolean completed) {
    return new HorseSelection(
        false,
        skip,
        Optional.ofNullable(max),
        Optional.ofNullable(ids),
        Optional.empty(),
        completed);
  }

  private static List<String> planned(HorseSelection selection) {
    STORE
        .runRepository
        .unfinished()
        .ifPresent(run -> STORE.runStates.leave(run.id(), STORE.me, Optional.empty(), "next"));
    long run = TestStore.owned(STORE.runRepository.plan(STORE.me, TestStore.TOLD, selection)).id();
    return STORE.jdbi.withHandle(handle ->
        handle
            .select(
                "SELECT horse_id FROM studbook.work_item WHERE run_id = ? ORDER BY horse_id", run)
            .mapTo(String.class)
            .list());
  }

  private static void age(String horse, String interval) {
    STORE.sql(
        "UPDATE studbook.work_item SET completed_at = completed_at - ?::interval WHERE horse_id = ?",
        interval,
        horse);
  }
}
