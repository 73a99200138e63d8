package studbook.store;

import static org.assertj.core.api.Assertions.assertThat;
import static studbook.store.TestStore.full;
import static studbook.store.TestStore.owned;
import static studbook.store.TestStore.profile;
import static studbook.store.TestStore.told;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import studbook.horse.HorseId;
import studbook.horse.Pedigree;
import studbook.horse.Profile;
import studbook.horse.RawProfile;
import studbook.horse.RawProfile.RawParent;

class SweepsTest {

  private static final TestStore STORE = TestStore.fresh();
  private static final LocalDate LAST = LocalDate.of(2025, 5, 31);
  private static final Sweeps SWEEPS = new Sweeps(STORE.jdbi);

  @AfterAll
  static void close() {
    STORE.close();
  }

  @BeforeEach
  void reset() {
    STORE.reset();
  }

  private static long plan(int days) {
    STORE
        .runs
        .unfinished()
        .ifPresent(run -> STORE.control.leave(run.id(), STORE.me, Optional.empty(), "next"));
    DaySpan span = new DaySpan(LAST.minusDays(days - 1), LAST);
    return owned(STORE.runs.plan(STORE.me, TestStore.TOLD, Selection.ALL, Optional.of(span))).id();
  }

  private static Outcome outcome(Lease lease, String horse, LedgerState state, Profile profile) {
    return new Outcome(
        lease,
        new HorseId(horse),
        state,
        Optional.of(profile),
        Optional.empty(),
        new Outcome.Trace("racecards", 200, 0, Duration.ZERO));
  }

  private static ReadDay day(DayLease held, String... horses) {
    return read(
        held,
        Arrays.stream(horses)
            .map(horse -> outcome(held.lease(), horse, LedgerState.ENRICHED, full()))
            .toList(),
        List.of());
  }

  private static ReadDay read(DayLease held, List<Outcome> outcomes, List<KnownProfile> unwanted) {
    return new ReadDay(
        held.lease(),
        held.day(),
        ReadDay.Result.READ,
        Optional.empty(),
        1,
        400,
        outcomes,
        unwanted,
        List.of());
  }

  private static KnownProfile known(String horse, String name) {
    return new KnownProfile(
        new HorseId(horse),
        new RawProfile(
            name,
            "2021-03-04",
            "filly",
            "F",
            "b",
            "B",
            "A Breeder",
            new RawParent("sir_9", "Far Shore (GB)"),
            new RawParent("dam_8", "Old Mill (IRE)"),
            new RawParent(null, null)));
  }

  private static DayLease claim(long run) {
    return STORE.pieces.claimDay(run, STORE.me).orElseThrow();
  }

  @Test
  void daysAreLeasedNewestFirstAndRangesAreNoDays() {
    STORE.horses(3);
    long run = plan(3);
    assertThat(claim(run).day()).isEqualTo(LAST);
    assertThat(claim(run).day()).isEqualTo(LAST.minusDays(1));
    assertThat(STORE.pieces.pending(STORE.pieces.claim(run, STORE.me).orElseThrow())).hasSize(3);
    assertThat(claim(run).day()).isEqualTo(LAST.minusDays(2));
    assertThat(STORE.pieces.claimDay(run, STORE.me)).isEmpty();
    assertThat(STORE.pieces.claim(run, STORE.me)).isEmpty();
    assertThat(STORE.pieces.claimKnown(run, STORE.me)).isEmpty();
  }

  @Test
  void aDayIsSweptInTheCommitThatWroteItsRows() {
    STORE.horses(4);
    long run = plan(2);
    DayLease newest = claim(run);
    assertThat(SWEEPS.wanted(run, List.of(new HorseId("hrs_2"), new HorseId("hrs_9"))))
        .containsExactly(new HorseId("hrs_2"));

    List<Settled> settled = SWEEPS.write(day(newest, "hrs_2", "hrs_3")).orElseThrow();

    assertThat(told(settled)).containsExactly("hrs_2 Written enriched", "hrs_3 Written enriched");
    assertThat(STORE.horse("hrs_2")).containsEntry("dob", "2018-03-04");
    assertThat(STORE.state(run, "hrs_2")).isEqualTo("enriched");
    assertThat(
            STORE.row(
                "SELECT outcome, requests, runners, brought, run_id FROM studbook.sweep_day WHERE"
                    + " day = ?",
                LAST))
        .containsEntry("outcome", "read")
        .containsEntry("requests", 1)
        .containsEntry("runners", 400)
        .containsEntry("brought", 2)
        .containsEntry("run_id", run);
    assertThat(SWEEPS.totals(run)).isEqualTo(new SweepTotals(2, 1, 1, 2, Optional.empty()));
    Tally tally = STORE.runs.tally(run);
    assertThat(tally.enriched()).isEqualTo(2);
    assertThat(tally.requests()).isEqualTo(1);
    String before = contents();
    assertThat(SWEEPS.write(day(newest, "hrs_2", "hrs_3")))
        .as("a commit whose reply was lost")
        .isEmpty();
    assertThat(contents()).isEqualTo(before);
  }

