package studbook.store.run;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import studbook.ratelimit.RateLimitKey;
import studbook.store.database.ShortTransaction;
import studbook.time.Rate;

/** The processes that work for Studbook, and whether they live. Safe for many threads. */
public final class WorkerRepository {

  /**
   * A worker that this process cannot see and whose last heartbeat is older, by the database's
   * clock, is dead.
   */
  public static final Duration DEAD_AFTER = Duration.ofSeconds(30);

  private final Jdbi jdbi;

  public WorkerRepository(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * A worker as the table knows it.
   *
   * @param version of Studbook
   * @param rate of the account, or of horses alone where racecards have their own
   * @param gone signed off
   * @param seenLately within {@link #DEAD_AFTER}, by the database's clock
   */
  public record WorkerRow(
      UUID id,
      ProcessIdentity process,
      String version,
      Rate rate,
      Optional<Rate> racecardsRate,
      boolean gone,
      boolean seenLately) {

    /**
     * Where this process can see that one, whether it runs; elsewhere whether its heartbeat is
     * fresh.
     */
    public boolean isAlive() {
      return !gone
          && switch (process.liveness()) {
            case RUNNING -> true;
            case ENDED -> false;
            case UNKNOWN -> seenLately;
          };
    }
  }

  /**
   * Makes this process known, once {@code check} has seen the others of its account: of two that
   * register at the same time, one sees the other. Repeatable: the reply to it may have been lost.
   *
   * @param check given those that {@link #using} lists; what it throws keeps this process unknown
   */
  public void register(
      UUID id,
      ProcessIdentity process,
      String version,
      RateLimitKey account,
      Rate rate,
      Optional<Rate> racecardsRate,
      Consumer<List<WorkerRow>> check) {
    ShortTransaction.use(
        jdbi,
        handle -> {
          // Of the transaction and not of the session: a pooler may stand in between.
          handle.execute(
              "SELECT pg_advisory_xact_lock(hashtextextended('studbook ' || ?, 0))",
              account.text());
          check.accept(using(handle, account));
          handle
              .createUpdate(
                  """
                  INSERT INTO studbook.worker (worker_id, host, pid, pid_start, version, account_key, rate, racecards_rate)
                  VALUES (:id, :host, :pid, :pidStart, :version, :accountKey, :rate, :racecardsRate)
                  ON CONFLICT (worker_id) DO UPDATE SET last_heartbeat_at = clock_timestamp()
                  """)
              .bind("id", id)
              .bind("host", process.host())
              .bind("pid", process.process())
              .bind("pidStart", process.started())
              .bind("version", version)
              .bind("accountKey", account.text())
              .bind("rate", rate.perSecond())
              .bindByType(
                  "racecardsRate", racecardsRate.map(Rate::perSecond).orElse(null), Double.class)
              .execute();
        });
  }

  /**
   * What a process does.
   *
   * @param run that it works on; empty while it waits for one
   * @param requests sent for that run
   * @param late outcomes of that run that were discarded, since the lease was another's by then
   * @param sinceGood since the API's last good answer; empty where none came yet, or while its
   *     requests fail
   */
  public record WorkerStatus(
      Optional<Long> run, long requests, long late, Optional<Duration> sinceGood) {

    /** It waits for a run. */
    public static final WorkerStatus WAITING =
        new WorkerStatus(Optional.empty(), 0, 0, Optional.empty());
  }

  /** Says that {@code id} lives, and keeps its leases. Every five seconds is often enough. */
  public void heartbeat(UUID id, WorkerStatus doing) {
    jdbi.useHandle(handle -> {
      handle
          .createUpdate(
              """
              UPDATE studbook.worker
              SET last_heartbeat_at = clock_timestamp(), run_id = :run, request_count = :requestCount,
                  discarded_outcomes = :discardedOutcomes,
                  last_success_at = clock_timestamp() - :sinceGood * interval '1 microsecond'
              WHERE worker_id = :id
              """)
          .bindByType("run", doing.run().orElse(null), Long.class)
          .bind("requestCount", doing.requests())
          .bind("discardedOutcomes", doing.late())
          .bindByType(
              "sinceGood",
              doing.sinceGood().map(since -> since.toNanos() / 1_000).orElse(null),
              Long.class)
          .bind("id", id)
          .execute();
      // A piece that is locked is being written by this worker: nobody else can claim it, and to
      // wait for it would stop the heart for as long as the write waits for the user's tables.
      handle.execute(
          """
          UPDATE studbook.chunk SET lease_expires_at = clock_timestamp() + interval '15 s'
          WHERE ctid = ANY (ARRAY(
            SELECT ctid FROM studbook.chunk
            WHERE open IS NOT FALSE AND owner_worker_id = ? AND lease_expires_at > '-infinity' -- by the index chunk_by_owner
            FOR NO KEY UPDATE SKIP LOCKED))
          """,
          id);
    });
  }

  /** Whether a person asked {@code id} to stop, from whichever machine. */
  public boolean isStopRequested(UUID id) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT EXISTS (SELECT FROM studbook.worker WHERE worker_id = :id AND stop_requested)
                """)
            .bind("id", id)
            .mapTo(Boolean.class)
            .one());
  }

  /** Says that {@code id} is gone. */
  public void leave(UUID id) {
    jdbi.useHandle(handle ->
        handle.execute(
            """
            UPDATE studbook.worker SET last_heartbeat_at = '-infinity', run_id = NULL
            WHERE worker_id = ?
            """,
            id));
  }

  /**
   * Those that use {@code account} and may be alive by the table; {@link WorkerRow#isAlive()}
   * decides.
   */
  public List<WorkerRow> using(RateLimitKey account) {
    return jdbi.withHandle(handle -> using(handle, account));
  }

  private static List<WorkerRow> using(Handle handle, RateLimitKey account) {
    return handle
        .createQuery(
            """
            SELECT worker_id, host, pid, pid_start, version AS worker_version,
                   rate AS worker_rate, racecards_rate,
                   last_heartbeat_at = '-infinity' AS ended,
                   last_heartbeat_at > clock_timestamp() - interval '30 s' AS seen_lately
            FROM studbook.worker
            WHERE account_key = :accountKey AND last_heartbeat_at > clock_timestamp() - interval '1 day'
            """)
        .bind("accountKey", account.text())
        .map((row, context) -> worker(row))
        .list();
  }

  /**
   * How far the work of a process has begun.
   *
   * @param run that it works on; empty before
   * @param answered whether the API has given it a good answer
   */
  public record WorkerRegistration(Optional<Long> run, boolean answered) {}

  /** How far {@code process} has begun; empty where it has not registered. */
  public Optional<WorkerRegistration> beginning(ProcessIdentity process) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT run_id, last_success_at IS NOT NULL AS answered FROM studbook.worker
                WHERE host = :host AND pid = :pid AND pid_start = :pidStart
                """)
            .bind("host", process.host())
            .bind("pid", process.process())
            .bind("pidStart", process.started())
            .map((row, context) ->
                new WorkerRegistration(
                    Optional.ofNullable(row.getObject("run_id", Long.class)),
                    row.getBoolean("answered")))
            .findFirst());
  }

  /**
   * A process as people look at it.
   *
   * @param run that it works on; empty while it waits for one
   * @param pieces in its hands: {@code chunk 12}, {@code 2026-03-01}, {@code cached profiles}
   * @param requests sent for that run
   * @param late outcomes of that run that were discarded
   */
  public record WorkerInfo(
      WorkerRow worker,
      Instant since,
      Instant lastSeen,
      Optional<Long> run,
      List<String> pieces,
      long requests,
      long late) {

    public WorkerInfo {
      pieces = List.copyOf(pieces);
    }
  }

  /** Those that were seen within a day and have not signed off, the oldest first. */
  public List<WorkerInfo> present() {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT w.worker_id, w.host, w.pid, w.pid_start, w.version AS worker_version,
                       w.rate AS worker_rate, w.racecards_rate, false AS ended,
                       w.last_heartbeat_at > clock_timestamp() - interval '30 s' AS seen_lately,
                       w.registered_at, w.last_heartbeat_at, w.run_id, w.request_count, w.discarded_outcomes,
                       ARRAY(SELECT CASE c.kind WHEN 'racecard_day' THEN c.racecard_date::text WHEN 'cached' THEN 'cached profiles'
                                    ELSE 'chunk ' || c.chunk_no END
                             FROM studbook.chunk c
                             WHERE c.run_id = w.run_id AND c.open IS NOT FALSE AND c.owner_worker_id = w.worker_id
                               AND c.lease_expires_at > clock_timestamp()
                             ORDER BY array_position(ARRAY['horses', 'cached', 'racecard_day'], c.kind), c.chunk_no) AS chunks
                FROM studbook.worker w
                WHERE w.last_heartbeat_at > clock_timestamp() - interval '1 day'
                ORDER BY w.registered_at, w.worker_id
                """)
            .map((row, context) ->
                new WorkerInfo(
                    worker(row),
                    row.getObject("registered_at", OffsetDateTime.class).toInstant(),
                    row.getObject("last_heartbeat_at", OffsetDateTime.class).toInstant(),
                    Optional.ofNullable(row.getObject("run_id", Long.class)),
                    List.of((String[]) row.getArray("chunks").getArray()),
                    row.getLong("request_count"),
                    row.getLong("discarded_outcomes")))
            .list());
  }

  /** Those that say they work on a run, the longest there first. */
  static List<WorkerRow> on(Handle handle, long run) {
    return on(handle, run, false);
  }

  /** The same, without those that were asked to stop. */
  static List<WorkerRow> staying(Handle handle, long run) {
    return on(handle, run, true);
  }

  private static List<WorkerRow> on(Handle handle, long run, boolean stayingOnly) {
    return handle
        .createQuery(
            """
            SELECT worker_id, host, pid, pid_start, version AS worker_version,
                   rate AS worker_rate, racecards_rate,
                   last_heartbeat_at = '-infinity' AS ended,
                   last_heartbeat_at > clock_timestamp() - interval '30 s' AS seen_lately
            FROM studbook.worker
            WHERE run_id = :run AND NOT (stop_requested AND :stayingOnly) ORDER BY registered_at
            """)
        .bind("run", run)
        .bind("stayingOnly", stayingOnly)
        .map((row, context) -> worker(row))
        .list();
  }

  static WorkerRow worker(ResultSet row) throws SQLException {
    return new WorkerRow(
        row.getObject("worker_id", UUID.class),
        new ProcessIdentity(
            row.getString("host"), row.getLong("pid"), row.getString("pid_start")),
        row.getString("worker_version"),
        new Rate(row.getDouble("worker_rate")),
        Optional.ofNullable(row.getObject("racecards_rate", Double.class)).map(Rate::new),
        row.getBoolean("ended"),
        row.getBoolean("seen_lately"));
  }
}
