package studbook.store.change;

import static org.assertj.core.api.Assertions.assertThat;
import static studbook.store.TestStore.described;
import static studbook.store.TestStore.enriched;
import static studbook.store.TestStore.full;
import static studbook.store.TestStore.notFound;
import static studbook.store.TestStore.outcome;
import static studbook.store.TestStore.owned;
import static studbook.store.TestStore.pedigree;

import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import studbook.model.HorseId;
import studbook.model.HorseStatus;
import studbook.model.Parent;
import studbook.model.Profile;
import studbook.model.ProfileParents;
import studbook.store.TestStore;
import studbook.store.outcome.Outcome;
import studbook.store.racecard.RunnerConfirmer;
import studbook.store.run.HorseSelection;
import studbook.store.run.RunKind;
import studbook.store.run.RunRepository;
import studbook.store.table.RefreshIntervals;
import studbook.store.work.Lease;
import studbook.time.Rate;

/** What a refresh and a racecard write, record and leave to a person. */
class RefreshWriteTest {

  private static final TestStore STORE = TestStore.fresh();
  private static final LocalDate DOB = LocalDate.of(2018, 3, 4);

  @AfterAll
  static void close() {
    STORE.close();
  }

  @BeforeEach
  void reset() {
    STORE.reset();
  }

  /** A backfill has filled every horse with {@link TestStore#full()}. */
  private static void filled(int horses) {
    STORE.horses(horses);
    Lease lease = STORE.lease();
    List<Outcome> outcomes =
        IntStream.rangeClosed(1, horses).mapToObj(i -> enriched(lease, "hrs_" + i)).toList();
    STORE.outcomeRepository.write(outcomes, List.of());
    assertThat(STORE.chunks.close(lease)).isTrue();
    assertThat(STORE.runRepository.finish(lease.run(), STORE.me)).isTrue();
    STORE.sql("UPDATE ra_horses SET updated_at = '2026-01-01'");
    STORE.sql("UPDATE ra_horse_pedigree SET updated_at = '2026-01-01'");
    STORE.sql("UPDATE studbook.confirmation SET confirmed_at = '2026-01-02'");
  }

  private static Lease refresh() {
    STORE
        .runRepository
        .unfinished()
        .ifPresent(run -> STORE.runStates.leave(run.id(), STORE.me, Optional.empty(), "next"));
    RunRepository.RunConfig config =
        new RunRepository.RunConfig(
            "test", new Rate(2), List.of(), Optional.empty(), RunKind.REFRESH, Optional.empty());
    HorseSelection due =
        HorseSelection.due(RefreshIntervals.same(Period.ZERO), Optional.empty(), Optional.empty());
    long run = owned(STORE.runRepository.plan(STORE.me, config, due)).id();
    return STORE.claim(run, STORE.me).orElseThrow();
  }

  private static Profile profile(
      @Nullable String name, LocalDate dob, String sex, String sexCode, ProfileParents pedigree) {
    return new Profile(name, dob, sex, sexCode, "bay", "B", "ire", "A Breeder", pedigree);
  }

  private static Outcome answered(Lease lease, String horse, Profile profile) {
    return outcome(lease, horse, HorseStatus.ENRICHED, profile);
  }

  private static List<String> changes() {
    return list(
        """
        SELECT concat_ws(' ', horse_id, column_name, COALESCE(old_value, '-'), '->', new_value, source)
        FROM studbook.change ORDER BY horse_id, column_name
        """);
  }

  private static List<String> reviews() {
    return list(
        """
        SELECT concat_ws(' ', horse_id, field, COALESCE(old_code, old_value), '->', COALESCE(new_code, new_value), state)
        FROM studbook.review ORDER BY horse_id, field
        """);
  }

  private static List<String> list(String sql) {
    return STORE.jdbi.withHandle(handle -> handle.createQuery(sql).mapTo(String.class).list());
  }