  @Test
  void theNewestDayWins() {
    STORE.horses(1);
    long run = plan(2);
    DayLease newest = claim(run);
    DayLease older = claim(run);
    SWEEPS.write(day(newest, "hrs_1"));
    Profile other = profile(LocalDate.of(1999, 1, 1), TestStore.pedigree(5));
    List<Settled> settled =
        SWEEPS
            .write(
                read(
                    older,
                    List.of(outcome(older.lease(), "hrs_1", LedgerState.ENRICHED, other)),
                    List.of()))
            .orElseThrow();
    assertThat(told(settled)).containsExactly("hrs_1 Repeated");
    assertThat(STORE.horse("hrs_1")).containsEntry("dob", "2018-03-04");
    assertThat(SWEEPS.totals(run).brought()).isEqualTo(1);
  }

  @Test
  void whatSettlesNothingIsWrittenAndTheHorseStaysPending() {
    STORE.horses(1);
    long run = plan(1);
    DayLease held = claim(run);
    Profile some = profile(null, Pedigree.UNKNOWN);
    SWEEPS.write(
        read(held, List.of(outcome(held.lease(), "hrs_1", LedgerState.PENDING, some)), List.of()));
    assertThat(STORE.horse("hrs_1"))
        .containsEntry("sex", "mare")
        .containsEntry("region", "ire")
        .containsEntry("dob", null);
    assertThat(STORE.state(run, "hrs_1")).isEqualTo("pending");
    assertThat(SWEEPS.totals(run).brought()).isZero();
    Lease range = STORE.pieces.claim(run, STORE.me).orElseThrow();
    assertThat(told(STORE.write(TestStore.enriched(range, "hrs_1"))))
        .containsExactly("hrs_1 Written enriched");
  }

  @Test
  void aDayOfALostLeaseWritesNothing() {
    STORE.horses(1);
    long run = plan(1);
    DayLease late = claim(run);
    STORE.pieces.release(run, STORE.me);
    assertThat(STORE.pieces.claimDay(run, STORE.registerElsewhere())).isPresent();
    String before = contents();
    assertThat(SWEEPS.write(day(late, "hrs_1"))).isEmpty();
    assertThat(contents()).isEqualTo(before);
  }

  @Test
  void aRowThatTheUsersSchemaRefusesSinksNeitherTheOthersNorTheDay() {
    STORE.horses(3);
    STORE.sql(
        "ALTER TABLE ra_horses ADD CONSTRAINT no_two CHECK (horse_id <> 'hrs_2' OR dob IS NULL)");
    try {
      long run = plan(1);
      List<Settled> settled =
          SWEEPS.write(day(claim(run), "hrs_1", "hrs_2", "hrs_3")).orElseThrow();
      assertThat(told(settled))
          .containsExactly(
              "hrs_1 Written enriched", "hrs_2 Written failed", "hrs_3 Written enriched");
      assertThat(STORE.value("SELECT outcome FROM studbook.sweep_day")).isEqualTo("read");
      assertThat(SWEEPS.totals(run).left()).isZero();
      assertThat(SWEEPS.totals(run).brought()).isEqualTo(3);
    } finally {
      STORE.sql("ALTER TABLE ra_horses DROP CONSTRAINT no_two");
    }
  }

  @Test
  void aPartOfARowThatTheUsersSchemaRefusesIsToldAndSettlesNothing() {
    STORE.horses(1);
    STORE.sql("ALTER TABLE ra_horses ADD CONSTRAINT no_mare CHECK (sex <> 'mare')");
    try {
      long run = plan(1);
      DayLease held = claim(run);
      Profile some = profile(null, Pedigree.UNKNOWN);
      SWEEPS.write(
          read(
              held, List.of(outcome(held.lease(), "hrs_1", LedgerState.PENDING, some)), List.of()));
      assertThat(STORE.state(run, "hrs_1")).isEqualTo("pending");
      assertThat(STORE.value("SELECT kind FROM studbook.error")).isEqualTo("database_refused");
    } finally {
      STORE.sql("ALTER TABLE ra_horses DROP CONSTRAINT no_mare");
    }
  }

