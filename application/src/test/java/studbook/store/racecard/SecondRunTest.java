package studbook.store.racecard;

import static org.assertj.core.api.Assertions.assertThat;
import static studbook.store.TestStore.TRACE;
import static studbook.store.TestStore.full;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import studbook.model.HorseId;
import studbook.model.HorseStatus;
import studbook.model.PauseCause;
import studbook.store.TestStore;
import studbook.store.outcome.Outcome;
import studbook.store.outcome.WriteResult;
import studbook.store.run.RacecardSpanTest;
import studbook.store.run.WorkerRepository;
import studbook.store.work.Lease;
import studbook.store.work.RacecardLease;

/**
 * The statements that a run repeats, with the statistics of an older run only: the planner believes
 * that the new run has no rows, and any plan costs the same. What a statement reads must not grow
 * with the run all the same.
 */
class SecondRunTest {

  private static final int HORSES = 20_000;

  /** Smaller than a real one, so that many pieces need few horses. */
  private static final int PIECE = 10;

  /** Rows and index entries; a hundredth of what reading a run whole takes. */
  private static final long FEW = 400;

  /** Of one batch: each horse is looked up in several steps. */
  private static final int BATCH = 100;

  private static final long FEW_PER_HORSE = 30;

  private static final TestStore STORE = TestStore.fresh();
  private static long run;

  @BeforeAll
  static void makeTwoRuns() {
    STORE.sql(
        """
        INSERT INTO ra_horses (horse_id, name) SELECT 'hrs_' || (100000 + i), 'Horse ' || i FROM generate_series(0, ? - 1) i
        """,
        HORSES);
    long old = STORE.plan();
    STORE.sql(
        """
        UPDATE studbook.work_item SET state = 'enriched', endpoint = 'pro', http_status = 200, completed_at = clock_timestamp()
        """);
    STORE.sql("UPDATE studbook.chunk SET open = false, enriched = horse_count");
    STORE.sql(
        """
        INSERT INTO studbook.cached_profile (horse_id, racecard_date, name)
        SELECT 'hrs_' || (200000 + i), '2026-01-01', 'Known ' || i FROM generate_series(0, ? - 1) i
        """,
        HORSES);
    assertThat(STORE.runRepository.finish(old, STORE.me)).isTrue();
    STORE.sql("VACUUM ANALYZE");
    run = STORE.plan();
    STORE.sql("DELETE FROM studbook.chunk WHERE run_id = ?", run);
    STORE.sql(
        """
        INSERT INTO studbook.chunk (run_id, chunk_no, first_horse_id, last_horse_id, horse_count)
        SELECT ?, i, 'hrs_' || (100000 + i * ?), 'hrs_' || (100000 + i * ? + ? - 1), ?
        FROM generate_series(0, ? - 1) i
        """,
        run,
        PIECE,
        PIECE,
        PIECE,
        PIECE,
        HORSES / PIECE);
    STORE.sql(
        """
        INSERT INTO studbook.chunk (run_id, chunk_no, kind, racecard_date, horse_count)
        SELECT ?, 100000 + i, 'racecard_day', date '2025-06-30' - i, 0 FROM generate_series(0, 364) i
        """,
        run);
  }

  @AfterAll
  static void close() {
    STORE.close();
  }

  private static String horse(int number) {
    return "hrs_" + (100_000 + number);
  }

  /** Runs {@code statement} on one session, undoes it, and counts what it read. */
  private static long rowsReadBy(Runnable statement) {
    return STORE.jdbi.withHandle(handle -> {
      handle.begin();
      long before = rowsRead(handle);
      statement.run();
      long read = rowsRead(handle) - before;
      handle.rollback();
      return read;
    });
  }

  private static long rowsRead(Handle handle) {
    return handle
        .select(
            """
            SELECT sum(pg_stat_get_xact_tuples_returned(c.oid) + pg_stat_get_xact_tuples_fetched(c.oid))
            FROM pg_class c
            WHERE c.relnamespace IN ('studbook'::regnamespace, 'public'::regnamespace) AND c.relkind IN ('r', 'i')
            """)
        .mapTo(Long.class)
        .one();
  }

  private static Lease claim() {
    return STORE.chunks.claim(run, STORE.me, Set.of()).orElseThrow();
  }

  @Test
  void claimingReadingAndClosingAChunk() {
    assertThat(rowsReadBy(SecondRunTest::claim)).isLessThan(FEW);
    Lease lease = claim();
    assertThat(rowsReadBy(() -> assertThat(STORE.chunks.pending(lease)).hasSize(PIECE)))
        .isLessThan(FEW);
    assertThat(rowsReadBy(() -> assertThat(STORE.chunks.close(lease)).isFalse())).isLessThan(FEW);
    assertThat(rowsReadBy(() -> assertThat(STORE.chunks.allClosed(run)).isFalse())).isLessThan(FEW);
  }

