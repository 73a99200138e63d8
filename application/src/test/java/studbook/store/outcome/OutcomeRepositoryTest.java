package studbook.store.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static studbook.store.TestStore.BLANK;
import static studbook.store.TestStore.described;
import static studbook.store.TestStore.enriched;
import static studbook.store.TestStore.error;
import static studbook.store.TestStore.failed;
import static studbook.store.TestStore.full;
import static studbook.store.TestStore.notFound;
import static studbook.store.TestStore.outcome;
import static studbook.store.TestStore.pedigree;
import static studbook.store.TestStore.profile;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import studbook.model.HorseId;
import studbook.model.HorseStatus;
import studbook.model.ProfileParents;
import studbook.store.TestStore;
import studbook.store.run.RunCounts;
import studbook.store.run.RunPlanner;
import studbook.store.work.Lease;

class OutcomeRepositoryTest {

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
  void everyStatusIsWrittenToTablesItemsAndCounts() {
    STORE.horses(8);
    Lease lease = STORE.lease();
    STORE.sql("UPDATE ra_horses SET dob = '2001-02-03', sex = 'gelding' WHERE horse_id = 'hrs_6'");
    STORE.sql("DELETE FROM ra_horses WHERE horse_id = 'hrs_7'");

    List<WriteResult> completed =
        STORE.write(
            enriched(lease, "hrs_1"),
            outcome(lease, "hrs_2", HorseStatus.NO_DOB, profile(null, pedigree(902))),
            outcome(lease, "hrs_3", HorseStatus.BASIC, profile(null, ProfileParents.UNKNOWN)),
            notFound(lease, "hrs_4"),
            failed(lease, "hrs_5"),
            enriched(lease, "hrs_6"),
            enriched(lease, "hrs_7"));

    assertThat(described(completed))
        .containsExactly(
            "hrs_1 RowWritten enriched",
            "hrs_2 RowWritten no_dob",
            "hrs_3 RowWritten basic",
            "hrs_4 RowWritten not_found",
            "hrs_5 RowWritten failed",
            "hrs_6 RowWritten already_filled",
            "hrs_7 RowWritten missing");
    assertThat(STORE.horse("hrs_1"))
        .containsEntry("dob", "2018-03-04")
        .containsEntry("sex", "mare")
        .containsEntry("sex_code", "M")
        .containsEntry("colour", "bay")
        .containsEntry("colour_code", "B")
        .containsEntry("region", "ire")
        .containsEntry("name", "Horse 1");
    assertThat(STORE.pedigree("hrs_1").values())
        .containsExactlyInAnyOrder(
            "sir_901",
            "Sire 901 (GB)",
            "dam_901",
            "Dam 901 (IRE)",
            "dsi_901",
            "Damsire 901 (FR)",
            "A Breeder",
            "ire");
    assertThat(STORE.horse("hrs_2")).containsEntry("sex", "mare").containsEntry("dob", null);
    assertThat(STORE.horse("hrs_6"))
        .containsEntry("dob", "2001-02-03")
        .containsEntry("sex", "gelding")
        .containsEntry("colour", null);
    assertThat(
            STORE.value(
                "SELECT string_agg(horse_id, ' ' ORDER BY horse_id) FROM ra_horse_pedigree"))
        .isEqualTo("hrs_1 hrs_2");
    RunCounts counts = STORE.runRepository.counts(lease.run());
    assertThat(counts).isEqualTo(new RunCounts(8, 1, 1, 1, 1, 1, 1, 1, 2, 10));
    assertThat(counts.pending()).isEqualTo(1);
    STORE.assertTallyIsTheLedger(lease.run());
    assertThat(
            STORE.row(
                "SELECT error_kind, http_status, request_count, duration_ms, error_message, endpoint FROM studbook.work_item WHERE"
                    + " horse_id = 'hrs_5'"))
        .containsEntry("error_kind", "timeout")
        .containsEntry("http_status", null)
        .containsEntry("request_count", 3)
        .containsEntry("duration_ms", 30_000)
        .containsEntry("endpoint", "pro")
        .containsEntry("error_message", "no complete response within 30 s");
    assertThat(STORE.value("SELECT error_kind FROM studbook.work_item WHERE horse_id = 'hrs_7'"))
        .isNull();
  }