  @Test
  void daysThatWereReadLatelyAreNotReadAgain() {
    STORE.horses(1);
    Planner planner = new Planner(STORE.jdbi);
    LocalDate today =
        LocalDate.parse(
            String.valueOf(STORE.value("(clock_timestamp() AT TIME ZONE 'Europe/London')::date")));
    swept(today.minusDays(9), "read", "interval '0'");
    swept(today.minusDays(8), "failed", "interval '0'");
    swept(today.minusDays(7), "refused", "interval '0'");
    swept(today.minusDays(6), "read", "interval '6 days 2 hours'");
    sweptAt(today.minusDays(5), "(?::date + 1)::timestamp AT TIME ZONE 'Europe/London'");
    sweptAt(
        today.minusDays(4),
        "(?::date + 1)::timestamp AT TIME ZONE 'Europe/London' - interval '1 second'");
    swept(today.plusDays(2), "read", "interval '11 hours'");
    swept(today.plusDays(3), "read", "interval '13 hours'");
    DaySpan span = new DaySpan(today.minusDays(9), today.plusDays(3));
    assertThat(planner.unreadDays(span)).isEqualTo(13 - 3);
    long run =
        owned(STORE.runs.plan(STORE.me, TestStore.TOLD, Selection.ALL, Optional.of(span))).id();
    assertThat(SWEEPS.totals(run).days()).isEqualTo(10);
  }

  private static void swept(LocalDate day, String outcome, String ago) {
    STORE.sql(
        """
        INSERT INTO studbook.sweep_day (day, run_id, outcome, read_at, requests, runners, brought)
        VALUES (?, 1, ?, clock_timestamp() - %s, 1, 1, 1)
        """
            .formatted(ago),
        day,
        outcome);
  }

  private static void sweptAt(LocalDate day, String at) {
    STORE.sql(
        """
        INSERT INTO studbook.sweep_day (day, run_id, outcome, read_at, requests, runners, brought)
        VALUES (?, 1, 'read', %s, 1, 1, 1)
        """
            .formatted(at),
        day,
        day);
  }

  @Test
  void itPaysNoMoreWhenAFortnightBroughtFewerHorsesThanRequests() {
    STORE.horses(40);
    long run = plan(20);
    int next = 1;
    for (int i = 0; i < 13; i++) {
      SWEEPS.write(day(claim(run), "hrs_" + next++));
      assertThat(SWEEPS.paysNoMore(run, 14)).isFalse();
    }
    SWEEPS.write(day(claim(run), "hrs_" + next++));
    assertThat(SWEEPS.paysNoMore(run, 14)).as("as many as requests").isFalse();
    SWEEPS.write(day(claim(run)));
    assertThat(SWEEPS.paysNoMore(run, 14)).isTrue();
    DayLease reading = claim(run);

    SWEEPS.end(run, STORE.me, false, "it pays no more");

    assertThat(SWEEPS.totals(run).left()).as("the one that is being read").isEqualTo(1);
    assertThat(STORE.pieces.claimDay(run, STORE.registerElsewhere())).isEmpty();
    assertThat(SWEEPS.write(day(reading, "hrs_" + next))).isPresent();
    assertThat(SWEEPS.totals(run))
        .isEqualTo(new SweepTotals(20, 0, 16, 15, Optional.of("it pays no more")));
  }

  @Test
  void aSweepThatIsGivenUpTakesItsDaysBack() {
    STORE.horses(1);
    long run = plan(3);
    DayLease mine = claim(run);
    SWEEPS.end(run, STORE.me, true, "nobody is wanted");
    assertThat(SWEEPS.totals(run).left()).isZero();
    assertThat(SWEEPS.write(day(mine, "hrs_1"))).isEmpty();
    assertThat(STORE.state(run, "hrs_1")).isEqualTo("pending");
  }

