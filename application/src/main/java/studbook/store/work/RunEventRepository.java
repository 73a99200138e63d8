package studbook.store.work;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;
import studbook.model.PauseCause;

/**
 * The events of runs: planned, paused, resumed, stopped, restarted, finished. Safe for many
 * threads.
 */
public final class RunEventRepository {

  private final Jdbi jdbi;

  public RunEventRepository(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * An event.
   *
   * @param detail for people; without credentials, may contain text from outside
   * @param cause of a pause or stop; of {@code resumed}, if an outage of the database ended
   */
  public record RunEvent(
      Instant at, RunEventType type, Optional<String> detail, Optional<PauseCause> cause) {}

  /** The events of a run, oldest first. */
  public List<RunEvent> of(long run) {
    return jdbi.withHandle(handle -> of(handle, run));
  }

  public static List<RunEvent> of(Handle handle, long run) {
    return handle
        .createQuery(
            """
            SELECT occurred_at AS at, event AS type, detail, cause FROM studbook.run_event
            WHERE run_id = :run ORDER BY occurred_at, event
            """)
        .bind("run", run)
        .map(ConstructorMapper.of(RunEvent.class))
        .list();
  }

  /**
   * Records a database outage after it has ended. Repeatable: an outage that {@code worker} has
   * recorded is not recorded twice.
   *
   * @param lasted until now
   */
  public void outage(long run, UUID worker, String reason, Duration lasted) {
    jdbi.useHandle(handle ->
        handle
            .createUpdate(
                """
                INSERT INTO studbook.run_event (run_id, occurred_at, event, detail, cause, worker_id)
                SELECT :run, e.occurred_at, e.event, e.detail, e.cause, :worker
                FROM (VALUES (clock_timestamp() - :lasted * interval '1 microsecond', 'paused', :reason, :cause),
                             (clock_timestamp(), 'resumed', :back, :cause)) e (occurred_at, event, detail, cause)
                WHERE NOT EXISTS (
                  SELECT FROM studbook.run_event
                  WHERE run_id = :run AND worker_id = :worker AND event = 'resumed' AND detail = :back
                    AND occurred_at > clock_timestamp() - :lasted * interval '1 microsecond')
                """)
            .bind("run", run)
            .bind("lasted", lasted.toNanos() / 1_000)
            .bind("reason", reason)
            .bind("cause", PauseCause.DATABASE.text())
            .bind("worker", worker)
            .bind("back", "the database is available again")
            .execute());
  }

  public static void append(
      Handle handle,
      long run,
      RunEventType type,
      @Nullable String detail,
      @Nullable PauseCause cause,
      @Nullable UUID worker) {
    handle
        .createUpdate(
            """
            INSERT INTO studbook.run_event (run_id, event, detail, cause, worker_id)
            VALUES (:run, :event, :detail, :cause, CAST(:worker AS uuid))
            """)
        .bind("run", run)
        .bind("event", type.text())
        .bind("detail", detail)
        .bind("cause", cause == null ? null : cause.text())
        .bind("worker", worker == null ? null : worker.toString())
        .execute();
  }
}
