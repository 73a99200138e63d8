package studbook.store.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;

/** What is due, what is disabled, and the database's time. Safe for many threads. */
public final class ScheduleQueries {

  private final Jdbi jdbi;

  public ScheduleQueries(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * A job as the services have it.
   *
   * @param nextAt when a service starts it, or has started it
   * @param process that runs it; empty if none does
   * @param heartbeatAge of that process
   */
  public record ScheduledTask(
      String job, Instant nextAt, Optional<String> process, Optional<Duration> heartbeatAge) {}

  /** The database's time. */
  public Instant now() {
    return jdbi.withHandle(handle ->
        handle
            .createQuery("SELECT clock_timestamp()")
            .mapTo(OffsetDateTime.class)
            .one()
            .toInstant());
  }

  /** The jobs that a service has scheduled, by name. */
  public Map<String, ScheduledTask> tasks() {
    List<ScheduledTask> tasks =
        jdbi.withHandle(handle ->
            handle
                .createQuery(
                    """
                    SELECT task_name, execution_time, CASE WHEN picked THEN picked_by END AS process,
                      CASE WHEN picked THEN extract(epoch FROM clock_timestamp() - last_heartbeat) END::double precision AS age
                    FROM studbook.scheduled_task
                    """)
                .map((row, _) ->
                    new ScheduledTask(
                        row.getString("task_name"),
                        row.getObject("execution_time", OffsetDateTime.class).toInstant(),
                        Optional.ofNullable(row.getString("process")),
                        Optional.ofNullable(row.getObject("age", Double.class))
                            .map(seconds -> Duration.ofMillis((long) (seconds * 1_000)))))
                .list());
    return tasks.stream().collect(Collectors.toMap(ScheduledTask::job, task -> task));
  }

  /** The jobs that a person has disabled. */
  public Set<String> disabled() {
    return jdbi.withHandle(handle ->
        handle
            .createQuery("SELECT job FROM studbook.job_switch WHERE disabled")
            .mapTo(String.class)
            .set());
  }

  /** Disables or enables a job, for all services. Repeatable. */
  public void disable(String job, boolean disabled) {
    jdbi.useHandle(handle ->
        handle
            .createUpdate(
                """
                INSERT INTO studbook.job_switch (job, disabled) VALUES (:job, :disabled)
                ON CONFLICT (job) DO UPDATE SET disabled = :disabled, changed_at = clock_timestamp()
                """)
            .bind("job", job)
            .bind("disabled", disabled)
            .execute());
  }
}
