package studbook.archive;

import com.github.luben.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.Period;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import studbook.store.TestStore;

/** Runs of the past with their rows, and the archive that becomes of them. */
final class ArchiveScene {

  static final Instant NOW = Instant.parse("2026-11-27T03:00:00Z");
  static final ArchiveLimits LIMITS =
      ArchiveLimits.of(YearMonth.of(2026, 11), Optional.of(Period.ofMonths(12)), NOW);

  private final TestStore store;
  final Path home;

  ArchiveScene(TestStore store, Path home) {
    this.store = store;
    this.home = home;
    store.reset();
    store.horses(600);
  }

  ArchiveJob job() {
    return new ArchiveJob(store.jdbi, home);
  }

  List<ArchivedFile> archive() throws IOException {
    List<ArchivedFile> files = new ArrayList<>();
    job().run(LIMITS, files::add);
    return files;
  }

  /** A run of three chunks that lasted an hour, a quarter of it paused, with rows of each kind. */
  long run(String started, String state) {
    long run = store.plan();
    store.sql(
        """
        UPDATE studbook.run SET state = ?, started_at = ?::timestamptz,
          ended_at = CASE WHEN ? <> 'running' THEN ?::timestamptz + interval '1 hour' END WHERE run_id = ?
        """,
        state,
        started,
        state,
        started,
        run);
    store.sql(
        """
        UPDATE studbook.chunk SET open = false, enriched = horse_count - 3, failed = 2, missing = 1, pedigrees = 10,
          request_count = horse_count + 5 WHERE run_id = ?
        """,
        run);
    store.sql(
        """
        INSERT INTO studbook.chunk (run_id, chunk_no, kind, racecard_date, horse_count, open, request_count, enriched)
        SELECT ?, 100 + i, 'racecard_day', date '2025-09-01' + i, 0, false, 2, 0 FROM generate_series(1, 4) i
        """,
        run);
    store.sql("DELETE FROM studbook.run_event WHERE run_id = ?", run);
    store.sql(
        """
        INSERT INTO studbook.run_event (run_id, occurred_at, event, cause)
        SELECT ?, ?::timestamptz + minutes * interval '1 minute', event, cause
        FROM (VALUES (0, 'planned', NULL), (10, 'paused', 'api'), (25, 'resumed', 'api')) e (minutes, event, cause)
        """,
        run,
        started);
    store.sql(
        """
        INSERT INTO studbook.error (run_id, horse_id, occurred_at, kind, attempt, message)
        SELECT ?, 'hrs_' || i, ?::timestamptz + i * interval '1 second', 'timeout', 1, 'no é response "' || i
        FROM generate_series(1, 500) i
        """,
        run,
        started);
    store.sql(
        """
        INSERT INTO studbook.run_sample (run_id, sampled_at, worker_id, interval_ms, horses_completed, horses_failed,
          horses_per_second, bottleneck, requests_sent, requests_throttled, max_requests_per_second)
        SELECT ?, ?::timestamptz + i * interval '10 seconds', gen_random_uuid(), 10000, i, 0, 1.5, 'rate limit', 20, 0, 2
        FROM generate_series(0, 359) i
        """,
        run,
        started);
    return run;
  }

  /** The rows of a table by their ids. */
  List<String> rows(String query) {
    return store.jdbi.withHandle(handle -> handle.createQuery(query).mapTo(String.class).list());
  }

  List<String> errorIds() {
    return rows("SELECT entry_id::text FROM studbook.error ORDER BY 1");
  }

  /** The lines of an archive file. */
  List<String> lines(String name) throws IOException {
    try (InputStream plain =
        new ZstdInputStream(Files.newInputStream(home.resolve("archive").resolve(name)))) {
      return new String(plain.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  /** The values of a key in an archive file, sorted. */
  List<String> values(String name, String key) throws IOException {
    return lines(name).stream()
        .map(line -> line.replaceFirst(".*\"" + key + "\":\"?([^\",}]*).*", "$1"))
        .sorted()
        .toList();
  }
}
