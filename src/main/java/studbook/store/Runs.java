package studbook.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The runs and who owns them. Every change of state names the state it comes from, so that of two
 * processes one wins. Safe for many threads.
 */
public final class Runs {

  /** Serialises planning and taking over, whoever starts; any fixed number of our own. */
  private static final long CONTROL_LOCK = 0x5374_7564_7275_6e73L;

  private final Jdbi jdbi;

  public Runs(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * A run as its row stands.
   *
   * @param before the user's tables when it was planned
   */
  public record Run(
      long id,
      RunState state,
      @Nullable String reason,
      @Nullable Instant pausedUntil,
      Workers.Worker owner,
      long total,
      Census before,
      Instant startedAt,
      @Nullable Instant endedAt) {

    /** Whether it could go on: neither finished nor given up. */
    public boolean isUnfinished() {
      return !state.isTerminal();
    }

    /** Whether a living process owns it just now. */
    public boolean isUnderWay() {
      return (state == RunState.RUNNING || state == RunState.PAUSED) && owner.isAlive();
    }
  }

  /** How a start went. */
  public sealed interface Start {

    /**
     * The run is ours.
     *
     * @param resumed whether it stood already
     */
    record Owned(Run run, boolean resumed) implements Start {}

    /** Somebody alive owns a run; nothing was changed. */
    record Taken(Run run, Tally tally) implements Start {}
  }

  /**
   * Plans a new run that {@code owner} owns. An unfinished run without a living owner is closed as
   * superseded.
   */
  public Start plan(UUID owner, String version, Selection selection) {
    return plan(owner, version, selection, Optional.empty());
  }

  /**
   * The same with a sweep: the days of {@code sweep} that were not read lately are pieces of the
   * run.
   */
  public Start plan(UUID owner, String version, Selection selection, Optional<DaySpan> sweep) {
    return jdbi.inTransaction(handle -> {
      lock(handle);
      Optional<Run> unfinished = unfinished(handle);
      if (unfinished.filter(Run::isUnderWay).isPresent()) {
        return taken(handle, unfinished.get());
      }
      unfinished.ifPresent(run -> supersede(handle, run));
      return new Start.Owned(begin(handle, owner, version, selection, sweep), false);
    });
  }

  /**
   * Takes the unfinished run over for {@code owner}; the leases of its dead owner are free at once.
   * Empty where no run is unfinished.
   */
  public Optional<Start> resume(UUID owner) {
    return jdbi.inTransaction(handle -> {
      lock(handle);
      return unfinished(handle)
          .map(run -> run.isUnderWay() ? taken(handle, run) : adopt(handle, run, owner));
    });
  }

  /** The run that is neither finished nor given up. There is one at most. */
  public Optional<Run> unfinished() {
    return jdbi.withHandle(Runs::unfinished);
  }

  /** The newest run. */
  public Optional<Run> latest() {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(RUN + " ORDER BY r.run_id DESC LIMIT 1")
            .map((row, context) -> run(row))
            .findOne());
  }

  /** The figures of a run, all from one snapshot. */
  public Tally tally(long run) {
    return jdbi.withHandle(handle -> tally(handle, run));
  }

  /**
   * Marks a run that {@code owner} owns as paused. False where it does not stand so.
   *
   * @param left until it goes on by itself, where that is known
   */
  public boolean pause(long run, UUID owner, String reason, Optional<Duration> left) {
    return change(
        run, owner, RunState.PAUSED, reason, left, "paused", RunState.RUNNING, RunState.PAUSED);
  }

  /** Moves a run that {@code owner} owns from paused to running. */
  public boolean goOn(long run, UUID owner, String detail) {
    return change(
        run,
        owner,
        RunState.RUNNING,
        null,
        Optional.empty(),
        "went on: " + detail,
        RunState.PAUSED);
  }

  /** Marks a run that {@code owner} owns as stopped; it can be resumed. */
  public boolean stop(long run, UUID owner, String reason) {
    return change(
        run,
        owner,
        RunState.STOPPED,
        reason,
        Optional.empty(),
        "stopped",
        RunState.RUNNING,
        RunState.PAUSED);
  }

  /** Marks a run that {@code owner} owns as finished, where none of its horses is pending. */
  public boolean finish(long run, UUID owner) {
    return jdbi.inTransaction(handle -> {
      boolean done = tally(handle, run).pending() == 0;
      return done
          && change(
              run,
              owner,
              RunState.FINISHED,
              null,
              Optional.empty(),
              "finished",
              RunState.RUNNING,
              RunState.PAUSED);
    });
  }

  private boolean change(
      long run,
      UUID owner,
      RunState to,
      @Nullable String reason,
      Optional<Duration> left,
      String event,
      RunState... from) {
    return jdbi.inTransaction(handle -> {
      int changed =
          handle
              .createUpdate(
                  """
                  UPDATE studbook.run
                  SET state = :to, reason = :reason, paused_until = clock_timestamp() + :left * interval '1 microsecond',
                      ended_at = CASE WHEN :to IN ('stopped', 'finished') THEN clock_timestamp() END
                  WHERE run_id = :run AND owner = :owner AND state = ANY (:from)
                  """)
              .bind("to", to.text())
              .bind("reason", reason)
              .bindByType("left", left.map(wait -> wait.toNanos() / 1_000).orElse(null), Long.class)
              .bind("run", run)
              .bind("owner", owner)
              .bindArray("from", String.class, Arrays.stream(from).map(RunState::text).toList())
              .execute();
      if (changed == 1) {
        record(handle, run, event, reason, owner);
      }
      return changed == 1;
    });
  }

