package studbook.store.run;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.Update;
import studbook.model.ErrorKind;
import studbook.model.HorseId;
import studbook.store.pedigree.MissingAncestors;
import studbook.store.table.DueHorses;
import studbook.store.table.IncompleteHorses;
import studbook.store.table.TableCounts;
import studbook.store.table.TableRules;
import studbook.time.DateRange;

/**
 * Selects the horses of a run. The same statement counts them and writes their work items, so that
 * a plan and its run agree.
 */
public final class RunPlanner {

  /** Horses in a chunk: a minute and a half at 2 a second, few enough rows to sum at 10 million. */
  public static final int PIECE_SIZE = 250;

  private static final String WITHOUT_DOB = "ra_horses h WHERE h.dob IS NULL";

  private static final String INCOMPLETE =
      "%s WHERE (%s) IS NOT TRUE".formatted(IncompleteHorses.TABLES, IncompleteHorses.IS_COMPLETE);

  private static final String DUE =
      "%s WHERE (:retried::bigint IS NOT NULL OR %s)".formatted(DueHorses.TABLES, DueHorses.IS_DUE);

  private static final String ANCESTORS =
      "%s WHERE (:retried::bigint IS NOT NULL OR h.generation = :generation)"
          .formatted(MissingAncestors.TABLE);

  /** The longest unconfirmed first; horses of a backfill are equal in that. */
  private static final String ORDER = "ORDER BY confirmed_at NULLS FIRST, horse_id";

  private static final String RANGES =
      """
      INSERT INTO studbook.chunk (run_id, chunk_no, first_horse_id, last_horse_id, horse_count)
      SELECT :run, row_number() OVER (ORDER BY confirmed, first) - 1, first, last, count
      FROM (SELECT min(horse_id) AS first, max(horse_id) AS last, count(*) AS count, avg(confirmed) AS confirmed
            FROM (SELECT i.horse_id, (row_number() OVER (ORDER BY i.horse_id) - 1) / :size AS no, %s AS confirmed
                  FROM studbook.work_item i %s WHERE i.run_id = :run) numbered
            GROUP BY no) ranges
      """;

  private static final String RANGES_BY_ID = RANGES.formatted("0", "");

  private static final String RANGES_BY_AGE =
      RANGES.formatted(
          "extract(epoch FROM GREATEST(c.confirmed_at, timestamptz '2000-01-01'))",
          "LEFT JOIN studbook.confirmation c ON c.horse_id = i.horse_id");

