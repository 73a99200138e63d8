package studbook.store.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static studbook.store.TestStore.BLANK;
import static studbook.store.TestStore.described;
import static studbook.store.TestStore.enriched;
import static studbook.store.TestStore.failed;
import static studbook.store.TestStore.notFound;
import static studbook.store.TestStore.outcome;
import static studbook.store.TestStore.pedigree;
import static studbook.store.TestStore.profile;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import studbook.model.HorseId;
import studbook.model.HorseStatus;
import studbook.model.Parent;
import studbook.model.Profile;
import studbook.model.ProfileParents;
import studbook.store.TestStore;
import studbook.store.error.StoreException;
import studbook.store.outcome.Outcome;
import studbook.store.outcome.UserTables;
import studbook.store.run.HorseSelection;
import studbook.store.run.PlanCounts;
import studbook.store.run.RunKind;
import studbook.store.run.RunPlanner;
import studbook.store.work.Lease;

/** Horses that have a date of birth and lack another field: chosen, filled, confirmed, counted. */
class IncompleteHorsesTest {

  private static final TestStore STORE = TestStore.fresh();
  private static final HorseSelection INCOMPLETE = selection(Optional.empty(), false);

  @AfterAll
  static void close() {
    STORE.close();
  }

  @BeforeEach
  void reset() {
    STORE.reset();
  }

  private static HorseSelection selection(Optional<List<String>> ids, boolean includeSettled) {
    return new HorseSelection(true, 0, Optional.empty(), ids, Optional.empty(), includeSettled);
  }

  /** Horses that lack nothing. */
  private static void complete(int count) {
    STORE.horses(count);
    STORE.sql(
        """
        UPDATE ra_horses SET dob = '2001-02-03', sex = 'gelding', sex_code = 'G', colour = 'grey', colour_code = 'GR', region = 'gb'
        """);
    STORE.sql(
        """
        INSERT INTO ra_horse_pedigree (horse_id, sire_id, sire, dam_id, dam, damsire_id, damsire, breeder, region)
        SELECT horse_id, 'sir_1', 'A Sire (GB)', 'dam_2', 'A Dam (GB)', 'dsi_3', 'A Damsire (GB)', 'Somebody', 'gb' FROM ra_horses
        """);
  }

  private static long plan(HorseSelection selection) {
    STORE
        .runRepository
        .unfinished()
        .ifPresent(run -> STORE.runStates.leave(run.id(), STORE.me, Optional.empty(), "next"));
    return TestStore.owned(STORE.runRepository.plan(STORE.me, TestStore.TOLD, selection)).id();
  }

  private static List<String> planned(HorseSelection selection) {
    long run = plan(selection);
    List<String> horses =
        STORE.jdbi.withHandle(handle ->
            handle
                .select(
                    "SELECT horse_id FROM studbook.work_item WHERE run_id = ? ORDER BY horse_id",
                    run)
                .mapTo(String.class)
                .list());
    assertThat(new RunPlanner(STORE.jdbi).counts(selection).toDo()).isEqualTo(horses.size());
    return horses;
  }

  private static Lease lease() {
    return STORE.claim(plan(INCOMPLETE), STORE.me).orElseThrow();
  }

  private static long counted() {
    return IncompleteHorses.count(STORE.jdbi, Duration.ofSeconds(30)).orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sex", "sex_code", "colour", "colour_code", "region"})
  void aHorseThatLacksAColumnIsTaken(String column) {
    complete(3);
    assertThat(planned(INCOMPLETE)).isEmpty();
    assertThat(counted()).isZero();
    STORE.sql("UPDATE ra_horses SET " + column + " = NULL WHERE horse_id = 'hrs_1'");
    STORE.sql("UPDATE ra_horses SET " + column + " = '' WHERE horse_id = 'hrs_2'");
    assertThat(planned(INCOMPLETE)).containsExactly("hrs_1", "hrs_2");
    assertThat(counted()).isEqualTo(2);
    assertThat(planned(HorseSelection.ALL)).as("without the option").isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"sire_id", "sire", "dam_id", "dam", "damsire_id", "damsire", "breeder", "region"})
  void aHorseThatLacksAColumnOfItsPedigreeIsTaken(String column) {
    complete(4);
    STORE.sql("UPDATE ra_horse_pedigree SET " + column + " = NULL WHERE horse_id = 'hrs_1'");
    STORE.sql("UPDATE ra_horse_pedigree SET " + column + " = '' WHERE horse_id = 'hrs_2'");
    STORE.sql("DELETE FROM ra_horse_pedigree WHERE horse_id = 'hrs_3'");
    assertThat(planned(INCOMPLETE)).containsExactly("hrs_1", "hrs_2", "hrs_3");
    assertThat(counted()).isEqualTo(3);
  }

