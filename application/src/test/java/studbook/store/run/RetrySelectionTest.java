package studbook.store.run;

import static org.assertj.core.api.Assertions.assertThat;
import static studbook.store.TestStore.enriched;
import static studbook.store.TestStore.failed;
import static studbook.store.TestStore.notFound;
import static studbook.store.TestStore.outcome;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import studbook.model.ErrorKind;
import studbook.model.HorseStatus;
import studbook.store.TestStore;
import studbook.store.outcome.Outcome;
import studbook.store.work.Lease;

/** Which horses a retry takes. */
class RetrySelectionTest {

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
  void selectsFailedHorsesThatNeedEnrichment() {
    STORE.horses(6);
    long run = firstRun();
    assertThat(retried(run, null, false)).containsExactly("hrs_1", "hrs_2");
    STORE.sql("UPDATE ra_horses SET dob = '2000-01-01' WHERE horse_id = 'hrs_1'");
    assertThat(retried(run, null, false)).containsExactly("hrs_2");
    STORE.sql("DELETE FROM ra_horses WHERE horse_id = 'hrs_2'");
    assertThat(retried(run, null, false)).isEmpty();
  }

  @Test
  void takesOneKindAndLeavesTheOthersToTheNextRetry() {
    STORE.horses(6);
    long first = firstRun();
    assertThat(retried(first, ErrorKind.TIMEOUT, false)).containsExactly("hrs_1");
    assertThat(retried(first, ErrorKind.MALFORMED, false)).containsExactly("hrs_2");
    assertThat(retried(first, ErrorKind.CONNECTION, false)).isEmpty();

    long second = retry(first, ErrorKind.TIMEOUT);
    STORE.write(enriched(STORE.claim(second, STORE.me).orElseThrow(), "hrs_1"));

    assertThat(retried(second, null, false)).containsExactly("hrs_2");
  }

  @Test
  void aRetryOfARetryTakesWhatIsStillFailed() {
    STORE.horses(6);
    long second = retry(firstRun(), null);
    Lease lease = STORE.claim(second, STORE.me).orElseThrow();
    STORE.write(failed(lease, "hrs_1"), notFound(lease, "hrs_2"));
    assertThat(retried(second, null, false)).containsExactly("hrs_1");
    long third = retry(second, null);
    assertThat(retried(third, null, false))
        .as("asked for, and without an outcome yet")
        .containsExactly("hrs_1");
  }

  @Test
  void includesCompletedHorsesOnRequest() {
    STORE.horses(6);
    long run = firstRun();
    assertThat(retried(run, null, true)).containsExactly("hrs_1", "hrs_2", "hrs_3", "hrs_4");
    assertThat(retried(run, ErrorKind.TIMEOUT, true)).containsExactly("hrs_1", "hrs_3", "hrs_4");
  }

  @Test
  void aRunOutsideTheChainSaysNothing() {
    STORE.horses(6);
    firstRun();
    long other = STORE.plan();
    assertThat(retried(other, null, false)).isEmpty();
  }

  /** hrs_1 timed out, hrs_2 was malformed, hrs_3 not found, hrs_4 has no dob, hrs_5 is enriched. */
  private static long firstRun() {
    Lease lease = STORE.lease();
    Outcome malformed = failed(lease, "hrs_2");
    STORE.write(
        failed(lease, "hrs_1"),
        new Outcome(
            malformed.lease(),
            malformed.horse(),
            malformed.state(),
            Optional.empty(),
            Optional.of(new Outcome.OutcomeFailure(ErrorKind.MALFORMED, "no JSON")),
            malformed.trace()),
        notFound(lease, "hrs_3"),
        outcome(lease, "hrs_4", HorseStatus.NO_DOB, TestStore.BLANK),
        enriched(lease, "hrs_5"));
    return lease.run();
  }

  private static HorseSelection selection(long run, @Nullable ErrorKind kind, boolean completed) {
    return HorseSelection.failed(
        RunKind.BACKFILL,
        false,
        Optional.empty(),
        new HorseSelection.FailedHorses(run, Optional.ofNullable(kind)),
        completed);
  }

  private static long retry(long of, @Nullable ErrorKind kind) {
    STORE
        .runRepository
        .unfinished()
        .ifPresent(run -> STORE.runStates.leave(run.id(), STORE.me, Optional.empty(), "next"));
    RunRepository.RunConfig config =
        new RunRepository.RunConfig(
            "test", TestStore.TOLD.rate(), TestStore.TOLD.settings(), Optional.of(of));
    return TestStore.owned(STORE.runRepository.plan(STORE.me, config, selection(of, kind, false)))
        .id();
  }

  /** What a plan would take, and the outlook counts the same. */
  private static List<String> retried(long run, @Nullable ErrorKind kind, boolean completed) {
    HorseSelection selection = selection(run, kind, completed);
    List<String> taken =
        STORE.jdbi.inTransaction(handle -> {
          long scene =
              handle
                  .createQuery(
                      """
                      INSERT INTO studbook.run (state, owner_worker_id, version, horses_before, enriched_before, pedigrees_before)
                      VALUES ('superseded', :me, 'test', 0, 0, 0) RETURNING run_id
                      """)
                  .bind("me", STORE.me)
                  .mapTo(Long.class)
                  .one();
          RunPlanner.freeze(handle, scene, selection, Optional.empty());
          List<String> ids =
              handle
                  .select(
                      "SELECT horse_id FROM studbook.work_item WHERE run_id = ? ORDER BY horse_id",
                      scene)
                  .mapTo(String.class)
                  .list();
          handle.rollback();
          return ids;
        });
    assertThat(new RunPlanner(STORE.jdbi).counts(selection).toDo()).isEqualTo(taken.size());
    return taken;
  }
}