  /**
   * Every horse that lacks something or is due, and why it may be skipped. Joins instead of EXISTS
   * or IN: they are hashed at any size and spill to disk. An id is cast once, to text in the
   * collation of the work items. A horse's failure is that of the last outcome in a chain of
   * retries, so that a retry of one kind leaves the others to the next. An earlier failure makes a
   * horse wait, except if its id or all horses were requested explicitly.
   */
  private static String candidates(HorseSelection selection) {
    return """
    SELECT n.*, n.is_id AND NOT n.completed_lately AND n.waits_until IS NULL AS ready
    FROM (
    SELECT h.horse_id, h.confirmed_at, h.horse_id ~ :idPattern AS is_id, before.horse_id IS NOT NULL AS completed_lately, failed.run_id AS failed_in,
           CASE
             WHEN failed.error_kind = 'database_rejected' THEN
               CASE WHEN failed.table_rules_fingerprint = rules.fingerprint
                      AND NOT COALESCE(h.updated_at > failed.at, false)
                    THEN 'infinity'::timestamptz END
             WHEN failed.at + failed.delay > clock_timestamp() THEN failed.at + failed.delay
           END AS waits_until
    FROM (SELECT h.horse_id::text COLLATE "C" AS horse_id, h.updated_at, h.dob IS NOT NULL AS dated,
                 %s AS confirmed_at
          FROM %s AND (:everyId OR h.horse_id = ANY (:ids))) h
    LEFT JOIN (SELECT i.horse_id, bool_or(i.state <> 'enriched') AS undated FROM studbook.work_item i
               WHERE NOT :includeSettled AND :backfill AND :retried::bigint IS NULL
                 AND (:incomplete OR i.state <> 'enriched') AND %s
               GROUP BY i.horse_id) before
      ON before.horse_id = h.horse_id AND (h.dated OR before.undated)
    LEFT JOIN (SELECT i.horse_id, max(i.run_id) AS run_id, max(i.completed_at) AS at,
                      (array_agg(i.error_kind ORDER BY i.run_id DESC))[1] AS error_kind,
                      (array_agg(r.table_rules_fingerprint ORDER BY i.run_id DESC))[1] AS table_rules_fingerprint,
                      CASE count(*) WHEN 1 THEN interval '1 h' WHEN 2 THEN interval '6 h' WHEN 3 THEN interval '1 day'
                                    ELSE interval '7 days' END AS delay
               FROM studbook.work_item i JOIN studbook.run r USING (run_id)
               WHERE NOT :includeSettled AND :retried::bigint IS NULL AND :everyId
                 AND (i.state = 'failed' OR i.error_kind = 'rejected_value' AND i.state <> 'pending')
               GROUP BY i.horse_id) failed
      ON failed.horse_id = h.horse_id
    CROSS JOIN (SELECT %s AS fingerprint) rules
    LEFT JOIN (WITH RECURSIVE %s, last_word AS (
                 SELECT DISTINCT ON (i.horse_id) i.horse_id, i.state, i.error_kind
                 FROM studbook.work_item i JOIN retried USING (run_id) WHERE i.state <> 'pending'
                 ORDER BY i.horse_id, i.run_id DESC
               )
               SELECT horse_id FROM last_word
               WHERE (:everyFailed OR horse_id = ANY (:named))
                 AND (state = 'failed' AND error_kind = COALESCE(:kind, error_kind)
                   OR :includeSettled AND state IN ('no_dob', 'basic', 'not_found'))) again
      ON again.horse_id = h.horse_id
    WHERE (:retried::bigint IS NULL OR again.horse_id IS NOT NULL)
    ) n
    """
        .formatted(
            selection.refresh().isPresent() ? "c.confirmed_at" : "NULL::timestamptz",
            source(selection),
            IncompleteHorses.IS_CONFIRMED,
            TableRules.FINGERPRINT,
            RunQueries.RETRIED_RUNS);
  }

  /** The horses that a run of this kind may take, as {@code h}, with a condition. */
  private static String source(HorseSelection selection) {
    return switch (selection.kind()) {
      case REFRESH -> DUE;
      case ANCESTORS -> ANCESTORS;
      case BACKFILL -> selection.incomplete() ? INCOMPLETE : WITHOUT_DOB;
    };
  }

  private final Jdbi jdbi;