  @Test
  void aHorseWithoutADateOfBirthIsTakenTooAndNotCounted() {
    complete(2);
    STORE.sql("UPDATE ra_horses SET dob = NULL WHERE horse_id = 'hrs_1'");
    STORE.sql("INSERT INTO ra_horses (horse_id, name, dob) VALUES ('another', 'x', '2001-01-01')");
    assertThat(planned(INCOMPLETE)).containsExactly("hrs_1");
    assertThat(counted()).isZero();
  }

  @Test
  void blanksAreFilledAndNothingIsOverwritten() {
    complete(3);
    STORE.sql("UPDATE ra_horses SET colour = NULL, colour_code = '' WHERE horse_id = 'hrs_1'");
    STORE.sql(
        """
        UPDATE ra_horse_pedigree SET dam_id = NULL, dam = '', damsire_id = NULL, damsire = 'damsire 901 (fr)', breeder = ''
        WHERE horse_id = 'hrs_1'
        """);
    STORE.sql("DELETE FROM ra_horse_pedigree WHERE horse_id = 'hrs_2'");
    STORE.sql("UPDATE ra_horse_pedigree SET sire_id = NULL WHERE horse_id = 'hrs_3'");
    Lease lease = lease();

    assertThat(
            described(
                STORE.write(
                    enriched(lease, "hrs_1"),
                    outcome(lease, "hrs_2", HorseStatus.NO_DOB, profile(null, pedigree(902))),
                    enriched(lease, "hrs_3"))))
        .containsExactly(
            "hrs_1 RowWritten enriched", "hrs_2 RowWritten enriched", "hrs_3 RowWritten enriched");

    assertThat(STORE.horse("hrs_1"))
        .containsEntry("dob", "2001-02-03")
        .containsEntry("sex", "gelding")
        .containsEntry("sex_code", "G")
        .containsEntry("colour", "bay")
        .containsEntry("colour_code", "B")
        .containsEntry("region", "gb");
    assertThat(STORE.pedigree("hrs_1"))
        .containsEntry("sire_id", "sir_1")
        .containsEntry("sire", "A Sire (GB)")
        .containsEntry("dam_id", "dam_901")
        .containsEntry("dam", "Dam 901 (IRE)")
        .containsEntry("damsire_id", "dsi_901")
        .containsEntry("damsire", "damsire 901 (fr)")
        .containsEntry("breeder", "A Breeder")
        .containsEntry("region", "gb");
    assertThat(STORE.pedigree("hrs_2"))
        .containsEntry("sire_id", "sir_902")
        .containsEntry("breeder", "A Breeder")
        .containsEntry("region", "gb");
    assertThat(STORE.horse("hrs_2")).containsEntry("dob", "2001-02-03");
    assertThat(STORE.pedigree("hrs_3"))
        .as("the id of another sire is no half of this pair")
        .containsEntry("sire_id", null)
        .containsEntry("sire", "A Sire (GB)");
    STORE.assertTallyIsTheLedger(lease.run());
    assertThat(planned(INCOMPLETE)).as("confirmed").isEmpty();
    assertThat(counted()).isZero();
  }

  @Test
  void aBreederAloneFillsAPedigreeThatIsThereAndMakesNone() {
    complete(2);
    STORE.sql("UPDATE ra_horse_pedigree SET breeder = NULL WHERE horse_id = 'hrs_1'");
    STORE.sql("DELETE FROM ra_horse_pedigree WHERE horse_id = 'hrs_2'");
    Lease lease = lease();
    Profile breederAlone =
        new Profile(null, null, null, null, null, null, "A Breeder", ProfileParents.UNKNOWN);
    STORE.write(
        outcome(lease, "hrs_1", HorseStatus.NO_DOB, breederAlone),
        outcome(lease, "hrs_2", HorseStatus.NO_DOB, breederAlone));
    assertThat(STORE.pedigree("hrs_1"))
        .containsEntry("breeder", "A Breeder")
        .containsEntry("sire", "A Sire (GB)");
    assertThat(STORE.value("SELECT count(*) FROM ra_horse_pedigree")).isEqualTo("1");
  }

