package studbook.store.run;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;
import studbook.model.PauseCause;
import studbook.model.RunState;
import studbook.store.table.TableCounts;
import studbook.time.Rate;

/** Reads rows of runs. */
public final class RunQueries {

  private RunQueries() {}

  /** The reason of an active run that cannot record anything, not even its pause. */
  private static final String READ_ONLY = "The database takes no writes just now (read-only)";

  /** A run with its owner. */
  private static final String RUN =
      """
      SELECT r.*, %s,
             current_setting('default_transaction_read_only') = 'on' AS read_only
      FROM studbook.run r JOIN studbook.worker w ON w.worker_id = r.owner_worker_id
      """
          .formatted(WorkerRepository.COLUMNS);

  private static final String UNFINISHED =
      RUN
          + """
          WHERE r.state IN ('running', 'paused', 'stopped') ORDER BY r.run_id DESC LIMIT 1
          """;

  private static final String BY_ID = RUN + " WHERE r.run_id = :id";
  private static final String BY_ID_LOCKED = BY_ID + " FOR NO KEY UPDATE OF r";

  static Optional<RunRepository.RunRow> unfinished(Handle handle) {
    return handle.createQuery(UNFINISHED).map((row, context) -> run(row)).findOne();
  }

  static List<RunRepository.RunRow> newest(Handle handle, int skipped, int most) {
    return handle
        .createQuery(RUN + " ORDER BY r.run_id DESC OFFSET :skipped LIMIT :most")
        .bind("skipped", skipped)
        .bind("most", most)
        .map((row, context) -> run(row))
        .list();
  }

  public static Optional<RunRepository.RunRow> find(Handle handle, long id) {
    return handle.createQuery(BY_ID).bind("id", id).map((row, context) -> run(row)).findOne();
  }

  /** A run, or the newest one; empty if there is none. */
  public static Optional<RunRepository.RunRow> find(Handle handle, Optional<Long> id) {
    return id.isPresent() ? find(handle, id.get()) : newest(handle, 0, 1).stream().findFirst();
  }

  static RunStateRepository.RunPoll poll(Handle handle, long id) {
    return poll(handle.createQuery(BY_ID), id);
  }

  /** The same, locked: the run's state does not change before the transaction ends. */
  static RunStateRepository.RunPoll lockedPoll(Handle handle, long id) {
    return poll(handle.createQuery(BY_ID_LOCKED), id);
  }

  private static RunStateRepository.RunPoll poll(Query query, long id) {
    return query.bind("id", id).map((row, context) -> poll(row)).one();
  }

  private static RunStateRepository.RunPoll poll(ResultSet row) throws SQLException {
    String cause = row.getString("pause_cause");
    String reason = row.getString("reason");
    return new RunStateRepository.RunPoll(
        RunState.of(row.getString("state")),
        cause == null
            ? Optional.empty()
            : Optional.of(
                new RunStateRepository.PauseState(
                    PauseCause.of(cause), reason == null ? "" : reason)),
        WorkerRepository.worker(row));
  }

  /** A recursive CTE: the run {@code :retried}, the run whose failures it retries, and so on. */
  static final String RETRIED_RUNS =
      """
      retried AS (
        SELECT run_id, retry_of_run_id FROM studbook.run WHERE run_id = :retried
        UNION ALL
        SELECT r.run_id, r.retry_of_run_id
        FROM studbook.run r JOIN retried ON r.run_id = retried.retry_of_run_id)
      """;

  public static List<RunRepository.RunRow> chain(Handle handle, long id) {
    return handle
        .createQuery(
            RUN
                + """
                 WHERE r.run_id IN (
                  WITH RECURSIVE %s, retry AS (
                    SELECT :retried AS run_id
                    UNION ALL
                    SELECT n.run_id FROM studbook.run n JOIN retry ON n.retry_of_run_id = retry.run_id
                  )
                  SELECT run_id FROM retried UNION SELECT run_id FROM retry)
                ORDER BY r.run_id
                """
                    .formatted(RETRIED_RUNS))
        .bind("retried", id)
        .map((row, context) -> run(row))
        .list();
  }