  @Test
  void runnersThatNobodyWantsAreRememberedTheNewestOfEach() {
    STORE.horses(3);
    STORE.sql("UPDATE ra_horses SET dob = '2000-01-01' WHERE horse_id = 'hrs_3'");
    long run = plan(3);
    DayLease newest = claim(run);
    DayLease older = claim(run);
    SWEEPS.write(
        read(
            newest,
            List.of(),
            List.of(known("hrs_3", "Has One"), known("hrs_8", "New"), known("hrs_1", "Wanted"))));
    SWEEPS.write(
        read(older, List.of(), List.of(known("hrs_8", "Old"), known("hrs_9", "Only (IRE)"))));

    assertThat(
            STORE.value(
                "SELECT string_agg(horse_id || ' ' || name, ', ' ORDER BY horse_id) FROM"
                    + " studbook.known_profile"))
        .isEqualTo("hrs_8 New, hrs_9 Only (IRE)");
    assertThat(new Planner(STORE.jdbi).known(Selection.ALL)).isZero();
    STORE.horses("hrs_9");
    assertThat(new Planner(STORE.jdbi).known(Selection.ALL)).isEqualTo(1);
    long next = plan(1);
    KnownProfiles profiles = new KnownProfiles(STORE.jdbi);
    Lease lease = STORE.pieces.claimKnown(next, STORE.me).orElseThrow();
    assertThat(profiles.pending(next, Optional.empty(), 10))
        .containsExactly(known("hrs_9", "Only (IRE)"));
    assertThat(profiles.pending(next, Optional.of(new HorseId("hrs_9")), 10)).isEmpty();
    profiles.close(lease);
    assertThat(STORE.pieces.claimKnown(next, STORE.registerElsewhere())).isEmpty();
  }

  @Test
  @Timeout(120)
  void sweepsAndProfilesOfManyWorkersNeverWaitForEachOtherCrosswise() throws Exception {
    STORE.horses(2_000);
    long run = plan(40);
    try (var threads = Executors.newFixedThreadPool(8)) {
      List<Future<?>> workers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        UUID worker = STORE.registerElsewhere();
        long seed = i;
        workers.add(threads.submit(() -> sweep(run, worker, new Random(seed))));
        workers.add(
            threads.submit(() -> profiles(run, STORE.registerElsewhere(), new Random(seed))));
      }
      for (Future<?> worker : workers) {
        worker.get();
      }
    }
    for (Optional<Lease> rest = STORE.pieces.claim(run, STORE.me);
        rest.isPresent();
        rest = STORE.pieces.claim(run, STORE.me)) {
      assertThat(STORE.pieces.close(rest.get())).isTrue();
    }
    assertThat(STORE.pieces.allClosed(run)).isTrue();
    Tally tally = STORE.runs.tally(run);
    assertThat(tally.enriched()).isEqualTo(2_000);
    assertThat(STORE.value("SELECT count(*) FROM ra_horses WHERE dob IS NOT NULL"))
        .isEqualTo("2000");
    assertThat(STORE.value("SELECT count(*) FROM ra_horse_pedigree")).isEqualTo("2000");
    assertThat(SWEEPS.totals(run).brought()).as("both had their part").isBetween(1L, 1_999L);
  }

  private static void sweep(long run, UUID worker, RandomGenerator random) {
    for (Optional<DayLease> day = STORE.pieces.claimDay(run, worker);
        day.isPresent();
        day = STORE.pieces.claimDay(run, worker)) {
      String[] horses =
          random
              .ints(1, 2_001)
              .distinct()
              .limit(60)
              .mapToObj(i -> "hrs_" + i)
              .toArray(String[]::new);
      assertThat(SWEEPS.write(day(day.get(), horses))).isPresent();
    }
  }

  private static void profiles(long run, UUID worker, RandomGenerator random) {
    for (Optional<Lease> lease = STORE.pieces.claim(run, worker);
        lease.isPresent();
        lease = STORE.pieces.claim(run, worker)) {
      Lease held = lease.get();
      List<HorseId> pending = new ArrayList<>(STORE.pieces.pending(held));
      Collections.shuffle(pending, Random.from(random));
      for (int from = 0; from < pending.size(); from += 25) {
        STORE.write(
            pending.subList(from, Math.min(pending.size(), from + 25)).stream()
                .map(horse -> TestStore.enriched(held, horse.text()))
                .toArray(Outcome[]::new));
      }
      STORE.pieces.close(held);
    }
  }

  private static String contents() {
    return String.valueOf(
        STORE.value(
            """
            SELECT md5(concat((SELECT string_agg(h::text, ';' ORDER BY horse_id) FROM ra_horses h),
                              (SELECT string_agg(l::text, ';' ORDER BY horse_id) FROM studbook.ledger l),
                              (SELECT string_agg(d::text, ';' ORDER BY day) FROM studbook.sweep_day d),
                              (SELECT string_agg(c::text, ';' ORDER BY piece_no) FROM studbook.piece c)))
            """));
  }
}
