package studbook.store.racecard;

import static org.assertj.core.api.Assertions.assertThat;
import static studbook.store.TestStore.described;
import static studbook.store.TestStore.profile;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import studbook.model.HorseId;
import studbook.model.HorseStatus;
import studbook.model.Profile;
import studbook.model.ProfileParents;
import studbook.store.TestStore;
import studbook.store.outcome.WriteResult;
import studbook.store.run.RunCounts;
import studbook.store.work.Lease;
import studbook.store.work.RacecardLease;

/** What a day that was read writes, and to whom it is leased. */
class RacecardScanRepositoryTest extends RacecardScanTestBase {

  @Test
  void daysAreLeasedNewestFirstAndRangesAreNoDays() {
    store.horses(3);
    long run = plan(3);
    assertThat(claim(run).day()).isEqualTo(LAST);
    assertThat(claim(run).day()).isEqualTo(LAST.minusDays(1));
    assertThat(store.chunks.pending(store.claim(run, store.me).orElseThrow())).hasSize(3);
    assertThat(claim(run).day()).isEqualTo(LAST.minusDays(2));
    assertThat(store.claimDay(run, store.me)).isEmpty();
    assertThat(store.claim(run, store.me)).isEmpty();
    assertThat(store.chunks.claimCached(run, store.me)).isEmpty();
  }

  @Test
  void aDayIsMarkedInTheCommitOfItsRows() {
    store.horses(4);
    long run = plan(2);
    RacecardLease newest = claim(run);
    assertThat(scans.wanted(run, List.of(new HorseId("hrs_2"), new HorseId("hrs_9"))))
        .containsExactly(new HorseId("hrs_2"));

    List<WriteResult> completed = scans.write(day(newest, "hrs_2", "hrs_3")).orElseThrow();

    assertThat(described(completed))
        .containsExactly("hrs_2 RowWritten enriched", "hrs_3 RowWritten enriched");
    assertThat(store.horse("hrs_2")).containsEntry("dob", "2018-03-04");
    assertThat(store.state(run, "hrs_2")).isEqualTo("enriched");
    assertThat(
            store.row(
                "SELECT status, request_count, runner_count, horses_completed, run_id FROM studbook.racecard_day WHERE"
                    + " racecard_date = ?",
                LAST))
        .containsEntry("status", "read")
        .containsEntry("request_count", 1)
        .containsEntry("runner_count", 400)
        .containsEntry("horses_completed", 2)
        .containsEntry("run_id", run);
    assertThat(scans.totals(run)).isEqualTo(new RacecardScanProgress(2, 1, 1, 2, Optional.empty()));
    RunCounts counts = store.runRepository.counts(run);
    assertThat(counts.enriched()).isEqualTo(2);
    assertThat(counts.requests()).isEqualTo(1);
    String before = contents();
    assertThat(described(scans.write(day(newest, "hrs_2", "hrs_3")).orElseThrow()))
        .as("a commit whose reply was lost")
        .containsExactly("hrs_2 AlreadyWritten", "hrs_3 AlreadyWritten");
    assertThat(contents()).isEqualTo(before);
  }

  @Test
  void theNewestDayWins() {
    store.horses(1);
    long run = plan(2);
    RacecardLease newest = claim(run);
    RacecardLease older = claim(run);
    scans.write(day(newest, "hrs_1"));
    Profile other = profile(LocalDate.of(1999, 1, 1), TestStore.pedigree(5));
    List<WriteResult> completed =
        scans
            .write(
                read(
                    older,
                    List.of(outcome(older.lease(), "hrs_1", HorseStatus.ENRICHED, other)),
                    List.of()))
            .orElseThrow();
    assertThat(described(completed)).containsExactly("hrs_1 AlreadyWritten");
    assertThat(store.horse("hrs_1")).containsEntry("dob", "2018-03-04");
    assertThat(scans.totals(run).completed()).isEqualTo(1);
  }

  @Test
  void incompleteValuesAreWrittenAndTheHorseStaysPending() {
    store.horses(1);
    long run = plan(1);
    RacecardLease lease = claim(run);
    Profile some = profile(null, ProfileParents.UNKNOWN);
    scans.write(
        read(
            lease, List.of(outcome(lease.lease(), "hrs_1", HorseStatus.PENDING, some)), List.of()));
    assertThat(store.horse("hrs_1"))
        .containsEntry("sex", "mare")
        .containsEntry("region", "ire")
        .containsEntry("dob", null);
    assertThat(store.state(run, "hrs_1")).isEqualTo("pending");
    assertThat(scans.totals(run).completed()).isZero();
    Lease range = store.claim(run, store.me).orElseThrow();
    assertThat(described(store.write(TestStore.enriched(range, "hrs_1"))))
        .containsExactly("hrs_1 RowWritten enriched");
  }