  /** The sums over chunks {@code c}. */
  private static final String SUMS =
      """
      COALESCE(sum(c.enriched), 0) AS enriched, COALESCE(sum(c.no_dob), 0) AS no_dob,
      COALESCE(sum(c.basic), 0) AS basic, COALESCE(sum(c.not_found), 0) AS not_found,
      COALESCE(sum(c.failed), 0) AS failed, COALESCE(sum(c.already_filled), 0) AS already_filled,
      COALESCE(sum(c.missing), 0) AS missing, COALESCE(sum(c.pedigrees), 0) AS pedigrees,
      COALESCE(sum(c.request_count), 0) AS request_count
      """;

  public static RunCounts runCounts(Handle handle, long run) {
    return handle
        .createQuery(
            "SELECT r.horse_count, "
                + SUMS
                + """
                FROM studbook.run r LEFT JOIN studbook.chunk c ON c.run_id = r.run_id
                WHERE r.run_id = :run GROUP BY r.horse_count
                """)
        .bind("run", run)
        .map((row, context) -> runCounts(row))
        .one();
  }

  /** The counts of runs by their numbers. */
  static Map<Long, RunCounts> runCounts(Handle handle, Collection<Long> runs) {
    return handle
        .createQuery(
            "SELECT r.run_id, r.horse_count, s.* FROM studbook.run r CROSS JOIN LATERAL (SELECT "
                + SUMS
                + """
                FROM studbook.chunk c WHERE c.run_id = r.run_id) s
                WHERE r.run_id = ANY (:runs::bigint[])
                """)
        .bindArray("runs", Long.class, runs)
        .map((row, _) -> Map.entry(row.getLong("run_id"), runCounts(row)))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  public static RunCounts runCounts(ResultSet row) throws SQLException {
    return new RunCounts(
        row.getLong("horse_count"),
        row.getLong("enriched"),
        row.getLong("no_dob"),
        row.getLong("basic"),
        row.getLong("not_found"),
        row.getLong("failed"),
        row.getLong("already_filled"),
        row.getLong("missing"),
        row.getLong("pedigrees"),
        row.getLong("request_count"));
  }

  private static RunRepository.RunRow run(ResultSet row) throws SQLException {
    RunState noted = RunState.of(row.getString("state"));
    boolean stuck = noted == RunState.RUNNING && row.getBoolean("read_only");
    return new RunRepository.RunRow(
        row.getLong("run_id"),
        stuck ? RunState.PAUSED : noted,
        stuck ? READ_ONLY : row.getString("reason"),
        instant(row, "paused_until"),
        WorkerRepository.worker(row),
        row.getLong("horse_count"),
        runConfig(row),
        new RunRepository.RunEstimate(
            Optional.ofNullable(row.getObject("estimated_requests", Long.class)),
            Optional.ofNullable(row.getObject("estimated_seconds", Double.class))
                .map(seconds -> Duration.ofMillis(Math.round(seconds * 1e3)))),
        tableCounts(row, "before").orElseThrow(),
        tableCounts(row, "after"),
        new RunRepository.RunQuality(
            Optional.ofNullable(row.getObject("quality_before", Double.class)),
            Optional.ofNullable(row.getObject("quality_after", Double.class))),
        row.getObject("started_at", OffsetDateTime.class).toInstant(),
        instant(row, "ended_at"));
  }

  private static RunRepository.RunConfig runConfig(ResultSet row) throws SQLException {
    Double rate = row.getObject("rate", Double.class);
    return new RunRepository.RunConfig(
        row.getString("version"),
        new Rate(rate == null ? row.getDouble("worker_rate") : rate),
        Arrays.asList((String[]) row.getArray("settings").getArray()),
        Optional.ofNullable(row.getObject("retry_of_run_id", Long.class)),
        RunKind.of(row.getString("kind")),
        Optional.ofNullable(row.getObject("budget_share", Double.class)));
  }

  private static Optional<TableCounts> tableCounts(ResultSet row, String when) throws SQLException {
    Long horses = row.getObject("horses_" + when, Long.class);
    return horses == null
        ? Optional.empty()
        : Optional.of(
            new TableCounts(
                horses, row.getLong("enriched_" + when), row.getLong("pedigrees_" + when)));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
