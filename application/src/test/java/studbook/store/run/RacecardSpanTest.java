package studbook.store.run;

import static org.assertj.core.api.Assertions.assertThat;
import static studbook.store.TestStore.owned;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import studbook.model.HorseId;
import studbook.model.RawProfile;
import studbook.model.RawProfile.RawParent;
import studbook.store.TestStore;
import studbook.store.racecard.CachedProfile;
import studbook.store.racecard.CachedProfileRepository;
import studbook.store.racecard.RacecardScanProgress;
import studbook.store.racecard.RacecardScanTestBase;
import studbook.store.work.Lease;
import studbook.store.work.RacecardLease;
import studbook.store.work.RunEventRepository;
import studbook.time.DateRange;

/** Which days are worth reading, until when, and whom they make known. */
public class RacecardSpanTest extends RacecardScanTestBase {

  public static CachedProfile known(String horse, String name) {
    return new CachedProfile(
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

  @Test
  void daysThatWereReadLatelyAreNotReadAgain() {
    store.horses(1);
    RunPlanner planner = new RunPlanner(store.jdbi);
    LocalDate today =
        LocalDate.parse(
            String.valueOf(store.value("(clock_timestamp() AT TIME ZONE 'Europe/London')::date")));
    swept(today.minusDays(9), "read", "interval '0'");
    swept(today.minusDays(8), "failed", "interval '0'");
    swept(today.minusDays(7), "rejected", "interval '0'");
    swept(today.minusDays(6), "read", "interval '6 days 2 hours'");
    sweptAt(today.minusDays(5), "(?::date + 1)::timestamp AT TIME ZONE 'Europe/London'");
    sweptAt(
        today.minusDays(4),
        "(?::date + 1)::timestamp AT TIME ZONE 'Europe/London' - interval '1 second'");
    swept(today.plusDays(2), "read", "interval '11 hours'");
    swept(today.plusDays(3), "read", "interval '13 hours'");
    DateRange range = new DateRange(today.minusDays(9), today.plusDays(3));
    assertThat(planner.unreadDays(range)).isEqualTo(13 - 3);
    long run =
        owned(
                store.runRepository.plan(
                    store.me, TestStore.TOLD, HorseSelection.ALL, Optional.of(range)))
            .id();
    assertThat(scans.totals(run).days()).isEqualTo(10);
  }

  private static void swept(LocalDate day, String outcome, String ago) {
    store.sql(
        """
        INSERT INTO studbook.racecard_day (racecard_date, run_id, status, read_at, request_count, runner_count, horses_completed)
        VALUES (?, 1, ?, clock_timestamp() - %s, 1, 1, 1)
        """
            .formatted(ago),
        day,
        outcome);
  }

  private static void sweptAt(LocalDate day, String at) {
    store.sql(
        """
        INSERT INTO studbook.racecard_day (racecard_date, run_id, status, read_at, request_count, runner_count, horses_completed)
        VALUES (?, 1, 'read', %s, 1, 1, 1)
        """
            .formatted(at),
        day,
        day);
  }

  @Test
  void endsWhenFourteenDaysYieldedFewerHorsesThanRequests() {
    store.horses(40);
    long run = plan(20);
    int next = 1;
    for (int i = 0; i < 13; i++) {
      scans.write(day(claim(run), "hrs_" + next++));
      assertThat(scans.paysNoMore(run, 14)).isFalse();
    }
    scans.write(day(claim(run), "hrs_" + next++));
    assertThat(scans.paysNoMore(run, 14)).as("as many as requests").isFalse();
    scans.write(day(claim(run)));
    assertThat(scans.paysNoMore(run, 14)).isTrue();
    RacecardLease reading = claim(run);

    scans.end(run, store.me, Set.of(reading.lease()), false, "it pays no more");

    assertThat(scans.totals(run).left()).as("the one that is being read").isEqualTo(1);
    assertThat(store.claimDay(run, store.registerElsewhere())).isEmpty();
    assertThat(scans.write(day(reading, "hrs_" + next))).isPresent();
    assertThat(scans.totals(run))
        .isEqualTo(new RacecardScanProgress(20, 0, 16, 15, Optional.of("it pays no more")));
  }

  @Test
  void theEndIsRecordedOnceThoughDaysInProgressCloseLater() {
    store.horses(1);
    long run = plan(3);
    RacecardLease reading = claim(run);
    scans.end(run, store.me, Set.of(reading.lease()), false, "it pays no more");
    scans.end(run, store.me, Set.of(), false, "it pays no more");
    assertThat(scans.totals(run).left()).isZero();
    assertThat(new RunEventRepository(store.jdbi).of(run))
        .extracting(RunEventRepository.RunEvent::detail)
        .containsOnlyOnce(Optional.of("it pays no more"));
  }

  @Test
  void anAbandonedScanReleasesItsDays() {
    store.horses(1);
    long run = plan(3);
    RacecardLease mine = claim(run);
    scans.end(run, store.me, Set.of(), false, "nobody is wanted");
    assertThat(scans.totals(run).left()).isZero();
    assertThat(scans.write(day(mine, "hrs_1"))).isEmpty();
    assertThat(store.state(run, "hrs_1")).isEqualTo("pending");
  }

  @Test
  void unneededRunnersAreCachedNewestFirst() {
    store.horses(3);
    store.sql(
        "UPDATE ra_horses SET dob = '2000-01-01', sex = 'Gelding', sex_code = 'G', colour = 'Bay',"
            + " colour_code = 'B', region = 'GB' WHERE horse_id = 'hrs_3'");
    store.sql(
        "INSERT INTO ra_horse_pedigree (horse_id, sire_id, sire, dam_id, dam, damsire_id, damsire,"
            + " breeder, region) VALUES ('hrs_3', 'sir_1', 'S', 'dam_1', 'D', 'dsi_1', 'DS', 'B',"
            + " 'GB')");
    long run = plan(3);
    RacecardLease newest = claim(run);
    RacecardLease older = claim(run);
    scans.write(
        read(
            newest,
            List.of(),
            List.of(known("hrs_3", "Has One"), known("hrs_8", "New"), known("hrs_1", "Wanted"))));
    scans.write(
        read(older, List.of(), List.of(known("hrs_8", "Old"), known("hrs_9", "Only (IRE)"))));

    assertThat(
            store.value(
                "SELECT string_agg(horse_id || ' ' || name, ', ' ORDER BY horse_id) FROM"
                    + " studbook.cached_profile"))
        .isEqualTo("hrs_8 New, hrs_9 Only (IRE)");
    assertThat(new RunPlanner(store.jdbi).known(HorseSelection.ALL)).isZero();
    store.horses("hrs_9");
    assertThat(new RunPlanner(store.jdbi).known(HorseSelection.ALL)).isEqualTo(1);
    long next = plan(1);
    CachedProfileRepository cachedProfiles = new CachedProfileRepository(store.jdbi);
    Lease lease = store.chunks.claimCached(next, store.me).orElseThrow();
    assertThat(cachedProfiles.pending(next, Optional.empty(), 10))
        .containsExactly(known("hrs_9", "Only (IRE)"));
    assertThat(cachedProfiles.pending(next, Optional.of(new HorseId("hrs_9")), 10)).isEmpty();
    cachedProfiles.close(lease);
    assertThat(store.chunks.claimCached(next, store.registerElsewhere())).isEmpty();
  }
}