  @Test
  void workItemsKeepAFingerprintOfTheWrittenRows() {
    STORE.horses(3);
    STORE.sql("UPDATE ra_horses SET colour = 'grey', colour_code = 'GR' WHERE horse_id = 'hrs_2'");
    Lease lease = STORE.lease();
    STORE.write(
        enriched(lease, "hrs_1"),
        outcome(lease, "hrs_2", HorseStatus.BASIC, profile(null, ProfileParents.UNKNOWN)),
        notFound(lease, "hrs_3"));
    String differing =
        """
        SELECT string_agg(i.horse_id, ' ' ORDER BY i.horse_id)
        FROM studbook.work_item i JOIN ra_horses h USING (horse_id)
        LEFT JOIN ra_horse_pedigree p ON p.horse_id = i.horse_id AND i.has_pedigree
        WHERE i.row_fingerprint IS DISTINCT FROM studbook.fingerprint(
          to_char(h.dob, 'YYYY-MM-DD'), h.sex, h.sex_code, h.colour, h.colour_code, h.region,
          p.sire_id, p.sire, p.dam_id, p.dam, p.damsire_id, p.damsire, p.breeder, p.region)
        """;
    assertThat(STORE.value(differing)).isEqualTo("hrs_3");
    STORE.sql("UPDATE ra_horse_pedigree SET dam = 'Another' WHERE horse_id = 'hrs_1'");
    STORE.sql("UPDATE ra_horses SET colour = '' WHERE horse_id = 'hrs_2'");
    assertThat(STORE.value(differing)).isEqualTo("hrs_1 hrs_2 hrs_3");
  }

  @Test
  void aRangeClosesWhenNoneOfItsHorsesIsPending() {
    STORE.horses(2);
    Lease lease = STORE.lease();
    STORE.write(enriched(lease, "hrs_1"));
    assertThat(STORE.chunks.close(lease)).isFalse();
    assertThat(STORE.chunks.allClosed(lease.run())).isFalse();
    STORE.write(notFound(lease, "hrs_2"));
    assertThat(STORE.chunks.pending(lease)).isEmpty();
    assertThat(STORE.chunks.close(new Lease(lease.run(), lease.chunk(), lease.token() - 1)))
        .as("another worker's")
        .isFalse();
    assertThat(STORE.chunks.close(lease)).isTrue();
    assertThat(STORE.chunks.allClosed(lease.run())).isTrue();
  }

  @Test
  void aBlankFromTheApiChangesNothing() {
    STORE.horses(1);
    STORE.sql(
        "UPDATE ra_horses SET sex = 'filly', sex_code = 'F', colour = 'grey', colour_code = 'GR',"
            + " region = 'fr', updated_at = '2020-01-01'");
    STORE.sql(
        """
        INSERT INTO ra_horse_pedigree (horse_id, sire_id, sire, dam_id, dam, damsire_id, damsire, breeder, region)
        VALUES ('hrs_1', 'sir_5', 'Old Sire', 'dam_5', 'Old Dam', 'dsi_5', 'Old Damsire', 'Old Breeder', 'fr')
        """);
    Map<String, Object> pedigreeBefore = STORE.pedigree("hrs_1");
    Map<String, Object> horseBefore = STORE.horse("hrs_1");
    Lease lease = STORE.lease();

    STORE.write(outcome(lease, "hrs_1", HorseStatus.NO_DOB, BLANK));

    assertThat(STORE.horse("hrs_1")).isEqualTo(horseBefore);
    assertThat(STORE.pedigree("hrs_1")).isEqualTo(pedigreeBefore);
    assertThat(STORE.value("SELECT updated_at = '2020-01-01' FROM ra_horses")).isEqualTo("true");
  }

  @Test
  void anEmptyTextInAColumnIsABlankThatIsFilled() {
    STORE.horses(1);
    STORE.sql(
        "UPDATE ra_horses SET sex = '', sex_code = '', colour = '', colour_code = '', region = ''");
    STORE.sql(
        "INSERT INTO ra_horse_pedigree (horse_id, sire_id, sire, breeder, region) VALUES ('hrs_1',"
            + " '', '', '', '')");
    STORE.write(enriched(STORE.lease(), "hrs_1"));
    assertThat(STORE.horse("hrs_1"))
        .containsEntry("sex", "mare")
        .containsEntry("colour_code", "B")
        .containsEntry("region", "ire");
    assertThat(STORE.pedigree("hrs_1"))
        .containsEntry("sire_id", "sir_901")
        .containsEntry("breeder", "A Breeder")
        .containsEntry("region", "ire");
  }