  @Test
  void everyAnsweredOutcomeConfirmsItsHorse() {
    STORE.horses(4);
    Lease lease = STORE.lease();
    STORE.sql("UPDATE ra_horses SET dob = '2001-02-03' WHERE horse_id = 'hrs_3'");
    STORE.write(
        enriched(lease, "hrs_1"),
        notFound(lease, "hrs_2"),
        enriched(lease, "hrs_3"),
        TestStore.failed(lease, "hrs_4"));
    assertThat(list("SELECT horse_id || ' ' || source FROM studbook.confirmation ORDER BY 1"))
        .containsExactly("hrs_1 pro", "hrs_2 standard");
    assertThat(STORE.value("SELECT count(*) FROM studbook.change")).isEqualTo("0");
  }

  @Test
  void onlyWhatChangedIsWritten() {
    filled(500);
    Lease lease = refresh();
    List<Outcome> outcomes = new ArrayList<>();
    for (int i = 1; i <= 500; i++) {
      Profile profile = i % 100 == 0 ? profile(null, DOB, "filly", "F", pedigree(901)) : full();
      outcomes.add(answered(lease, "hrs_" + i, profile));
    }
    // Two chunks of 250: the second is leased with the first.
    Lease second = STORE.claim(lease.run(), STORE.me).orElseThrow();
    List<String> ofFirst =
        list(
            "SELECT horse_id FROM studbook.work_item WHERE horse_id <= (SELECT"
                + " last_horse_id FROM studbook.chunk WHERE run_id = "
                + lease.run()
                + " AND chunk_no = 0)"
                + " AND run_id = "
                + lease.run());
    List<Outcome> leased =
        outcomes.stream()
            .map(outcome ->
                ofFirst.contains(outcome.horse().text())
                    ? outcome
                    : answered(second, outcome.horse().text(), outcome.profile().orElseThrow()))
            .toList();
    STORE.outcomeRepository.write(leased, List.of());

    assertThat(STORE.value("SELECT count(*) FROM ra_horses WHERE updated_at > '2026-01-01 12:00'"))
        .isEqualTo("5");
    assertThat(
            STORE.value(
                "SELECT count(*) FROM ra_horse_pedigree WHERE updated_at > '2026-01-01 12:00'"))
        .isEqualTo("0");
    assertThat(changes())
        .hasSize(10)
        .contains("hrs_100 sex mare -> filly pro", "hrs_100 sex_code M -> F pro");
    assertThat(
            STORE.value(
                "SELECT count(*) FROM studbook.confirmation WHERE confirmed_at > '2026-01-03'"))
        .isEqualTo("500");
    assertThat(STORE.runRepository.counts(lease.run()).enriched()).isEqualTo(500);
    assertThat(STORE.runRepository.counts(lease.run()).withPedigree()).isEqualTo(500);
    STORE.assertTallyIsTheLedger(lease.run());
  }

  @Test
  void blanksAndHalvesReplaceNothing() {
    filled(1);
    Lease lease = refresh();
    STORE.write(
        answered(
            lease,
            "hrs_1",
            new Profile(
                null,
                null,
                null,
                "C",
                "grey",
                null,
                null,
                null,
                new ProfileParents(new Parent("sir_5", null), Parent.UNKNOWN, Parent.UNKNOWN))));
    assertThat(changes()).isEmpty();
    assertThat(reviews()).isEmpty();
    assertThat(STORE.horse("hrs_1")).containsEntry("sex_code", "M").containsEntry("colour", "bay");
  }

  @Test
  void blanksInTheTablesAreFilled() {
    filled(1);
    STORE.sql("UPDATE ra_horses SET dob = NULL, sex = '', sex_code = NULL");
    STORE.sql("DELETE FROM ra_horse_pedigree");
    Lease lease = refresh();
    STORE.write(answered(lease, "hrs_1", full()));
    assertThat(STORE.horse("hrs_1"))
        .containsEntry("dob", "2018-03-04")
        .containsEntry("sex", "mare");
    assertThat(STORE.pedigree("hrs_1"))
        .containsEntry("sire_id", "sir_901")
        .containsEntry("breeder", "A Breeder")
        .containsEntry("region", "ire");
    assertThat(changes()).contains("hrs_1 dob - -> 2018-03-04 pro", "hrs_1 sex - -> mare pro");
  }

