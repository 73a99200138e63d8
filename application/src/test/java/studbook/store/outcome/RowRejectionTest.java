package studbook.store.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static studbook.store.TestStore.enriched;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import studbook.model.HorseId;
import studbook.store.TestStore;
import studbook.store.error.ErrorClassifier;
import studbook.store.racecard.RacecardDayWrite;
import studbook.store.racecard.RacecardScanRepository;
import studbook.store.racecard.RacecardScanTestBase;
import studbook.store.run.HorseSelection;
import studbook.store.run.RunCounts;
import studbook.store.run.RunRepository;
import studbook.store.work.Lease;
import studbook.store.work.RacecardLease;
import studbook.time.DateRange;

/**
 * A row that the user's schema refuses, with a state that looks like an outage or a wrong query.
 */
class RowRejectionTest {

  private static final TestStore STORE = TestStore.fresh();
  private static final List<String> PASSING =
      List.of(
          "55000", "40001", "40P01", "55P03", "57014", "57P01", "53400", "53100", "25006", "58030",
          "08000", "XX000");
  private static final List<String> OF_STATEMENTS =
      List.of("42883", "42703", "42P01", "0A000", "54001", "28P01", "3D000");

  private OutcomeRepository outcomeRepository = STORE.outcomeRepository;

  @AfterAll
  static void close() {
    STORE.close();
  }

  @BeforeEach
  void reset() {
    STORE.reset();
    outcomeRepository = new OutcomeRepository(STORE.jdbi);
    STORE.sql("CREATE TABLE bad (horse_id text PRIMARY KEY, state text)");
    STORE.sql(
        """
        CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE bad bad;
        BEGIN
          SELECT * INTO bad FROM bad WHERE horse_id = NEW.horse_id;
          IF FOUND THEN RAISE EXCEPTION 'no % here', NEW.horse_id USING ERRCODE = bad.state; END IF;
          RETURN NEW;
        END $$
        """);
    STORE.sql(
        "CREATE TRIGGER refuse BEFORE UPDATE ON ra_horses FOR EACH ROW EXECUTE FUNCTION refuse()");
  }

  @AfterEach
  void drop() {
    STORE.sql("DROP TRIGGER refuse ON ra_horses");
    STORE.sql("DROP FUNCTION refuse");
    STORE.sql("DROP TABLE bad");
  }

  private static void bad(int horse, String state) {
    STORE.sql("INSERT INTO bad VALUES (?, ?)", "hrs_" + horse, state);
  }

  private static List<Outcome> batch(Lease lease, int first, int last) {
    return IntStream.rangeClosed(first, last).mapToObj(i -> enriched(lease, "hrs_" + i)).toList();
  }

  /** Writes as the run does: the same batch again while waiting may help. */
  private List<WriteResult> writeUntilDone(List<Outcome> batch, int most) {
    List<ErrorEntry> errors = List.of(TestStore.error(batch.getFirst().lease().run(), "one"));
    for (int i = 1; i < most; i++) {
      try {
        return outcomeRepository.write(batch, errors);
      } catch (RuntimeException e) {
        assertThat(ErrorClassifier.passes(e)).as(e.toString()).isTrue();
      }
    }
    return outcomeRepository.write(batch, errors);
  }

  @Test
  void badRowsAreRejectedAloneWithAnyState() {
    STORE.horses(60);
    List<String> states = new ArrayList<>(PASSING);
    states.addAll(OF_STATEMENTS);
    states.addAll(List.of("23514", "P0001", "42501", "22001"));
    for (int i = 0; i < states.size(); i++) {
      bad(2 * i + 3, states.get(i));
    }
    Lease lease = STORE.lease();

    List<WriteResult> completed = writeUntilDone(batch(lease, 1, 60), 3);

    assertThat(completed).hasSize(60);
    for (int i = 0; i < states.size(); i++) {
      assertThat(
              STORE.row(
                  "SELECT state, error_kind, error_message FROM studbook.work_item WHERE horse_id = ?",
                  "hrs_" + (2 * i + 3)))
          .as(states.get(i))
          .containsEntry("state", "failed")
          .containsEntry("error_kind", "database_rejected")
          .containsEntry(
              "error_message",
              "the database rejected the row: no hrs_%d here (SQLSTATE %s)"
                  .formatted(2 * i + 3, states.get(i)));
    }
    assertThat(STORE.runRepository.counts(lease.run()).enriched()).isEqualTo(60 - states.size());
    assertThat(STORE.value("SELECT count(*) FROM studbook.error WHERE kind = 'timeout'"))
        .as("what was logged with the batch")
        .isEqualTo("1");
    assertThat(STORE.value("SELECT count(*) FROM studbook.error WHERE kind = 'database_rejected'"))
        .isEqualTo(String.valueOf(states.size()));
    STORE.assertTallyIsTheLedger(lease.run());
  }

  @Test
  void aLoneRowIsRejectedAfterAFewTries() {
    STORE.horses(20);
    bad(3, "55000");
    bad(9, "55000");
    Lease lease = STORE.lease();
    for (int i = 1; i <= 20; i++) {
      int tries = i == 3 ? 2 : 1;
      assertThat(writeUntilDone(batch(lease, i, i), tries)).as("hrs_" + i).hasSize(1);
    }
    assertThat(STORE.runRepository.counts(lease.run()).failed()).isEqualTo(2);
    STORE.assertTallyIsTheLedger(lease.run());
  }