  @Test
  void anOrdinaryRunReplacesPairsOfAHorseWithoutADateOfBirthAsBefore() {
    complete(1);
    STORE.sql("UPDATE ra_horses SET dob = NULL");
    Lease lease = STORE.lease();
    STORE.write(enriched(lease, "hrs_1"));
    assertThat(STORE.horse("hrs_1")).containsEntry("sex", "mare").containsEntry("region", "ire");
    assertThat(STORE.pedigree("hrs_1"))
        .containsEntry("sire_id", "sir_901")
        .containsEntry("breeder", "A Breeder");
  }

  @Test
  void whatTheApiLacksTooIsConfirmedForNinetyDays() {
    complete(6);
    STORE.sql("UPDATE ra_horse_pedigree SET breeder = NULL");
    Lease lease = lease();
    Profile noBreeder =
        new Profile(LocalDate.of(2018, 3, 4), "mare", "M", "bay", "B", "ire", null, pedigree(901));
    STORE.write(
        outcome(lease, "hrs_1", HorseStatus.ENRICHED, noBreeder),
        outcome(lease, "hrs_2", HorseStatus.BASIC, BLANK),
        notFound(lease, "hrs_3"),
        failed(lease, "hrs_4"),
        outcome(lease, "hrs_5", HorseStatus.ENRICHED, noBreeder));
    STORE.sql(
        "UPDATE studbook.work_item SET error_kind = 'rejected_value' WHERE horse_id = 'hrs_5'");

    assertThat(planned(INCOMPLETE)).as("hrs_4 and hrs_5 wait").containsExactly("hrs_6");
    assertThat(counted()).isEqualTo(3);
    assertThat(new RunPlanner(STORE.jdbi).counts(INCOMPLETE).completedLately()).isEqualTo(3);
    assertThat(planned(selection(Optional.empty(), true))).hasSize(6);

    STORE.sql(
        "UPDATE studbook.work_item SET completed_at = completed_at - interval '90 days 1 minute' WHERE completed_at IS NOT NULL");
    assertThat(planned(INCOMPLETE)).hasSize(6);
  }

  @Test
  void anErasedDateOfBirthIsRequestedAgain() {
    complete(1);
    STORE.sql("UPDATE ra_horse_pedigree SET breeder = NULL");
    Lease lease = lease();
    STORE.write(
        outcome(
            lease,
            "hrs_1",
            HorseStatus.ENRICHED,
            new Profile(null, null, null, null, null, null, null, pedigree(901))));
    assertThat(planned(INCOMPLETE)).isEmpty();
    STORE.sql("UPDATE ra_horses SET dob = NULL");
    assertThat(planned(INCOMPLETE)).containsExactly("hrs_1");
  }

  @Test
  void aRacecardCompletesOnlyFullRows() {
    complete(3);
    STORE.sql("UPDATE ra_horse_pedigree SET breeder = NULL");
    STORE.sql("UPDATE ra_horses SET colour = NULL, colour_code = NULL");
    STORE.sql("DELETE FROM ra_horse_pedigree WHERE horse_id = 'hrs_3'");
    Lease lease = lease();
    Profile noBreeder =
        new Profile(LocalDate.of(2018, 3, 4), "mare", "M", "bay", "B", "ire", null, pedigree(901));

    assertThat(
            described(
                STORE.write(
                    card(lease, "hrs_1", TestStore.full()),
                    card(lease, "hrs_2", noBreeder),
                    card(lease, "hrs_3", TestStore.full()))))
        .containsExactly(
            "hrs_1 RowWritten enriched", "hrs_2 StillPending", "hrs_3 RowWritten enriched");
    assertThat(STORE.horse("hrs_2")).as("written all the same").containsEntry("colour", "bay");
    assertThat(STORE.state(lease.run(), "hrs_2")).isEqualTo("pending");
    STORE.assertTallyIsTheLedger(lease.run());
    assertThat(described(STORE.write(outcome(lease, "hrs_2", HorseStatus.ENRICHED, noBreeder))))
        .containsExactly("hrs_2 RowWritten enriched");
    assertThat(planned(INCOMPLETE)).isEmpty();
  }