  @Test
  void writingABatchOfProfiles() {
    Lease lease = claim();
    for (int size : new int[] {1, 15, BATCH}) {
      List<Outcome> batch =
          IntStream.range(0, size).mapToObj(i -> TestStore.enriched(lease, horse(i))).toList();
      assertThat(
              rowsReadBy(() ->
                  assertThat(STORE.outcomeRepository.write(batch, List.of()))
                      .allMatch(WriteResult.RowWritten.class::isInstance)))
          .as("%d horses", size)
          .isLessThan(FEW + size * FEW_PER_HORSE);
    }
  }

  @Test
  void writingADay() {
    RacecardScanRepository scans = new RacecardScanRepository(STORE.jdbi);
    RacecardLease day = STORE.chunks.claimDay(run, STORE.me, Set.of()).orElseThrow();
    List<HorseId> cards =
        IntStream.range(0, BATCH).mapToObj(i -> new HorseId(horse(i * 150))).toList();
    assertThat(rowsReadBy(() -> assertThat(scans.wanted(run, cards)).hasSize(BATCH)))
        .isLessThan(FEW + BATCH * FEW_PER_HORSE);
    RacecardDayWrite read =
        RacecardScanTestBase.read(
            day,
            cards.stream()
                .map(horse ->
                    new Outcome(
                        day.lease(),
                        horse,
                        HorseStatus.ENRICHED,
                        Optional.of(full()),
                        Optional.empty(),
                        TRACE))
                .toList(),
            IntStream.range(0, BATCH)
                .mapToObj(i -> RacecardSpanTest.known("hrs_" + (200_000 + i * 150), "Known " + i))
                .toList());
    assertThat(rowsReadBy(() -> assertThat(scans.write(read)).isPresent()))
        .isLessThan(FEW + 2 * BATCH * FEW_PER_HORSE);
    assertThat(rowsReadBy(() -> scans.paysNoMore(run, 14))).isLessThan(FEW);
    assertThat(rowsReadBy(() -> assertThat(scans.totals(run).days()).isEqualTo(365)))
        .isLessThan(3 * 365);
  }

  /**
   * Forty horses are known; they are read in batches, and each batch begins where the last ended.
   */
  @Test
  void readingCachedProfiles() {
    CachedProfileRepository cachedProfiles = new CachedProfileRepository(STORE.jdbi);
    STORE.sql(
        """
        INSERT INTO studbook.cached_profile (horse_id, racecard_date, name)
        SELECT 'hrs_' || (100000 + i * 500), '2026-01-01', 'Known ' || i FROM generate_series(0, 39) i
        """);
    try {
      assertThat(
              rowsReadBy(
                  () -> assertThat(cachedProfiles.pending(run, Optional.empty(), 20)).hasSize(20)))
          .isLessThan(FEW);
    } finally {
      STORE.sql("DELETE FROM studbook.cached_profile WHERE horse_id < 'hrs_2'");
    }
  }

  @Test
  void sendingAHeartbeat() {
    WorkerRepository.WorkerStatus status =
        new WorkerRepository.WorkerStatus(Optional.of(run), 1, 0, Optional.of(Duration.ZERO));
    claim();
    assertThat(rowsReadBy(() -> STORE.workerRepository.heartbeat(STORE.me, status)))
        .isLessThan(FEW);
    assertThat(rowsReadBy(() -> STORE.runStates.poll(run))).isLessThan(FEW);
    assertThat(
            rowsReadBy(() ->
                STORE.runStates.pause(run, STORE.me, PauseCause.API, "why", Optional.empty())))
        .isLessThan(FEW);
  }

  /** These may read every piece, a 250th of the horses. */
  @Test
  void countingAndListing() {
    long every = 4 * HORSES / PIECE + FEW;
    assertThat(rowsReadBy(() -> STORE.runRepository.counts(run))).isLessThan(every);
    assertThat(rowsReadBy(() -> STORE.workerRepository.present())).isLessThan(every);
    assertThat(rowsReadBy(() -> STORE.chunks.release(run, STORE.me))).isLessThan(every);
  }

  @Test
  void findingHorsesWithProfiles() {
    assertThat(rowsReadBy(() -> assertThat(STORE.outcomeRepository.answered(5)).hasSize(5)))
        .isLessThan(4 * HORSES / PIECE + FEW);
  }
}
