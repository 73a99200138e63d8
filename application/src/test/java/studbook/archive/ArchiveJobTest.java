package studbook.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.Period;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import studbook.model.ErrorKind;
import studbook.store.TestStore;
import studbook.store.error.StoreException;
import studbook.store.racecard.RacecardScanRepository;
import studbook.store.run.RunCounts;
import studbook.store.run.RunTimeline;
import studbook.store.run.RunTimelineQueries;
import studbook.store.statistics.ConsistentSnapshot;
import studbook.store.statistics.FinalOutcomeCounts;

class ArchiveJobTest {

  private static final TestStore STORE = TestStore.fresh();
  private static final String ERRORS = "errors-2026-10.jsonl.zst";

  @TempDir Path home;
  private ArchiveScene scene;

  @AfterAll
  static void close() {
    STORE.close();
  }

  @BeforeEach
  void prepare() {
    scene = new ArchiveScene(STORE, home);
  }

  @Test
  void rowsOfClosedMonthsMoveToFiles() throws Exception {
    scene.run("2026-10-05T10:00:00Z", "finished");
    List<String> errors = scene.errorIds();
    List<String> samples = scene.rows("SELECT sample_id::text FROM studbook.run_sample ORDER BY 1");

    assertThat(scene.archive())
        .extracting(file -> "%s %s %d".formatted(file.content(), file.month(), file.rows()))
        .containsExactly("errors 2026-10 500", "samples 2026-10 360", "events 2026-10 3");

    assertThat(scene.values(ERRORS, "entry_id")).isEqualTo(errors);
    assertThat(scene.values("samples-2026-10.jsonl.zst", "sample_id")).isEqualTo(samples);
    assertThat(scene.values("events-2026-10.jsonl.zst", "event"))
        .containsExactly("paused", "planned", "resumed");
    assertThat(scene.lines(ERRORS).getFirst())
        .startsWith("{\"occurred_at\":\"2026-10-05T10:00:01.000000Z\",\"error_id\":")
        .endsWith("\"message\":\"no é response \\\"1\"}");
    assertThat(
            STORE.value(
                "SELECT (SELECT count(*) FROM studbook.error) + (SELECT count(*) FROM"
                    + " studbook.run_sample) + (SELECT count(*) FROM studbook.run_event)"))
        .isEqualTo("0");
  }