  @Test
  void aDayOfALostLeaseWritesNothing() {
    store.horses(1);
    long run = plan(1);
    RacecardLease late = claim(run);
    store.chunks.release(run, store.me);
    assertThat(store.claimDay(run, store.registerElsewhere())).isPresent();
    String before = contents();
    assertThat(scans.write(day(late, "hrs_1"))).isEmpty();
    assertThat(contents()).isEqualTo(before);
  }

  @Test
  void aRejectedRowAffectsNeitherOthersNorTheDay() {
    store.horses(3);
    store.sql(
        "ALTER TABLE ra_horses ADD CONSTRAINT no_two CHECK (horse_id <> 'hrs_2' OR dob IS NULL)");
    try {
      long run = plan(1);
      List<WriteResult> completed =
          scans.write(day(claim(run), "hrs_1", "hrs_2", "hrs_3")).orElseThrow();
      assertThat(described(completed))
          .containsExactly(
              "hrs_1 RowWritten enriched", "hrs_2 RowWritten failed", "hrs_3 RowWritten enriched");
      assertThat(store.value("SELECT status FROM studbook.racecard_day")).isEqualTo("read");
      assertThat(scans.totals(run).left()).isZero();
      assertThat(scans.totals(run).completed()).isEqualTo(3);
    } finally {
      store.sql("ALTER TABLE ra_horses DROP CONSTRAINT no_two");
    }
  }

  @Test
  void aRejectedPartialRowIsReportedAndCompletesNothing() {
    store.horses(1);
    store.sql("ALTER TABLE ra_horses ADD CONSTRAINT no_mare CHECK (sex <> 'mare')");
    try {
      long run = plan(1);
      RacecardLease lease = claim(run);
      Profile some = profile(null, ProfileParents.UNKNOWN);
      scans.write(
          read(
              lease,
              List.of(outcome(lease.lease(), "hrs_1", HorseStatus.PENDING, some)),
              List.of()));
      assertThat(store.state(run, "hrs_1")).isEqualTo("pending");
      assertThat(store.value("SELECT kind FROM studbook.error")).isEqualTo("database_rejected");
    } finally {
      store.sql("ALTER TABLE ra_horses DROP CONSTRAINT no_mare");
    }
  }

  private static RacecardDayWrite unread(RacecardLease lease, RacecardDayWrite.DayStatus status) {
    return new RacecardDayWrite(
        lease.lease(),
        lease.day(),
        status,
        Optional.of("answered 404"),
        1,
        0,
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  @Test
  void daysThatWereNotReadAreRequestedAgainWhenTheRunIsResumed() {
    store.horses(1);
    long run = plan(4);
    scans.write(unread(claim(run), RacecardDayWrite.DayStatus.REJECTED));
    scans.write(unread(claim(run), RacecardDayWrite.DayStatus.FAILED));
    scans.write(day(claim(run)));
    scans.end(run, store.me, Set.of(), true, "the API answers 404");
    assertThat(scans.totals(run).left()).isZero();

    store.runStates.leave(run, store.me, Optional.empty(), "stopped");
    store.runRepository.resume(store.me);

    assertThat(scans.totals(run).left()).isEqualTo(3);
    assertThat(store.chunks.claimDay(run, store.registerElsewhere(), Set.of()).orElseThrow().day())
        .isEqualTo(LAST);
    assertThat(scans.totals(run).decision().orElse("")).contains("3 days were not read");
  }

  @Test
  void daysThatAreGivenUpForGoodAreNotRequestedAgain() {
    store.horses(1);
    long run = plan(4);
    scans.end(run, store.me, Set.of(), false, "no more racecards");
    store.runStates.leave(run, store.me, Optional.empty(), "stopped");
    store.runRepository.resume(store.me);
    assertThat(scans.totals(run).left()).isZero();
  }

  @Test
  void unreadDaysDoNotEndTheScan() {
    store.horses(1);
    long run = plan(20);
    for (int i = 0; i < 14; i++) {
      scans.write(
          unread(
              claim(run),
              i % 2 == 0
                  ? RacecardDayWrite.DayStatus.REJECTED
                  : RacecardDayWrite.DayStatus.FAILED));
    }
    assertThat(scans.paysNoMore(run, 14)).isFalse();
  }
}