  @Test
  void suspiciousChangesWaitForAPerson() {
    filled(5);
    STORE.sql("UPDATE ra_horses SET name = 'Winter Harbour (IRE)'");
    Lease lease = refresh();
    ProfileParents otherSire =
        new ProfileParents(
            new Parent("sir_7", "Other (GB)"), pedigree(901).dam(), pedigree(901).damsire());
    STORE.write(
        answered(lease, "hrs_1", profile("winter harbour", DOB, "gelding", "G", pedigree(901))),
        answered(lease, "hrs_2", profile(null, DOB.minusDays(367), "filly", "F", pedigree(901))),
        answered(lease, "hrs_3", profile(null, DOB.plusDays(366), "mare", "M", pedigree(901))),
        answered(lease, "hrs_4", profile(null, DOB, "mare", "M", otherSire)),
        answered(lease, "hrs_5", profile("Autumn (IRE)", DOB, "mare", "M", pedigree(901))));
    assertThat(reviews())
        .containsExactly(
            "hrs_1 sex M -> G waiting",
            "hrs_2 dob 2018-03-04 -> 2017-03-02 waiting",
            "hrs_4 sire sir_901 -> sir_7 waiting",
            "hrs_5 name Winter Harbour (IRE) -> Autumn (IRE) waiting");
    assertThat(changes())
        .as("the rest of a horse is written")
        .containsExactly(
            "hrs_2 sex mare -> filly pro",
            "hrs_2 sex_code M -> F pro",
            "hrs_3 dob 2018-03-04 -> 2019-03-05 pro");
    assertThat(STORE.horse("hrs_1")).containsEntry("sex_code", "M");
    assertThat(STORE.pedigree("hrs_4")).containsEntry("sire_id", "sir_901");
  }

  @Test
  void aParentsNameWithoutItsSuffixIsNoChange() {
    filled(1);
    ProfileParents bare =
        new ProfileParents(
            new Parent("sir_901", "Sire 901"), pedigree(901).dam(), pedigree(901).damsire());
    STORE.write(answered(refresh(), "hrs_1", profile(null, DOB, "mare", "M", bare)));
    assertThat(changes()).isEmpty();
    assertThat(reviews()).isEmpty();
  }

  @Test
  void aRejectedChangeIsNotRaisedAgainWhileTheApiRepeatsIt() {
    filled(1);
    ReviewRepository reviews = new ReviewRepository(STORE.jdbi);
    refreshWithDob(DOB.plusYears(5));
    long first = reviews.waiting(Optional.empty()).getFirst().id();
    assertThat(reviews.reject(first)).isEqualTo(ReviewResult.DECIDED);
    assertThat(reviews.reject(first)).as("repeated").isEqualTo(ReviewResult.DECIDED);
    assertThat(reviews.accept(first)).isEqualTo(ReviewResult.NOT_WAITING);
    refreshWithDob(DOB.plusYears(5));
    assertThat(reviews.waiting(Optional.empty())).isEmpty();
    refreshWithDob(DOB.minusYears(5));
    assertThat(reviews.waiting(Optional.of("dob")))
        .singleElement()
        .satisfies(review -> assertThat(review.id()).isNotEqualTo(first));
    refreshWithDob(DOB);
    assertThat(reviews()).containsExactly("hrs_1 dob 2018-03-04 -> 2013-03-04 withdrawn");
    refreshWithDob(DOB.minusYears(5));
    assertThat(reviews.waiting(Optional.empty())).hasSize(1);
    assertThat(changes()).isEmpty();
  }

