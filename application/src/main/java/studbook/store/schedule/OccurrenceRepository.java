package studbook.store.schedule;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/**
 * The occurrences of jobs. Each has one row, and one result: an attempt that was taken over cannot
 * end it. Safe for many threads.
 */
public final class OccurrenceRepository {

  private final Jdbi jdbi;

  public OccurrenceRepository(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * An occurrence of a job.
   *
   * @param dueAt when it was due; identifies it
   * @param manual started by a person
   */
  public record JobOccurrence(String job, Instant dueAt, boolean manual) {}

  /**
   * An occurrence as it was recorded.
   *
   * @param process that runs or ran it, for people
   * @param endedAt empty while it runs, or if its process died
   * @param message for people; may contain text from outside
   */
  public record RecordedOccurrence(
      JobOccurrence occurrence,
      String process,
      Instant startedAt,
      Optional<Instant> endedAt,
      Optional<OccurrenceResult> result,
      Optional<String> message) {}

  /**
   * Records that {@code process} begins an occurrence, or takes it over. Repeatable: a repetition
   * is a further attempt.
   *
   * @return the attempt's number; empty if the occurrence has ended
   */
  public Optional<Integer> begin(JobOccurrence occurrence, String process) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                INSERT INTO studbook.job_occurrence AS o (job, due_at, manual, process)
                VALUES (:job, :due, :manual, :process)
                ON CONFLICT (job, due_at) DO UPDATE SET attempt = o.attempt + 1, process = :process
                WHERE o.ended_at IS NULL
                RETURNING attempt
                """)
            .bind("job", occurrence.job())
            .bind("due", occurrence.dueAt().atOffset(ZoneOffset.UTC))
            .bind("manual", occurrence.manual())
            .bind("process", process)
            .mapTo(Integer.class)
            .findOne());
  }

  /**
   * Records the end of an attempt. Repeatable with the same values.
   *
   * @return whether it ended the occurrence; false if another attempt has taken it over
   */
  public boolean end(
      JobOccurrence occurrence, int attempt, OccurrenceResult result, String message) {
    return jdbi.withHandle(handle ->
        handle
            .createUpdate(
                """
                UPDATE studbook.job_occurrence
                SET ended_at = COALESCE(ended_at, clock_timestamp()), result = :result, message = :message
                WHERE job = :job AND due_at = :due AND attempt = :attempt
                  AND (ended_at IS NULL OR result = :result)
                """)
            .bind("job", occurrence.job())
            .bind("due", occurrence.dueAt().atOffset(ZoneOffset.UTC))
            .bind("attempt", attempt)
            .bind("result", result.text())
            .bind("message", message)
            .execute())
        == 1;
  }

  /** Records an occurrence that is not run. Repeatable. */
  public void pass(
      JobOccurrence occurrence, String process, OccurrenceResult result, String message) {
    jdbi.useHandle(handle ->
        handle
            .createUpdate(
                """
                INSERT INTO studbook.job_occurrence (job, due_at, process, ended_at, result, message)
                VALUES (:job, :due, :process, clock_timestamp(), :result, :message)
                ON CONFLICT DO NOTHING
                """)
            .bind("job", occurrence.job())
            .bind("due", occurrence.dueAt().atOffset(ZoneOffset.UTC))
            .bind("process", process)
            .bind("result", result.text())
            .bind("message", message)
            .execute());
  }

  /**
   * The last occurrence of each job that was run, or skipped; those that were missed are left out.
   */
  public List<RecordedOccurrence> latest() {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT DISTINCT ON (job) job, due_at, manual, process, started_at, ended_at, result, message
                FROM studbook.job_occurrence WHERE result IS DISTINCT FROM 'missed'
                ORDER BY job, started_at DESC
                """)
            .map((row, _) -> recorded(row))
            .list());
  }

  private static RecordedOccurrence recorded(ResultSet row) throws SQLException {
    return new RecordedOccurrence(
        new JobOccurrence(row.getString("job"), instant(row, "due_at"), row.getBoolean("manual")),
        row.getString("process"),
        instant(row, "started_at"),
        Optional.ofNullable(row.getObject("ended_at", OffsetDateTime.class))
            .map(OffsetDateTime::toInstant),
        Optional.ofNullable(row.getString("result")).map(OccurrenceResult::of),
        Optional.ofNullable(row.getString("message")));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