  private static Outcome card(Lease lease, String horse, Profile profile) {
    return new Outcome(
        lease,
        new HorseId(horse),
        HorseStatus.ENRICHED,
        Optional.of(profile),
        Optional.empty(),
        new Outcome.RequestTrace("racecards", 200, 0, Duration.ZERO));
  }

  @Test
  void aHorseCompletedByARacecardIsRequestedOnce() {
    STORE.horses(1);
    Lease lease = STORE.lease();
    STORE.write(
        card(
            lease,
            "hrs_1",
            new Profile(
                LocalDate.of(2018, 3, 4),
                "mare",
                "M",
                "bay",
                "B",
                "ire",
                null,
                new ProfileParents(
                    new Parent("sir_1", "A Sire"), Parent.UNKNOWN, Parent.UNKNOWN))));
    assertThat(STORE.state(lease.run(), "hrs_1")).isEqualTo("enriched");
    assertThat(planned(INCOMPLETE)).containsExactly("hrs_1");
  }

  @Test
  void selectedHorsesAreCountedByMissingFields() {
    complete(4);
    STORE.sql("UPDATE ra_horses SET dob = NULL WHERE horse_id = 'hrs_1'");
    STORE.sql("UPDATE ra_horses SET colour = NULL WHERE horse_id IN ('hrs_2', 'hrs_4')");
    Optional<List<String>> ids = Optional.of(List.of("hrs_1", "hrs_2", "hrs_3", "hrs_9"));
    PlanCounts ordinary =
        new RunPlanner(STORE.jdbi)
            .counts(new HorseSelection(false, 0, Optional.empty(), ids, Optional.empty(), false));
    assertThat(ordinary.toDo()).isEqualTo(1);
    assertThat(ordinary.alreadyEnriched()).isEqualTo(2);
    assertThat(ordinary.incomplete()).isEqualTo(1);
    assertThat(ordinary.missing()).isEqualTo(1);

    PlanCounts incomplete = new RunPlanner(STORE.jdbi).counts(selection(ids, false));
    assertThat(incomplete.toDo()).isEqualTo(2);
    assertThat(incomplete.alreadyEnriched()).isEqualTo(1);
    assertThat(incomplete.missing()).isEqualTo(1);
    assertThat(planned(selection(ids, false))).containsExactly("hrs_1", "hrs_2");
  }

  @Test
  void aRetryOfWhatFailedIsOverTheSameHorses() {
    complete(2);
    STORE.sql("UPDATE ra_horses SET colour = NULL");
    Lease lease = lease();
    STORE.write(failed(lease, "hrs_1"), enriched(lease, "hrs_2"));
    assertThat(STORE.runRepository.takesIncomplete(lease.run())).isTrue();
    assertThat(
            planned(
                HorseSelection.failed(
                    RunKind.BACKFILL,
                    true,
                    Optional.empty(),
                    new HorseSelection.FailedHorses(lease.run(), Optional.empty()),
                    false)))
        .containsExactly("hrs_1");
  }

  @Test
  void theTrialWriteTriesAHorseThatHasADateOfBirthWhereAllHaveOne() {
    complete(2);
    STORE.sql("UPDATE ra_horses SET colour = NULL");
    STORE.sql("CREATE RULE keeps_a_copy AS ON UPDATE TO ra_horses DO ALSO NOTIFY changed");
    try {
      assertThatThrownBy(() -> new UserTables(STORE.jdbi).verifyWritable())
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("keeps_a_copy");
    } finally {
      STORE.sql("DROP RULE keeps_a_copy ON ra_horses");
    }
    new UserTables(STORE.jdbi).verifyWritable();
    assertThat(STORE.horse("hrs_1")).containsEntry("colour", null);
  }

  @Test
  void aCountThatTakesTooLongIsGivenUp() {
    complete(1);
    Jdbi another = Jdbi.create(STORE.server.dataSource());
    STORE.jdbi.useTransaction(handle -> {
      handle.execute("LOCK TABLE ra_horses IN ACCESS EXCLUSIVE MODE");
      assertThat(IncompleteHorses.count(another, Duration.ofMillis(50))).isEmpty();
    });
    assertThat(counted()).isZero();
  }
}