  private static void lock(Handle handle) {
    handle.execute("SELECT pg_advisory_xact_lock(?)", CONTROL_LOCK);
  }

  private static Start taken(Handle handle, Run run) {
    return new Start.Taken(run, tally(handle, run.id()));
  }

  /**
   * Its pieces close and their tokens rise: an owner that was not dead after all writes nothing.
   */
  private static void supersede(Handle handle, Run run) {
    handle.execute(
        """
        UPDATE studbook.piece SET open = false, token = token + 1, lease_until = '-infinity'
        WHERE run_id = ? AND open
        """,
        run.id());
    handle.execute(
        """
        UPDATE studbook.run SET state = 'superseded', paused_until = NULL, ended_at = clock_timestamp()
        WHERE run_id = ? AND state IN ('running', 'paused', 'stopped')
        """,
        run.id());
    record(handle, run.id(), "superseded", "a new run was planned", null);
  }

  private static Run begin(
      Handle handle, UUID owner, String version, Selection selection, Optional<DaySpan> sweep) {
    long id =
        handle
            .createQuery(
                """
                INSERT INTO studbook.run (state, owner, version, horses_before, enriched_before, pedigrees_before)
                SELECT 'running', :owner, :version, h.horses, h.enriched, p.pedigrees
                FROM (SELECT count(*) AS horses, count(dob) AS enriched FROM ra_horses) h,
                     (SELECT count(*) AS pedigrees FROM ra_horse_pedigree) p
                RETURNING run_id
                """)
            .bind("owner", owner)
            .bind("version", version)
            .mapTo(Long.class)
            .one();
    long total = Planner.freeze(handle, id, selection, sweep);
    handle.execute("UPDATE studbook.run SET total = ? WHERE run_id = ?", total, id);
    record(handle, id, "planned", total + " horses", owner);
    return byId(handle, id);
  }

  private static Start adopt(Handle handle, Run run, UUID owner) {
    handle.execute(
        """
        UPDATE studbook.piece SET lease_until = '-infinity' WHERE run_id = ? AND open AND owner = ?
        """,
        run.id(),
        run.owner().id());
    handle.execute(
        """
        UPDATE studbook.run SET state = 'running', reason = NULL, paused_until = NULL, ended_at = NULL, owner = ?
        WHERE run_id = ? AND state IN ('running', 'paused', 'stopped')
        """,
        owner,
        run.id());
    record(handle, run.id(), "resumed", null, owner);
    return new Start.Owned(byId(handle, run.id()), true);
  }

  static void record(
      Handle handle, long run, String event, @Nullable String detail, @Nullable UUID worker) {
    handle.execute(
        "INSERT INTO studbook.run_event (run_id, event, detail, worker_id) VALUES (?, ?, ?, ?)",
        run,
        event,
        detail,
        worker);
  }

  private static final String RUN =
      """
      SELECT r.*, w.worker_id, w.host, w.process, w.process_started, w.rate, w.racecards_rate,
             w.last_seen = '-infinity' AS gone, w.last_seen > clock_timestamp() - interval '30 s' AS seen_lately
      FROM studbook.run r JOIN studbook.worker w ON w.worker_id = r.owner
      """;

  private static Optional<Run> unfinished(Handle handle) {
    return handle
        .createQuery(
            RUN
                + " WHERE r.state IN ('running', 'paused', 'stopped') ORDER BY r.run_id DESC LIMIT"
                + " 1")
        .map((row, context) -> run(row))
        .findOne();
  }

  private static Run byId(Handle handle, long id) {
    return handle
        .createQuery(RUN + " WHERE r.run_id = :id")
        .bind("id", id)
        .map((row, context) -> run(row))
        .one();
  }

  private static Tally tally(Handle handle, long run) {
    return handle
        .createQuery(
            """
            SELECT r.total, COALESCE(sum(p.enriched), 0) AS enriched, COALESCE(sum(p.no_dob), 0) AS no_dob,
                   COALESCE(sum(p.basic), 0) AS basic, COALESCE(sum(p.not_found), 0) AS not_found,
                   COALESCE(sum(p.failed), 0) AS failed, COALESCE(sum(p.already_filled), 0) AS already_filled,
                   COALESCE(sum(p.gone), 0) AS gone, COALESCE(sum(p.with_pedigree), 0) AS with_pedigree,
                   COALESCE(sum(p.requests), 0) AS requests
            FROM studbook.run r LEFT JOIN studbook.piece p ON p.run_id = r.run_id
            WHERE r.run_id = :run GROUP BY r.total
            """)
        .bind("run", run)
        .map((row, context) ->
            new Tally(
                row.getLong("total"),
                row.getLong("enriched"),
                row.getLong("no_dob"),
                row.getLong("basic"),
                row.getLong("not_found"),
                row.getLong("failed"),
                row.getLong("already_filled"),
                row.getLong("gone"),
                row.getLong("with_pedigree"),
                row.getLong("requests")))
        .one();
  }

  private static Run run(ResultSet row) throws SQLException {
    return new Run(
        row.getLong("run_id"),
        RunState.of(row.getString("state")),
        row.getString("reason"),
        instant(row, "paused_until"),
        Workers.worker(row),
        row.getLong("total"),
        new Census(
            row.getLong("horses_before"),
            row.getLong("enriched_before"),
            row.getLong("pedigrees_before")),
        row.getObject("started_at", OffsetDateTime.class).toInstant(),
        instant(row, "ended_at"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