  @Test
  void aPedigreesRegionIsItsHorsesThoughTheAnswerHasNone() {
    STORE.horses(1);
    STORE.sql("UPDATE ra_horses SET region = 'fr'");
    var bare = new studbook.model.Profile(null, null, null, null, null, null, null, pedigree(903));
    STORE.write(outcome(STORE.lease(), "hrs_1", HorseStatus.BASIC, bare));
    assertThat(STORE.pedigree("hrs_1")).containsEntry("region", "fr");
  }

  @Test
  void aBreederAloneMakesNoPedigree() {
    STORE.horses(1);
    Lease lease = STORE.lease();
    STORE.write(
        outcome(
            lease,
            "hrs_1",
            HorseStatus.ENRICHED,
            profile(java.time.LocalDate.of(2019, 1, 1), ProfileParents.UNKNOWN)));
    assertThat(STORE.value("SELECT count(*) FROM ra_horse_pedigree")).isEqualTo("0");
    assertThat(STORE.runRepository.counts(lease.run()).withoutPedigree()).isEqualTo(1);
  }

  @Test
  void aHorseIsKnownFromADetailedProfileOrARacecard() {
    STORE.horses(4);
    Lease lease = STORE.lease();
    STORE.write(enriched(lease, "hrs_1"), notFound(lease, "hrs_2"), failed(lease, "hrs_3"));
    STORE.sql(
        "INSERT INTO studbook.cached_profile (horse_id, racecard_date) VALUES ('hrs_5', DATE '2026-01-02')");
    assertThat(
            Stream.of("hrs_1", "hrs_2", "hrs_3", "hrs_4", "hrs_5")
                .filter(id -> STORE.outcomeRepository.isKnown(new HorseId(id))))
        .containsExactly("hrs_1", "hrs_5");
  }

  @Test
  void theSameBatchAgainChangesNothing() {
    STORE.horses(3);
    Lease lease = STORE.lease();
    Outcome[] batch = {enriched(lease, "hrs_1"), failed(lease, "hrs_2"), notFound(lease, "hrs_3")};
    STORE.write(batch);
    String before = contents();
    assertThat(described(STORE.write(batch)))
        .containsExactly("hrs_1 AlreadyWritten", "hrs_2 AlreadyWritten", "hrs_3 AlreadyWritten");
    assertThat(contents()).isEqualTo(before);
    STORE.assertTallyIsTheLedger(lease.run());
  }

  @Test
  void aWorkerWhoseLeaseIsLostWritesNothing() {
    STORE.horses(2);
    Lease late = STORE.lease();
    STORE.chunks.release(late.run(), STORE.me);
    Lease next = STORE.claim(late.run(), STORE.registerElsewhere()).orElseThrow();
    String before = contents();

    assertThat(described(STORE.write(enriched(late, "hrs_1"), failed(late, "hrs_2"))))
        .containsExactly("hrs_1 LeaseLost", "hrs_2 LeaseLost");
    assertThat(contents()).isEqualTo(before);
    assertThat(described(STORE.write(enriched(next, "hrs_1"))))
        .containsExactly("hrs_1 RowWritten enriched");
  }

  @Test
  void ofTwoChunksInABatchOnlyTheLeasedOneIsWritten() {
    STORE.horses(RunPlanner.PIECE_SIZE + 1);
    long run = STORE.plan();
    Lease first = STORE.claim(run, STORE.me).orElseThrow();
    Lease second = STORE.claim(run, STORE.me).orElseThrow();
    String ofFirst = STORE.chunks.pending(first).getFirst().text();
    String ofSecond = STORE.chunks.pending(second).getFirst().text();
    Lease stale = new Lease(run, first.chunk(), first.token() - 1);
    assertThat(described(STORE.write(enriched(stale, ofFirst), enriched(second, ofSecond))))
        .containsExactlyInAnyOrder(ofFirst + " LeaseLost", ofSecond + " RowWritten enriched");
  }