  private static void refreshWithDob(LocalDate dob) {
    STORE.write(answered(refresh(), "hrs_1", profile(null, dob, "mare", "M", pedigree(901))));
  }

  @Test
  void anAcceptedChangeIsWrittenAndRecorded() {
    filled(3);
    STORE.sql("UPDATE ra_horses SET name = 'Old'");
    Lease lease = refresh();
    ProfileParents otherDam =
        new ProfileParents(
            pedigree(901).sire(), new Parent("dam_7", "Other"), pedigree(901).damsire());
    STORE.write(
        answered(lease, "hrs_1", profile("New (GB)", DOB.plusYears(2), "colt", "C", otherDam)),
        answered(lease, "hrs_2", profile(null, DOB, "colt", "C", pedigree(901))));
    STORE.sql("UPDATE ra_horses SET sex = 'rig', sex_code = 'R' WHERE horse_id = 'hrs_2'");
    ReviewRepository reviews = new ReviewRepository(STORE.jdbi);
    List<ReviewResult> results =
        reviews.waiting(Optional.empty()).stream()
            .map(review -> reviews.accept(review.id()))
            .toList();
    assertThat(results)
        .hasSize(5)
        .containsOnlyOnce(ReviewResult.ROW_CHANGED)
        .doesNotContain(ReviewResult.NOT_WAITING);
    assertThat(STORE.horse("hrs_1"))
        .containsEntry("name", "New (GB)")
        .containsEntry("dob", "2020-03-04")
        .containsEntry("sex_code", "C");
    assertThat(STORE.pedigree("hrs_1"))
        .containsEntry("dam_id", "dam_7")
        .containsEntry("dam", "Other");
    assertThat(STORE.horse("hrs_2")).containsEntry("sex_code", "R");
    assertThat(changes())
        .containsExactly(
            "hrs_1 dam Dam 901 (IRE) -> Other review",
            "hrs_1 dam_id dam_901 -> dam_7 review",
            "hrs_1 dob 2018-03-04 -> 2020-03-04 review",
            "hrs_1 name Old -> New (GB) review",
            "hrs_1 sex mare -> colt review",
            "hrs_1 sex_code M -> C review");
  }

  @Test
  void aBatchThatIsWrittenAgainChangesNothing() {
    filled(2);
    Lease lease = refresh();
    Outcome[] batch = {
      answered(lease, "hrs_1", profile(null, DOB, "filly", "F", pedigree(901))),
      answered(lease, "hrs_2", profile(null, DOB.plusYears(3), "mare", "M", pedigree(901)))
    };
    STORE.write(batch);
    String before = STORE.value("SELECT string_agg(h::text, ' ') FROM ra_horses h");
    assertThat(described(STORE.write(batch)))
        .containsExactly("hrs_1 AlreadyWritten", "hrs_2 AlreadyWritten");
    assertThat(changes()).hasSize(2);
    assertThat(reviews()).hasSize(1);
    assertThat(STORE.value("SELECT string_agg(h::text, ' ') FROM ra_horses h")).isEqualTo(before);
  }

  @Test
  void aWorkerThatLostItsLeaseWritesNothing() {
    filled(1);
    Lease lease = refresh();
    Lease late = new Lease(lease.run(), lease.chunk(), lease.token() - 1);
    Profile changed = profile(null, DOB, "filly", "F", pedigree(901));
    assertThat(described(STORE.write(answered(late, "hrs_1", changed))))
        .containsExactly("hrs_1 LeaseLost");
    assertThat(changes()).isEmpty();
    assertThat(STORE.horse("hrs_1")).containsEntry("sex_code", "M");
  }

