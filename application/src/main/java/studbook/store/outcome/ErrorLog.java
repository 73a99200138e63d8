package studbook.store.outcome;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;
import studbook.model.ErrorKind;
import studbook.model.HorseId;

/** All errors of a run, including those that a retry resolved. Safe for many threads. */
public final class ErrorLog {

  private final Jdbi jdbi;

  public ErrorLog(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** Appends in one transaction. Repeatable: the reply may have been lost. */
  public void append(List<ErrorEntry> entries) {
    jdbi.useTransaction(handle -> append(handle, entries));
  }

  public static void append(Handle handle, List<ErrorEntry> entries) {
    if (entries.isEmpty()) {
      return;
    }
    PreparedBatch batch =
        handle.prepareBatch(
            """
            INSERT INTO studbook.error (entry_id, run_id, horse_id, kind, endpoint, http_status, attempt, duration_ms, message)
            VALUES (:id, :run, :horse, :kind, :endpoint, :httpStatus, :attempt, :durationMs, :message)
            ON CONFLICT (entry_id) DO NOTHING
            """);
    for (ErrorEntry entry : entries) {
      batch
          .bind("id", entry.id())
          .bind("run", entry.run())
          .bind("horse", entry.horse().map(Object::toString).orElse(null))
          .bind("kind", entry.kind().text())
          .bind("endpoint", entry.endpoint().orElse(null))
          .bind("httpStatus", entry.status() == 0 ? null : entry.status())
          .bind("attempt", Math.min(Short.MAX_VALUE, entry.attempt()))
          .bind("durationMs", entry.took().toMillis())
          .bind("message", entry.message())
          .add();
    }
    batch.execute();
  }

  /** The ids of the horses that failed in a run, in order. */
  public List<String> failedHorses(long run) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT horse_id FROM studbook.work_item
                WHERE run_id = :run AND state = 'failed' ORDER BY horse_id
                """)
            .bind("run", run)
            .mapTo(String.class)
            .list());
  }

  /** Which of some horses failed in a run. */
  public Set<String> failedAmong(long run, Collection<String> horses) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT horse_id FROM studbook.work_item
                WHERE run_id = :run AND horse_id = ANY (:horses) AND state = 'failed'
                """)
            .bind("run", run)
            .bindArray("horses", String.class, horses)
            .mapTo(String.class)
            .set());
  }

  /** An entry and when it was written. */
  public record LoggedError(Instant at, ErrorEntry entry) {}

  /**
   * The newest entries of a run, latest first.
   *
   * @param kind only this one, if given
   */
  public List<LoggedError> newest(long run, Optional<ErrorKind> kind, int most) {
    return jdbi.withHandle(handle -> newest(handle, run, kind, most));
  }

  /** The same of all kinds, in a transaction of the caller's. */
  public static List<LoggedError> newest(Handle handle, long run, int most) {
    return newest(handle, run, Optional.empty(), most);
  }

  private static List<LoggedError> newest(
      Handle handle, long run, Optional<ErrorKind> kind, int most) {
    return handle
        .createQuery(
            """
            SELECT entry_id, run_id, occurred_at, horse_id, kind, endpoint, http_status, attempt, duration_ms, message
            FROM studbook.error WHERE run_id = :run AND kind = COALESCE(:kind, kind)
            ORDER BY error_id DESC LIMIT :most
            """)
        .bind("run", run)
        .bind("kind", kind.map(ErrorKind::text).orElse(null))
        .bind("most", most)
        .map((row, context) -> logged(row))
        .list();
  }

  /**
   * Which entries of a run.
   *
   * @param kind only this one, if given
   * @param text only those of the horse with this id, or whose message contains it in any case, if
   *     given
   */
  public record ErrorFilter(long run, Optional<ErrorKind> kind, Optional<String> text) {}

  /** The newest entries, latest first, without the first {@code skipped} of them. */
  public List<LoggedError> newest(ErrorFilter filter, int skipped, int most) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT entry_id, run_id, occurred_at, horse_id, kind, endpoint, http_status, attempt, duration_ms, message
                FROM studbook.error
                WHERE run_id = :run AND (:kind::text IS NULL OR kind = :kind)
                  AND (:text::text IS NULL OR horse_id = :text OR strpos(lower(message), lower(:text)) > 0)
                ORDER BY error_id DESC OFFSET :skipped LIMIT :most
                """)
            .bind("run", filter.run())
            .bindByType("kind", filter.kind().map(ErrorKind::text).orElse(null), String.class)
            .bindByType("text", filter.text().orElse(null), String.class)
            .bind("skipped", skipped)
            .bind("most", most)
            .map((row, _) -> logged(row))
            .list());
  }

  /** All entries of a horse over all runs, oldest first. */
  public List<LoggedError> of(String horse) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT entry_id, run_id, occurred_at, horse_id, kind, endpoint, http_status, attempt, duration_ms, message
                FROM studbook.error WHERE horse_id = :horse ORDER BY error_id
                """)
            .bind("horse", horse)
            .map((row, context) -> logged(row))
            .list());
  }

  private static LoggedError logged(ResultSet row) throws SQLException {
    return new LoggedError(
        row.getObject("occurred_at", OffsetDateTime.class).toInstant(),
        new ErrorEntry(
            row.getObject("entry_id", UUID.class),
            row.getLong("run_id"),
            Optional.ofNullable(row.getString("horse_id")).flatMap(HorseId::parse),
            ErrorKind.of(row.getString("kind")),
            Optional.ofNullable(row.getString("endpoint")),
            row.getInt("http_status"),
            row.getInt("attempt"),
            Duration.ofMillis(row.getLong("duration_ms")),
            row.getString("message")));
  }
}