  public RunPlanner(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** Counts the horses of {@code selection}. Writes nothing. */
  public PlanCounts counts(HorseSelection selection) {
    TableCounts counts = TableCounts.take(jdbi);
    long incomplete =
        selection.kind() != RunKind.BACKFILL
            ? 0
            : jdbi.withHandle(handle -> IncompleteHorses.count(handle, selection.ids()));
    return hashed(
        selection,
        handle ->
            select(
                    handle.createQuery(
                        """
                        SELECT needy.*, given.known, given.enriched
                        FROM (SELECT count(*) FILTER (WHERE ready) AS to_do,
                                     count(*) FILTER (WHERE waits AND waits_until < 'infinity') AS for_time,
                                     count(*) FILTER (WHERE waits AND waits_until = 'infinity') AS for_change,
                                     min(waits_until) FILTER (WHERE waits AND waits_until < 'infinity') AS next,
                                     max(waits_until) FILTER (WHERE waits AND waits_until < 'infinity') AS last,
                                     max(failed_in) FILTER (WHERE waits) AS failed_in,
                                     count(*) FILTER (WHERE is_id AND completed_lately) AS completed_lately,
                                     count(*) FILTER (WHERE NOT is_id) AS no_ids
                              FROM (SELECT n.*, is_id AND NOT completed_lately AND waits_until IS NOT NULL AS waits FROM (%s) n) n) needy,
                             (SELECT count(*) AS known, count(*) FILTER (WHERE %s) AS enriched
                              FROM %s WHERE NOT :everyId AND h.horse_id = ANY (:ids)) given
                        """
                            .formatted(
                                candidates(selection), isDone(selection), tables(selection))),
                    selection)
                .map((row, context) -> {
                  long chosen = Math.max(0, row.getLong("to_do") - selection.skip());
                  long known = row.getLong("known");
                  return new PlanCounts(
                      counts,
                      Math.min(chosen, selection.max().orElse(Long.MAX_VALUE)),
                      row.getLong("completed_lately"),
                      row.getLong("no_ids"),
                      selection.ids().map(ids -> distinct(ids) - known).orElse(0L),
                      row.getLong("enriched"),
                      incomplete,
                      waiting(row));
                })
                .one());
  }

  /** The condition for a horse of the tables that a run of this selection would leave out. */
  private static String isDone(HorseSelection selection) {
    if (selection.refresh().isPresent()) {
      return "NOT (%s)".formatted(DueHorses.IS_DUE);
    }
    return selection.incomplete() ? IncompleteHorses.IS_COMPLETE : "h.dob IS NOT NULL";
  }

  private static String tables(HorseSelection selection) {
    if (selection.refresh().isPresent()) {
      return DueHorses.TABLES;
    }
    return selection.incomplete() ? IncompleteHorses.TABLES : "ra_horses h";
  }

  private <T> T hashed(HorseSelection selection, Function<Handle, T> query) {
    return jdbi.inTransaction(handle -> {
      hashJoins(handle, selection, true);
      return query.apply(handle);
    });
  }

  /**
   * The planner estimates a condition over fourteen columns at one row, and would join that row by
   * row with the outcomes of all runs. Up to PostgreSQL 17 the server would compile a statement
   * with a forbidden join, which takes it seconds.
   */
  private static void hashJoins(Handle handle, HorseSelection selection, boolean only) {
    if (selection.incomplete() || selection.kind() != RunKind.BACKFILL) {
      handle.execute(
          "SELECT set_config('enable_nestloop', ?, true), set_config('jit', 'off', true)",
          only ? "off" : "on");
    }
  }

  private static RetryDelays waiting(ResultSet row) throws SQLException {
    return new RetryDelays(
        row.getLong("for_time"),
        Optional.ofNullable(row.getObject("next", OffsetDateTime.class))
            .map(OffsetDateTime::toInstant),
        Optional.ofNullable(row.getObject("last", OffsetDateTime.class))
            .map(OffsetDateTime::toInstant),
        row.getLong("for_change"),
        Optional.ofNullable(row.getObject("failed_in", Long.class)));
  }

  /** The number of horses of {@code selection} with a cached profile. */
  public long known(HorseSelection selection) {
    if (selection.kind() != RunKind.BACKFILL) {
      return 0; // an old racecard confirms nothing, and few ancestors have raced since
    }
    return hashed(
        selection,
        handle ->
            select(
                    handle.createQuery(
                        """
                        SELECT count(*) FROM studbook.cached_profile c JOIN (
                          SELECT horse_id FROM (%s) n WHERE ready AND EXISTS (SELECT FROM studbook.cached_profile)
                          ORDER BY horse_id OFFSET :skip LIMIT :max
                        ) chosen ON chosen.horse_id = c.horse_id
                        WHERE NOT :incomplete OR %s -- another profile may lack the same fields
                        """
                            .formatted(
                                candidates(selection), IncompleteHorses.isCardComplete("c"))),
                    selection)
                .bind("skip", selection.skip())
                .bind("max", selection.max().orElse(null))
                .mapTo(Long.class)
                .one());
  }

  private static final String UNREAD =
      """
      SELECT d.racecard_date
      FROM (SELECT :since::date + i AS racecard_date FROM generate_series(0, :until::date - :since::date) i) d
      WHERE NOT EXISTS ( -- read recently: after the day had ended, or within the last twelve hours
        SELECT FROM studbook.racecard_day s
        WHERE s.racecard_date = d.racecard_date AND s.status = 'read'
          AND (s.read_at >= (s.racecard_date + 1)::timestamp AT TIME ZONE 'Europe/London'
               OR s.read_at > clock_timestamp() - interval '12 hours'))
      """;

  /**
   * The number of days of {@code range} that a scan would read: those that were not read lately.
   */
  public long unreadDays(DateRange range) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery("SELECT count(*) FROM (%s) unread".formatted(UNREAD))
            .bind("since", range.since())
            .bind("until", range.until())
            .mapTo(Long.class)
            .one());
  }

  private static long distinct(List<String> ids) {
    return ids.stream().distinct().count();
  }

  /**
   * Writes the work items and chunks of {@code run}; days of {@code scanDays} that were not read
   * lately become chunks too, newest first. Must run in the transaction that created the run.
   *
   * @return the number of horses
   */
  static long freeze(
      Handle handle, long run, HorseSelection selection, Optional<DateRange> scanDays) {
    hashJoins(handle, selection, true);
    long horses =
        select(
                handle.createUpdate(
                    """
                    INSERT INTO studbook.work_item (run_id, horse_id)
                    SELECT :run, horse_id FROM (%s) n WHERE ready
                    %s OFFSET :skip LIMIT :max
                    """
                        .formatted(candidates(selection), ORDER)),
                selection)
            .bind("run", run)
            .bind("skip", selection.skip())
            .bind("max", selection.max().orElse(null))
            .execute();
    cutRanges(handle, run, selection);
    hashJoins(handle, selection, false);
    if (selection.kind() == RunKind.BACKFILL) {
      addCachedProfiles(handle, run);
    }
    scanDays.ifPresent(range -> cutDays(handle, run, range));
    return horses;
  }

  /**
   * Chunks are ranges of ids, since a horse is found in its chunk by its id. Those of a refresh are
   * requested in the order of their horses' mean time of confirmation; a horse that was never
   * confirmed counts as confirmed in 2000.
   */
  private static void cutRanges(Handle handle, long run, HorseSelection selection) {
    Update update =
        selection.refresh().isPresent()
            ? handle.createUpdate(RANGES_BY_AGE)
            : handle.createUpdate(RANGES_BY_ID);
    update.bind("run", run).bind("size", PIECE_SIZE).execute();
  }

  private static void addCachedProfiles(Handle handle, long run) {
    handle.execute(
        """
        INSERT INTO studbook.chunk (run_id, chunk_no, kind, horse_count)
        SELECT run.id, (SELECT count(*) FROM studbook.chunk c WHERE c.run_id = run.id), 'cached', 0
        FROM (SELECT ?::bigint) run (id)
        WHERE EXISTS (
          SELECT FROM studbook.cached_profile c JOIN studbook.work_item i USING (horse_id) WHERE i.run_id = run.id)
        """,
        run);
  }

  private static void cutDays(Handle handle, long run, DateRange range) {
    handle
        .createUpdate(
            """
            INSERT INTO studbook.chunk (run_id, chunk_no, kind, racecard_date, horse_count)
            SELECT :run,
                   (SELECT count(*) FROM studbook.chunk WHERE run_id = :run) + row_number() OVER (ORDER BY racecard_date DESC) - 1,
                   'racecard_day', racecard_date, 0
            FROM (%s) unread
            """
                .formatted(UNREAD))
        .bind("run", run)
        .bind("since", range.since())
        .bind("until", range.until())
        .execute();
  }

  private static <S extends SqlStatement<S>> S select(S statement, HorseSelection selection) {
    selection.refresh().ifPresent(intervals -> DueHorses.bind(statement, intervals));
    return statement
        .bind("backfill", selection.kind() == RunKind.BACKFILL)
        .bind("generation", selection.ancestors().map(AncestorSelection::generation).orElse(0))
        .bind("idPattern", "^" + HorseId.PATTERN + "$")
        .bind("incomplete", selection.incomplete())
        .bind("includeSettled", selection.includeSettled())
        .bindByType(
            "retried",
            selection.failed().map(HorseSelection.FailedHorses::run).orElse(null),
            Long.class)
        .bind(
            "kind",
            selection
                .failed()
                .flatMap(HorseSelection.FailedHorses::kind)
                .map(ErrorKind::text)
                .orElse(null))
        .bind("everyFailed", named(selection).isEmpty())
        .bindArray("named", String.class, named(selection).orElse(List.of()))
        .bind("everyId", selection.ids().isEmpty())
        .bindArray("ids", String.class, selection.ids().orElse(List.of()));
  }

  private static Optional<List<String>> named(HorseSelection selection) {
    return selection.failed().flatMap(HorseSelection.FailedHorses::horses);
  }
}