  @Test
  void aSingleErrorRejectsNothing() {
    STORE.horses(10);
    bad(4, "40001");
    Lease lease = STORE.lease();
    Throwable first = catchThrowable(() -> outcomeRepository.write(batch(lease, 1, 10), List.of()));
    assertThat(ErrorClassifier.passes(first)).isTrue();
    assertThat(ErrorClassifier.reason(first)).isEqualTo("no hrs_4 here");
    STORE.sql("UPDATE bad SET state = '40P01'");
    assertThat(
            ErrorClassifier.passes(
                catchThrowable(() -> outcomeRepository.write(batch(lease, 1, 10), List.of()))))
        .as("another state is another first time")
        .isTrue();
    assertThat(STORE.state(lease.run(), "hrs_1")).isEqualTo("pending");
    STORE.sql("DELETE FROM bad");
    assertThat(outcomeRepository.write(batch(lease, 1, 10), List.of()))
        .allMatch(WriteResult.RowWritten.class::isInstance);
    assertThat(STORE.runRepository.counts(lease.run()).enriched()).isEqualTo(10);
  }

  @Test
  void rejectionOfEveryRowRecordsNothing() {
    STORE.horses(40);
    STORE.sql("INSERT INTO bad SELECT horse_id, '42883' FROM ra_horses");
    Lease lease = STORE.lease();
    for (int i = 0; i < 12; i++) {
      Throwable thrown =
          catchThrowable(() -> outcomeRepository.write(batch(lease, 1, 40), List.of()));
      assertThat(ErrorClassifier.passes(thrown)).as("waits, whatever the state").isTrue();
    }
    assertThat(STORE.runRepository.counts(lease.run()).processed()).isZero();
    STORE.sql("DELETE FROM bad");
    assertThat(outcomeRepository.write(batch(lease, 1, 40), List.of())).hasSize(40);
    assertThat(STORE.runRepository.counts(lease.run()).enriched()).isEqualTo(40);
  }

  @Test
  void badRowsAtOneEndDoNotHideThatOthersCanBeWritten() {
    STORE.horses(100);
    STORE.sql("INSERT INTO bad SELECT 'hrs_' || i, '57014' FROM generate_series(1, 70) i");
    Lease lease = STORE.lease();
    assertThat(writeUntilDone(batch(lease, 1, 100), 4)).hasSize(100);
    RunCounts counts = STORE.runRepository.counts(lease.run());
    assertThat(List.of(counts.enriched(), counts.failed())).containsExactly(30L, 70L);
  }

  @Test
  void aTableLevelErrorOfSingleRowsCostsFewHorses() {
    STORE.horses(30);
    STORE.sql("INSERT INTO bad SELECT horse_id, '55P03' FROM ra_horses");
    Lease lease = STORE.lease();
    int row = 1;
    for (int tries = 0; tries < 60; tries++) { // a minute of tries, one row at a time
      try {
        outcomeRepository.write(batch(lease, row, row), List.of());
        row++;
      } catch (RuntimeException e) {
        assertThat(ErrorClassifier.passes(e)).isTrue();
      }
    }
    assertThat(STORE.runRepository.counts(lease.run()).failed()).isBetween(1L, 5L);
  }

  @Test
  void aRacecardDayIsWrittenWithoutItsRejectedRows() {
    STORE.horses(30);
    bad(7, "55000");
    bad(8, "0A000");
    LocalDate last = RacecardScanTestBase.LAST;
    RunRepository.StartResult start =
        STORE.runRepository.plan(
            STORE.me, TestStore.TOLD, HorseSelection.ALL, Optional.of(new DateRange(last, last)));
    RacecardLease lease =
        STORE.chunks.claimDay(TestStore.owned(start).id(), STORE.me, Set.of()).orElseThrow();
    RacecardDayWrite day = RacecardScanTestBase.read(lease, batch(lease.lease(), 1, 30), List.of());
    RacecardScanRepository scans = new RacecardScanRepository(STORE.jdbi);
    assertThat(ErrorClassifier.passes(catchThrowable(() -> scans.write(day)))).isTrue();
    assertThat(scans.write(day).orElseThrow()).hasSize(30);
    assertThat(STORE.runRepository.counts(day.lease().run()).failed()).isEqualTo(2);
  }

  @Test
  void newHorsesAreInsertedButForThoseRefused() {
    STORE.sql(
        "CREATE TRIGGER refuse_new BEFORE INSERT ON ra_horses FOR EACH ROW EXECUTE FUNCTION refuse()");
    try {
      List<NewHorse> all =
          IntStream.rangeClosed(1, 30)
              .mapToObj(i -> new NewHorse(new HorseId("hrs_" + i), "Horse " + i, TestStore.full()))
              .toList();
      for (int i = 0; i < PASSING.size(); i++) {
        bad(i + 1, PASSING.get(i));
      }
      bad(20, "42883");
      NewHorseInserter.InsertResult result = new NewHorseInserter(STORE.jdbi).insert(all);
      assertThat(result.inserted()).hasSize(30 - PASSING.size() - 1);
      assertThat(result.refused()).hasSize(PASSING.size() + 1);
      STORE.sql("TRUNCATE bad");
      STORE.sql("INSERT INTO bad SELECT 'hrs_' || i, '42883' FROM generate_series(1, 30) i");
      STORE.sql("DELETE FROM ra_horses");
      Throwable none = catchThrowable(() -> new NewHorseInserter(STORE.jdbi).insert(all));
      assertThat(Optional.of(none))
          .hasValueSatisfying(e -> assertThat(ErrorClassifier.passes(e)).isTrue());
    } finally {
      STORE.sql("DROP TRIGGER refuse_new ON ra_horses");
    }
  }
}