  @Test
  void aHorseDeletedWhileTheWriteWaitsForItIsGone() throws Exception {
    STORE.horses(2);
    Lease lease = STORE.lease();
    try (var other = STORE.jdbi.open()) {
      other.begin();
      other.execute("DELETE FROM ra_horses WHERE horse_id = 'hrs_1'");
      var writing =
          java.util.concurrent.CompletableFuture.supplyAsync(
              () -> STORE.write(enriched(lease, "hrs_1"), enriched(lease, "hrs_2")));
      STORE.awaitSomebodyWaitsForALock();
      other.commit();
      assertThat(described(writing.get()))
          .containsExactly("hrs_1 RowWritten missing", "hrs_2 RowWritten enriched");
    }
    STORE.assertTallyIsTheLedger(lease.run());
  }

  @Test
  void aHorseFilledWhileTheWriteWaitsForItIsLeftAlone() throws Exception {
    STORE.horses(1);
    Lease lease = STORE.lease();
    try (var other = STORE.jdbi.open()) {
      other.begin();
      other.execute("UPDATE ra_horses SET dob = '1999-09-09'");
      var writing =
          java.util.concurrent.CompletableFuture.supplyAsync(
              () -> STORE.write(enriched(lease, "hrs_1")));
      STORE.awaitSomebodyWaitsForALock();
      other.commit();
      assertThat(described(writing.get())).containsExactly("hrs_1 RowWritten already_filled");
    }
    assertThat(STORE.horse("hrs_1")).containsEntry("dob", "1999-09-09").containsEntry("sex", null);
    assertThat(STORE.value("SELECT count(*) FROM ra_horse_pedigree")).isEqualTo("0");
  }

  @Test
  void errorsAreWrittenWithTheOutcomes() {
    STORE.horses(1);
    Lease lease = STORE.lease();
    STORE.outcomeRepository.write(
        List.of(failed(lease, "hrs_1")), List.of(error(lease.run(), "one")));
    STORE.outcomeRepository.write(
        List.of(), List.of(error(lease.run(), "two"), error(lease.run(), "three")));
    assertThat(STORE.value("SELECT string_agg(message, ' ' ORDER BY error_id) FROM studbook.error"))
        .isEqualTo("one two three");
    assertThat(new ErrorLog(STORE.jdbi).failedHorses(lease.run())).containsExactly("hrs_1");
  }

  @Test
  void anUnrepresentableErrorIsWrittenInAscii() {
    STORE.horses(1);
    Lease lease = STORE.lease();
    ErrorEntry nul = error(lease.run(), "a\0b");
    assertThat(
            described(
                STORE.outcomeRepository.write(List.of(enriched(lease, "hrs_1")), List.of(nul))))
        .as("the horse is not to blame")
        .containsExactly("hrs_1 RowWritten enriched");
    STORE.outcomeRepository.write(List.of(), List.of(error(lease.run(), "a\0b")));
    assertThat(STORE.value("SELECT string_agg(message, ' ') FROM studbook.error"))
        .isEqualTo("a?b a?b");
  }

  @Test
  void moreRequestsThanTheColumnsFitAreNoFailure() {
    STORE.horses(1);
    Lease lease = STORE.lease();
    var trace = new Outcome.RequestTrace("pro", 200, 40_000, Duration.ofMillis(3));
    Outcome patient =
        new Outcome(
            lease,
            new HorseId("hrs_1"),
            HorseStatus.ENRICHED,
            Optional.of(full()),
            Optional.empty(),
            trace);
    assertThat(described(STORE.write(patient))).containsExactly("hrs_1 RowWritten enriched");
  }

  private String contents() {
    return String.valueOf(
        STORE.value(
            """
            SELECT md5(concat((SELECT string_agg(h::text, ';' ORDER BY horse_id) FROM ra_horses h),
                              (SELECT string_agg(p::text, ';' ORDER BY horse_id) FROM ra_horse_pedigree p),
                              (SELECT string_agg(i::text, ';' ORDER BY horse_id) FROM studbook.work_item i),
                              (SELECT string_agg(c::text, ';' ORDER BY chunk_no) FROM studbook.chunk c)))
            """));
  }
}