  @Test
  void aRejectedRowDoesNotPreventTheOthers() {
    filled(4);
    STORE.sql(
        "ALTER TABLE ra_horses ADD CONSTRAINT no_rig CHECK (sex_code <> 'F' OR horse_id <> 'hrs_2')");
    try {
      Lease lease = refresh();
      Profile filly = profile(null, DOB, "filly", "F", pedigree(901));
      assertThat(
              described(
                  STORE.write(
                      answered(lease, "hrs_1", filly),
                      answered(lease, "hrs_2", filly),
                      answered(lease, "hrs_3", filly),
                      answered(lease, "hrs_4", full()))))
          .containsExactly(
              "hrs_1 RowWritten enriched",
              "hrs_2 RowWritten failed",
              "hrs_3 RowWritten enriched",
              "hrs_4 RowWritten enriched");
      assertThat(list("SELECT DISTINCT horse_id FROM studbook.change ORDER BY 1"))
          .containsExactly("hrs_1", "hrs_3");
      assertThat(
              STORE.value(
                  "SELECT string_agg(horse_id, ' ') FROM studbook.confirmation WHERE confirmed_at <"
                      + " '2026-01-03'"))
          .isEqualTo("hrs_2");
    } finally {
      STORE.sql("ALTER TABLE ra_horses DROP CONSTRAINT no_rig");
    }
  }

  @Test
  void aRacecardConfirmsAndChangesWithoutARun() {
    filled(2);
    ConfirmationCounts counts =
        runners(LocalDate.of(2026, 2, 1), profile(null, DOB, "filly", "F", pedigree(901)));
    assertThat(counts).isEqualTo(new ConfirmationCounts(1, 1, 0));
    assertThat(changes())
        .containsExactly("hrs_1 sex mare -> filly racecards", "hrs_1 sex_code M -> F racecards");
    assertThat(
            STORE.row(
                "SELECT confirmed_at = '2026-02-02 00:00 Europe/London' AS at_its_end, racecard_date::text, source,"
                    + " run_id FROM studbook.confirmation WHERE horse_id = 'hrs_1'"))
        .containsEntry("at_its_end", true)
        .containsEntry("racecard_date", "2026-02-01")
        .containsEntry("source", "racecards");
    assertThat(STORE.value("SELECT count(*) FROM studbook.confirmation WHERE horse_id = 'hrs_77'"))
        .as("a horse that ra_horses lacks")
        .isEqualTo("0");
  }

  @Test
  void anOldRacecardSaysNothingAboutANewerRow() {
    filled(1);
    Profile colt = profile(null, DOB, "filly", "F", pedigree(901));
    assertThat(runners(LocalDate.of(2025, 6, 1), colt)).isEqualTo(ConfirmationCounts.NONE);
    STORE.sql("DELETE FROM studbook.confirmation");
    assertThat(runners(LocalDate.of(2025, 6, 1), colt))
        .as("never confirmed, and written later")
        .isEqualTo(ConfirmationCounts.NONE);
    assertThat(changes()).isEmpty();
    assertThat(
            STORE.value(
                "SELECT concat_ws(' ', confirmed_at, racecard_date) FROM studbook.confirmation"))
        .isEqualTo("-infinity 2025-06-01");
  }

  private static ConfirmationCounts runners(LocalDate day, Profile profile) {
    return new RunnerConfirmer(STORE.jdbi)
        .confirm(
            Optional.empty(),
            List.of(
                new ConfirmedProfile(new HorseId("hrs_1"), profile, "racecards", Optional.of(day)),
                new ConfirmedProfile(
                    new HorseId("hrs_77"), profile, "racecards", Optional.of(day))));
  }