  @Test
  void filesAreTheOwnersAndMatchTheirChecksums() throws Exception {
    scene.run("2026-10-05T10:00:00Z", "finished");
    scene.archive();
    Path folder = home.resolve("archive");
    Process check =
        new ProcessBuilder("sh", "-c", "sha256sum --check --strict *.sha256")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    assertThat(new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .hasLineCount(3)
        .contains("OK");
    assertThat(check.waitFor()).isZero();
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.toList())
          .hasSize(6)
          .allSatisfy(file ->
              assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                  .isEqualTo("rw-------"));
    }
  }

  @Test
  void runsThatHaveNotEndedForGoodKeepEverything() throws Exception {
    scene.run("2025-08-05T10:00:00Z", "stopped");
    scene.run("2025-09-05T10:00:00Z", "running");
    long errors = scene.errorIds().size();
    assertThat(scene.archive()).isEmpty();
    assertThat(scene.errorIds()).hasSize((int) errors);
    assertThat(STORE.value("SELECT count(*) FROM studbook.work_item")).isEqualTo("1200");
  }

  @Test
  void oldNotificationsAreDeletedWhenTheyWereSentOrGivenUp() throws Exception {
    STORE.sql(
        """
        INSERT INTO studbook.notification (event_key, channel, event, occurred_at, text, state)
        VALUES ('a', 'mail', 'run_finished', '2026-10-31 23:59:59Z', 'old', 'sent'),
               ('b', 'mail', 'run_finished', '2026-10-01 00:00:00Z', 'given up', 'failed'),
               ('c', 'mail', 'run_finished', '2026-10-01 00:00:00Z', 'waits', 'pending'),
               ('d', 'mail', 'run_finished', '2026-11-01 00:00:00Z', 'of this month', 'sent')
        """);
    assertThat(scene.archive()).isEmpty();
    assertThat(
            STORE.value(
                "SELECT string_agg(text, ', ' ORDER BY event_key) FROM studbook.notification"))
        .isEqualTo("waits, of this month");
  }

  @Test
  void theCurrentMonthStays() throws Exception {
    scene.run("2026-11-02T10:00:00Z", "finished");
    scene.run("2026-10-31T23:30:00Z", "finished"); // ends in November
    assertThat(scene.archive()).isEmpty();
    assertThat(scene.errorIds()).hasSize(1_000);
  }

  @Test
  void totalsOfAnArchivedRunStay() throws Exception {
    long run = scene.run("2025-10-05T10:00:00Z", "finished");
    scene.run("2026-10-05T10:00:00Z", "finished");
    RunCounts counts = STORE.runRepository.counts(run);
    RunTimeline timeline = timeline(run);
    assertThat(timeline.working().toMinutes()).isEqualTo(45);
    long days = days(run);

    assertThat(scene.archive()).extracting(ArchivedFile::content).contains("work-items", "chunks");

    assertThat(STORE.runRepository.counts(run)).isEqualTo(counts);
    assertThat(timeline(run)).isEqualTo(timeline);
    assertThat(days(run)).isEqualTo(days);
    assertThat(scene.values("work-items-2025-10.jsonl.zst", "horse_id")).hasSize(600);
    assertThat(scene.values("chunks-2025-10.jsonl.zst", "chunk_no")).hasSize(7);
    assertThat(
            scene.rows("SELECT run_id || ' ' || count(*) FROM studbook.work_item GROUP BY run_id"))
        .containsExactly((run + 1) + " 600");
    assertThat(
            STORE.value(
                "SELECT string_agg(kind || merged_chunks, ' ' ORDER BY kind) FROM studbook.chunk WHERE run_id = ?",
                run))
        .isEqualTo("horses3 racecard_day4");
  }

  @Test
  void aValidationOfAnArchivedRunHasItsTotals() throws Exception {
    long run = scene.run("2025-10-05T10:00:00Z", "finished");
    STORE.sql("UPDATE studbook.work_item SET state = 'enriched' WHERE run_id = ?", run);
    STORE.sql(
        "UPDATE studbook.work_item SET state = 'failed' WHERE run_id = ? AND horse_id IN ('hrs_1', 'hrs_2')",
        run);
    STORE.sql(
        "UPDATE studbook.chunk SET enriched = horse_count, failed = 0, missing = 0, pedigrees = 0 WHERE run_id = ?",
        run);
    STORE.sql(
        "UPDATE studbook.chunk SET enriched = enriched - 2, failed = 2 WHERE run_id = ? AND chunk_no = 0",
        run);
    FinalOutcomeCounts before = outcomes(run);
    assertThat(before).isEqualTo(new FinalOutcomeCounts(600, 2, 600, 598, 0));
    scene.archive();
    assertThat(outcomes(run)).isEqualTo(before);
    assertThat(
            ConsistentSnapshot.<Integer>take(
                STORE.jdbi, snapshot -> snapshot.totals(List.of(run)).size()))
        .isZero();
  }

  @Test
  void aLedgerStaysWhileARetryOfItsRunIsYoung() throws Exception {
    long run = scene.run("2025-10-05T10:00:00Z", "finished");
    long retry = scene.run("2026-10-05T10:00:00Z", "finished");
    STORE.sql("UPDATE studbook.run SET retry_of_run_id = ? WHERE run_id = ?", run, retry);
    assertThat(scene.archive())
        .extracting(ArchivedFile::content)
        .doesNotContain("work-items", "chunks");
    assertThat(STORE.value("SELECT count(*) FROM studbook.work_item")).isEqualTo("1200");
  }

  @Test
  void aRepeatedArchiveAddsWhatCameLaterOnce() throws Exception {
    scene.run("2026-10-05T10:00:00Z", "finished");
    List<String> first = scene.errorIds();
    scene.archive();
    assertThat(scene.archive()).isEmpty();
    scene.run("2026-10-03T10:00:00Z", "finished");
    List<String> both = Stream.concat(first.stream(), scene.errorIds().stream()).sorted().toList();
    scene.archive();
    assertThat(scene.values(ERRORS, "entry_id")).isEqualTo(both);
    assertThat(scene.lines(ERRORS)).isSorted();
  }

  @Test
  void aDamagedFileIsReportedAndNothingIsDeleted() throws Exception {
    scene.run("2026-10-05T10:00:00Z", "finished");
    scene.archive();
    Path file = home.resolve("archive").resolve(ERRORS);
    byte[] content = Files.readAllBytes(file);
    content[content.length / 2] ^= 1;
    Files.write(file, content);
    scene.run("2026-10-06T10:00:00Z", "finished");
    assertThatThrownBy(scene::archive)
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("the archive is damaged")
        .hasMessageContaining(ERRORS);
    assertThat(scene.errorIds()).hasSize(500);
    assertThat(Files.readAllBytes(file)).isEqualTo(content);
  }

  @Test
  void aSecondArchiveAtTheSameTimeIsRefused() throws Exception {
    scene.run("2026-10-05T10:00:00Z", "finished");
    Jdbi other = Jdbi.create(STORE.server.dataSource()); // a handle of this thread would be reused
    other.useTransaction(handle -> {
      handle.execute("SELECT pg_advisory_xact_lock(hashtextextended('studbook.archive', 0))");
      assertThatThrownBy(scene::archive)
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("another process archives");
    });
    assertThat(scene.errorIds()).hasSize(500);
  }

  @Test
  void aPlanListsTheSameAndWritesNothing() throws Exception {
    scene.run("2025-10-05T10:00:00Z", "finished");
    oldLog("backfill_20251005_100000.log");
    List<ArchivedFile> plan = scene.job().plan(ArchiveScene.LIMITS);
    assertThat(Files.exists(home.resolve("archive"))).isFalse();
    assertThat(STORE.value("SELECT count(timeline) FROM studbook.run")).isEqualTo("0");
    assertThat(scene.archive())
        .extracting(file -> file.content() + file.month() + file.rows())
        .isEqualTo(plan.stream().map(file -> file.content() + file.month() + file.rows()).toList());
  }

  @Test
  void oldLogsAreCompressed() throws Exception {
    STORE.sql("UPDATE studbook.worker SET last_heartbeat_at = '-infinity'");
    Path old = oldLog("worker_20251005_100000_17.log");
    Path other = oldLog("notes.log");
    Path young = oldLog("backfill_20261105_100000.log");
    Files.setLastModifiedTime(young, FileTime.from(ArchiveScene.NOW));
    assertThat(scene.archive()).extracting(ArchivedFile::content).containsExactly("log");
    assertThat(old).doesNotExist();
    assertThat(other).exists();
    assertThat(young).exists();
    assertThat(scene.lines("worker_20251005_100000_17.log.zst")).containsExactly("a line");
  }

  @Test
  void aLogOfAProcessThatMayStillRunStays() throws Exception {
    STORE.sql(
        "UPDATE studbook.worker SET registered_at = '2025-09-01', last_heartbeat_at = clock_timestamp()");
    Path log = oldLog("backfill_20251005_100000.log");
    assertThat(scene.archive()).isEmpty();
    assertThat(log).exists();
  }

  @Test
  void archivedErrorsAreReadLatestFirst() throws Exception {
    long run = scene.run("2026-10-05T10:00:00Z", "finished");
    scene.run("2026-10-06T10:00:00Z", "finished");
    scene.archive();
    Path file = home.resolve("archive").resolve(ERRORS);
    ArchivedErrors all = ArchivedErrors.read(file, Optional.empty(), Optional.empty(), 3);
    assertThat(all.entries()).isEqualTo(1_000);
    assertThat(all.newest())
        .extracting(error -> error.at() + " " + error.entry().horse().orElseThrow())
        .containsExactly(
            "2026-10-06T10:08:20Z hrs_500",
            "2026-10-06T10:08:19Z hrs_499",
            "2026-10-06T10:08:18Z hrs_498");
    ArchivedErrors one =
        ArchivedErrors.read(file, Optional.of(run), Optional.of(ErrorKind.TIMEOUT), 1);
    assertThat(one.entries()).isEqualTo(500);
    assertThat(one.newest().getFirst().at()).isEqualTo(Instant.parse("2026-10-05T10:08:20Z"));
    assertThat(
            ArchivedErrors.read(file, Optional.empty(), Optional.of(ErrorKind.WRONG_ID), 1)
                .entries())
        .isZero();
  }

  @Test
  void limitsAreCalendarMonths() {
    assertThat(ArchiveScene.LIMITS.ledgersBefore()).contains(Instant.parse("2025-11-27T03:00:00Z"));
    assertThat(
            ArchiveLimits.of(
                    YearMonth.of(2025, 3), Optional.of(Period.ofMonths(12)), ArchiveScene.NOW)
                .ledgersBefore())
        .contains(Instant.parse("2025-03-01T00:00:00Z"));
  }

  private Path oldLog(String name) throws Exception {
    Path file = Files.createDirectories(home.resolve("logs")).resolve(name);
    Files.writeString(file, "a line\n");
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2025-10-05T11:00:00Z")));
    return file;
  }

  private static RunTimeline timeline(long run) {
    return new RunTimelineQueries(STORE.jdbi).of(STORE.runRepository.find(run).orElseThrow());
  }

  private static FinalOutcomeCounts outcomes(long run) {
    return ConsistentSnapshot.take(STORE.jdbi, snapshot -> snapshot.lastOutcomes(List.of(run)));
  }

  private static long days(long run) {
    return STORE.jdbi.withHandle(handle -> RacecardScanRepository.totals(handle, run).days());
  }
}
