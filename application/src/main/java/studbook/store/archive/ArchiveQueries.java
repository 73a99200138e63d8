package studbook.store.archive;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** What can be archived. Read-only; safe for many threads. */
public final class ArchiveQueries {

  private final Jdbi jdbi;

  public ArchiveQueries(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * The units to archive, oldest first: errors, samples and events of runs that ended for good
   * before a month, and ledgers of old runs.
   *
   * @param before rows of this month and later ones stay
   * @param ledgersBefore ledgers of runs that ended later stay; so do those of all runs of a chain
   *     of retries until its last one is that old; empty: all ledgers stay
   */
  public List<ArchiveUnit> units(YearMonth before, Optional<Instant> ledgersBefore) {
    return jdbi.withHandle(handle -> {
      List<Long> runs = endedRuns(handle, before);
      List<ArchiveUnit> units = new ArrayList<>();
      units.addAll(dated(handle, ArchivedTable.ERRORS, runs, before));
      units.addAll(dated(handle, ArchivedTable.SAMPLES, runs, before));
      units.addAll(dated(handle, ArchivedTable.EVENTS, runs, before));
      ledgersBefore.ifPresent(limit -> units.addAll(ledgers(handle, limit)));
      return units;
    });
  }

  /**
   * The start of the oldest process that showed a sign of life within a day: its log is in use, and
   * so are later ones.
   */
  public Optional<Instant> oldestProcess() {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT min(registered_at) FROM studbook.worker
                WHERE last_heartbeat_at > clock_timestamp() - interval '1 day'
                """)
            .mapTo(OffsetDateTime.class)
            .findOne()
            .map(OffsetDateTime::toInstant));
  }

  /** The start of a month in UTC. */
  static OffsetDateTime start(YearMonth month) {
    return month.atDay(1).atStartOfDay().atOffset(ZoneOffset.UTC);
  }

  private static List<Long> endedRuns(Handle handle, YearMonth before) {
    return handle
        .createQuery(
            """
            SELECT run_id FROM studbook.run
            WHERE state IN ('finished', 'cancelled', 'superseded') AND ended_at < :before ORDER BY run_id
            """)
        .bind("before", start(before))
        .mapTo(Long.class)
        .list();
  }

  private static List<ArchiveUnit> dated(
      Handle handle, ArchivedTable table, List<Long> runs, YearMonth before) {
    return handle
        .createQuery(
            """
            SELECT to_char(at AT TIME ZONE 'UTC', 'YYYY-MM') AS month, count(*) AS row_count
            FROM (
              SELECT run_id, occurred_at AS at FROM studbook.error WHERE :name = 'ERRORS'
              UNION ALL SELECT run_id, sampled_at FROM studbook.run_sample WHERE :name = 'SAMPLES'
              UNION ALL SELECT run_id, occurred_at FROM studbook.run_event WHERE :name = 'EVENTS') r
            WHERE run_id = ANY (:runs) AND at < :before GROUP BY month ORDER BY month
            """)
        .bind("name", table.name())
        .bindArray("runs", Long.class, runs)
        .bind("before", start(before))
        .map((row, context) ->
            new ArchiveUnit(
                YearMonth.parse(row.getString("month")),
                runs,
                Map.of(table, row.getLong("row_count"))))
        .list();
  }

  private static List<ArchiveUnit> ledgers(Handle handle, Instant before) {
    Map<YearMonth, List<Long>> runs = new TreeMap<>();
    handle
        .createQuery(
            """
            WITH RECURSIVE chain AS (
              SELECT run_id AS first_run_id, run_id FROM studbook.run WHERE retry_of_run_id IS NULL
              UNION ALL
              SELECT c.first_run_id, r.run_id FROM chain c JOIN studbook.run r ON r.retry_of_run_id = c.run_id)
            SELECT run_id, to_char(ended_at AT TIME ZONE 'UTC', 'YYYY-MM') AS month
            FROM (
              SELECT r.run_id, r.ended_at, r.ledger_archived,
                     bool_and(r.state IN ('finished', 'cancelled', 'superseded') AND r.ended_at < :before)
                       OVER (PARTITION BY c.first_run_id) AS old
              FROM chain c JOIN studbook.run r ON r.run_id = c.run_id) r
            WHERE old AND NOT ledger_archived ORDER BY run_id
            """)
        .bind("before", before.atOffset(ZoneOffset.UTC))
        .map((row, context) ->
            Map.entry(YearMonth.parse(row.getString("month")), row.getLong("run_id")))
        .forEach(
            run -> runs.computeIfAbsent(run.getKey(), _ -> new ArrayList<>()).add(run.getValue()));
    return runs.entrySet().stream()
        .map(month -> ledgers(handle, month.getKey(), month.getValue()))
        .toList();
  }

  private static ArchiveUnit ledgers(Handle handle, YearMonth month, List<Long> runs) {
    return handle
        .createQuery(
            """
            SELECT (SELECT count(*) FROM studbook.work_item WHERE run_id = ANY (:runs)) AS work_items,
                   (SELECT count(*) FROM studbook.chunk WHERE run_id = ANY (:runs)) AS chunks
            """)
        .bindArray("runs", Long.class, runs)
        .map((row, context) ->
            new ArchiveUnit(
                month,
                runs,
                new TreeMap<>(
                    Map.of(
                        ArchivedTable.WORK_ITEMS,
                        row.getLong("work_items"),
                        ArchivedTable.CHUNKS,
                        row.getLong("chunks")))))
        .one();
  }
}
