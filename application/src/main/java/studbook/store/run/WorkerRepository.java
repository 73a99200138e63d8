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
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import studbook.ratelimit.RateLimitKey;
import studbook.store.database.ShortTransaction;
import studbook.store.work.LeaseConfig;
import studbook.time.Rate;

/** The processes of Studbook, and whether they are alive. Safe for many threads. */
public final class WorkerRepository {

  /** The columns of a {@link WorkerRow}, of a worker {@code w}. */
  static final String COLUMNS =
      """
      w.worker_id, w.host, w.pid, w.pid_start, w.version AS worker_version, w.rate AS worker_rate, w.racecards_rate,
      w.last_heartbeat_at = '-infinity' AS ended,
      w.last_heartbeat_at > clock_timestamp() - interval '%d s' AS seen_lately
      """
          .formatted(LeaseConfig.DEAD_AFTER.toSeconds());

  private static final String WORKER = "SELECT " + COLUMNS + "FROM studbook.worker w ";

  private final Jdbi jdbi;

  public WorkerRepository(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * A registered worker.
   *
   * @param version of Studbook
   * @param rate of the account, or of horses alone if racecards have their own
   * @param gone unregistered
   * @param seenLately within {@link LeaseConfig#DEAD_AFTER}, by the database's clock
   */
  public record WorkerRow(
      UUID id,
      ProcessIdentity process,
      String version,
      Rate rate,
      Optional<Rate> racecardsRate,
      boolean gone,
      boolean seenLately) {

    /** Whether it runs, if this process can see it; otherwise whether its heartbeat is recent. */
    public boolean isAlive() {
      return !gone && process.isAlive(seenLately);
    }
  }

  /**
   * Registers this process after {@code check} has seen the others of its account: of two that
   * register at the same time, one sees the other. Repeatable: the reply may have been lost.
   *
   * @param check receives the result of {@link #using}; an exception prevents the registration
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
          // Of the transaction, not of the session: a pooler may be in between.
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
              .bind("racecardsRate", racecardsRate.map(Rate::perSecond).orElse(null))
              .execute();
        });
  }

  /**
   * The status of a process.
   *
   * @param run that it works on; empty while it waits for one
   * @param requests sent for that run
   * @param late outcomes of that run that were discarded because another worker held the lease
   * @param sinceGood since the API's last good response; empty before the first, or while its
   *     requests fail
   */
  public record WorkerStatus(
      Optional<Long> run, long requests, long late, Optional<Duration> sinceGood) {

    /** It waits for a run. */
    public static final WorkerStatus WAITING =
        new WorkerStatus(Optional.empty(), 0, 0, Optional.empty());
  }

  /**
   * Records that {@code id} is alive, and renews its leases; call it every {@link
   * LeaseConfig#HEARTBEAT_INTERVAL}.
   *
   * @return how many processes that are alive work on the same run, this one included
   */
  public int heartbeat(UUID id, WorkerStatus status) {
    return jdbi.withHandle(handle -> {
      handle
          .createUpdate(
              """
              UPDATE studbook.worker
              SET last_heartbeat_at = clock_timestamp(), run_id = :run, request_count = :requestCount,
                  discarded_outcomes = :discardedOutcomes,
                  last_success_at = clock_timestamp() - :sinceGood * interval '1 microsecond'
              WHERE worker_id = :id
              """)
          .bind("run", status.run().orElse(null))
          .bind("requestCount", status.requests())
          .bind("discardedOutcomes", status.late())
          .bind("sinceGood", status.sinceGood().map(since -> since.toNanos() / 1_000).orElse(null))
          .bind("id", id)
          .execute();
      // A locked chunk is being written by this worker: no other can claim it, and waiting for it
      // would stop the heartbeat for as long as the write waits for the user's tables.
      handle.execute(
          """
          UPDATE studbook.chunk SET lease_expires_at = clock_timestamp() + ? * interval '1 second'
          WHERE ctid = ANY (ARRAY(
            SELECT ctid FROM studbook.chunk
            WHERE open IS NOT FALSE AND owner_worker_id = ? AND lease_expires_at > '-infinity' -- by the index chunk_by_owner
            FOR NO KEY UPDATE SKIP LOCKED))
          """,
          LeaseConfig.LEASE.toSeconds(),
          id);
      return handle
          .createQuery(
              """
              SELECT count(*) FROM studbook.worker
              WHERE run_id = :run AND last_heartbeat_at > clock_timestamp() - :lease * interval '1 second'
              """)
          .bind("run", status.run().orElse(null))
          .bind("lease", LeaseConfig.LEASE.toSeconds())
          .mapTo(Integer.class)
          .one();
    });
  }

  /** Whether {@code id} was asked to stop, from any machine. */
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

  /** Unregisters {@code id}. */
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
   * The workers of {@code account} that may be alive by the table; {@link WorkerRow#isAlive()}
   * decides.
   */
  public List<WorkerRow> using(RateLimitKey account) {
    return jdbi.withHandle(handle -> using(handle, account));
  }

  private static List<WorkerRow> using(Handle handle, RateLimitKey account) {
    return handle
        .createQuery(
            WORKER
                + """
                WHERE account_key = :accountKey AND last_heartbeat_at > clock_timestamp() - interval '1 day'
                """)
        .bind("accountKey", account.text())
        .map((row, context) -> worker(row))
        .list();
  }

  /**
   * The progress of a process's start.
   *
   * @param run that it works on; empty before
   * @param answered whether the API has given it a good response
   */
  public record WorkerRegistration(Optional<Long> run, boolean answered) {}

  /** The progress of the start of {@code process}; empty if it is not registered. */
  public Optional<WorkerRegistration> beginning(ProcessIdentity process) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT run_id AS run, last_success_at IS NOT NULL AS answered FROM studbook.worker
                WHERE host = :host AND pid = :pid AND pid_start = :pidStart
                """)
            .bind("host", process.host())
            .bind("pid", process.process())
            .bind("pidStart", process.started())
            .map(ConstructorMapper.of(WorkerRegistration.class))
            .findFirst());
  }

  /**
   * A process for display.
   *
   * @param run that it works on; empty while it waits for one
   * @param chunks that it holds: {@code chunk 12}, {@code 2026-03-01}, {@code cached profiles}
   * @param requests sent for that run
   * @param late outcomes of that run that were discarded
   */
  public record WorkerInfo(
      WorkerRow worker,
      Instant since,
      Instant lastSeen,
      Optional<Long> run,
      List<String> chunks,
      long requests,
      long late) {

    public WorkerInfo {
      chunks = List.copyOf(chunks);
    }
  }

  /** Those that were seen within a day and are registered, oldest first. */
  public List<WorkerInfo> present() {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT %s, w.registered_at, w.last_heartbeat_at, w.run_id, w.request_count, w.discarded_outcomes,
                       ARRAY(SELECT CASE c.kind WHEN 'racecard_day' THEN c.racecard_date::text WHEN 'cached' THEN 'cached profiles'
                                    ELSE 'chunk ' || c.chunk_no END
                             FROM studbook.chunk c
                             WHERE c.run_id = w.run_id AND c.open IS NOT FALSE AND c.owner_worker_id = w.worker_id
                               AND c.lease_expires_at > clock_timestamp()
                             ORDER BY array_position(ARRAY['horses', 'cached', 'racecard_day'], c.kind), c.chunk_no) AS chunks
                FROM studbook.worker w
                WHERE w.last_heartbeat_at > clock_timestamp() - interval '1 day'
                ORDER BY w.registered_at, w.worker_id
                """
                    .formatted(COLUMNS))
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

  /** Those that work on a run, oldest first. */
  static List<WorkerRow> ofRun(Handle handle, long run) {
    return ofRun(handle, run, false);
  }

  /** The same, without those that were asked to stop. */
  static List<WorkerRow> staying(Handle handle, long run) {
    return ofRun(handle, run, true);
  }

  private static List<WorkerRow> ofRun(Handle handle, long run, boolean stayingOnly) {
    return handle
        .createQuery(
            WORKER
                + """
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
        new ProcessIdentity(row.getString("host"), row.getLong("pid"), row.getString("pid_start")),
        row.getString("worker_version"),
        new Rate(row.getDouble("worker_rate")),
        Optional.ofNullable(row.getObject("racecards_rate", Double.class)).map(Rate::new),
        row.getBoolean("ended"),
        row.getBoolean("seen_lately"));
  }
}