  @Test
  void theLongestUnconfirmedHorsesOfEachGroupAreDueFirst() {
    filled(7);
    STORE.horses("hrs_8");
    STORE.sql(
        """
        UPDATE studbook.confirmation c SET confirmed_at = clock_timestamp() - v.age::interval, racecard_date = v.raced
        FROM (VALUES ('hrs_1', '7 months', current_date - 100), ('hrs_2', '4 months', current_date - 100),
                     ('hrs_3', '7 months', current_date - 400), ('hrs_4', '13 months', NULL),
                     ('hrs_5', '30 months', NULL), ('hrs_6', '37 months', NULL), ('hrs_7', '1 day', NULL)) v (horse, age, raced)
        WHERE c.horse_id = v.horse
        """);
    STORE.sql("UPDATE ra_horses SET dob = '1990-01-01' WHERE horse_id IN ('hrs_5', 'hrs_6')");
    STORE.sql("DELETE FROM studbook.confirmation WHERE horse_id = 'hrs_7'");
    assertThat(due(RefreshIntervals.USUAL, Optional.empty()))
        .containsExactlyInAnyOrder("hrs_1", "hrs_4", "hrs_6", "hrs_7");
    assertThat(due(RefreshIntervals.USUAL, Optional.of(2L)))
        .as("never confirmed, then the longest ago")
        .containsExactlyInAnyOrder("hrs_6", "hrs_7");
    assertThat(due(RefreshIntervals.same(Period.ofMonths(5)), Optional.empty()))
        .containsExactlyInAnyOrder("hrs_1", "hrs_3", "hrs_4", "hrs_5", "hrs_6", "hrs_7");
  }

  @Test
  void theRangeThatIsUnconfirmedLongestIsRequestedFirst() {
    STORE.horses(600);
    STORE.sql("UPDATE ra_horses SET dob = '2015-03-04'");
    STORE.sql(
        """
        INSERT INTO studbook.confirmation (horse_id, confirmed_at, source)
        SELECT horse_id, CASE (n - 1) / 250 WHEN 0 THEN clock_timestamp() - interval '20 months'
                           WHEN 1 THEN clock_timestamp() - interval '30 months' ELSE '-infinity' END, 'pro'
        FROM (SELECT horse_id, row_number() OVER (ORDER BY horse_id COLLATE "C") AS n FROM ra_horses) r
        """);
    due(RefreshIntervals.USUAL, Optional.empty());
    assertThat(
            list(
                """
                SELECT horse_count || ' from ' || (
                  SELECT n FROM (SELECT horse_id, row_number() OVER (ORDER BY horse_id) AS n FROM studbook.confirmation) r
                  WHERE r.horse_id = first_horse_id)
                FROM studbook.chunk WHERE kind = 'horses' ORDER BY chunk_no
                """))
        .containsExactly("100 from 501", "250 from 251", "250 from 1");
  }

  @Test
  void horsesThatWereConfirmedAtOnceAreNotDueInOneNight() {
    filled(64);
    Map<String, Integer> due = new LinkedHashMap<>();
    for (String age : List.of("10 months 14 days", "11 months 1 day", "12 months -10 days")) {
      STORE.sql(
          "UPDATE studbook.confirmation SET confirmed_at = clock_timestamp() - interval '%s'"
              .formatted(age));
      due.put(age, due(RefreshIntervals.USUAL, Optional.empty()).size());
    }
    assertThat(due).containsEntry("10 months 14 days", 0).containsEntry("12 months -10 days", 64);
    assertThat(due.get("11 months 1 day")).isBetween(16, 48);
    assertThat(due(RefreshIntervals.same(Period.ofMonths(12)), Optional.empty()))
        .as("--older-than is exact")
        .isEmpty();
  }

  private static List<String> due(RefreshIntervals intervals, Optional<Long> max) {
    RunRepository.RunConfig config =
        new RunRepository.RunConfig(
            "test", new Rate(2), List.of(), Optional.empty(), RunKind.REFRESH, Optional.empty());
    STORE
        .runRepository
        .unfinished()
        .ifPresent(run -> STORE.runStates.leave(run.id(), STORE.me, Optional.empty(), "next"));
    long run =
        owned(
                STORE.runRepository.plan(
                    STORE.me, config, HorseSelection.due(intervals, max, Optional.empty())))
            .id();
    return list("SELECT horse_id FROM studbook.work_item WHERE run_id = " + run);
  }
}
