package studbook.store.statistics;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import studbook.model.ErrorKind;

/** The error log of a run by kind and by message: failed attempts, and horses that failed. */
public final class ErrorSummaryQueries {

  private final Jdbi jdbi;

  public ErrorSummaryQueries(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * A kind.
   *
   * @param entries of the error log
   * @param horses affected
   * @param failed horses whose last failure it was
   * @param example the newest message; may contain text from outside
   */
  public record ErrorGroup(
      ErrorKind kind, long entries, long horses, long failed, String example) {}

  /**
   * A message; numbers of four digits and more become {@code N}, so that ids do not separate equal
   * messages, and an HTTP status stays readable.
   *
   * @param entries of the error log
   * @param horses affected
   * @param message of at most 300 characters; may contain text from outside
   */
  public record ErrorMessageCount(ErrorKind kind, String message, long entries, long horses) {}

  /** The messages of a run, most frequent first. */
  public List<ErrorMessageCount> messages(long run, int most) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT kind, message, count(*) AS entries, count(DISTINCT horse_id) AS horses
                FROM (SELECT kind, horse_id,
                             -- the excerpt after the reason differs in each message
                             regexp_replace(regexp_replace(regexp_replace(left(message, 300),
                               ': *[{<\\[].*$', ''), '[0-9]{4}-[0-9]{2}-[0-9]{2}', 'DAY', 'g'), '[0-9]{4,}', 'N', 'g') AS message
                      FROM studbook.error WHERE run_id = :run) e
                GROUP BY kind, message ORDER BY entries DESC, kind, message LIMIT :most
                """)
            .bind("run", run)
            .bind("most", most)
            .map(ConstructorMapper.of(ErrorMessageCount.class))
            .list());
  }

  /**
   * The entries of a part of a run.
   *
   * @param to the end of the part
   * @param entries without those of 429
   */
  public record ErrorCount(Instant to, long entries) {}

  /** The entries in parts of equal length from the run's start until its end, or until now. */
  public List<ErrorCount> overTime(long run, int parts) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                WITH span AS (
                  SELECT started_at AS began, COALESCE(ended_at, clock_timestamp()) + interval '1 ms' AS ended
                  FROM studbook.run WHERE run_id = :run
                ), counted AS (
                  SELECT width_bucket(date_part('epoch', e.occurred_at), date_part('epoch', s.began),
                                      date_part('epoch', s.ended), :parts) AS part, count(*) AS entries
                  FROM studbook.error e CROSS JOIN span s
                  WHERE e.run_id = :run AND e.kind <> 'throttled' GROUP BY part)
                SELECT s.began + (s.ended - s.began) * p.part / :parts AS "to", COALESCE(c.entries, 0) AS entries
                FROM span s CROSS JOIN generate_series(1, :parts) p (part) LEFT JOIN counted c ON c.part = p.part
                ORDER BY p.part
                """)
            .bind("run", run)
            .bind("parts", parts)
            .map(ConstructorMapper.of(ErrorCount.class))
            .list());
  }

  /** The kinds of a run, most frequent first. */
  public List<ErrorGroup> of(long run) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT COALESCE(e.kind, f.kind) AS kind, COALESCE(e.entries, 0) AS entries,
                       greatest(e.horses, f.failed) AS horses, COALESCE(f.failed, 0) AS failed,
                       COALESCE(n.message, f.message, '') AS example
                FROM (SELECT kind, count(*) AS entries, count(DISTINCT horse_id) AS horses, max(error_id) AS newest
                      FROM studbook.error WHERE run_id = :run GROUP BY kind) e
                FULL JOIN (SELECT error_kind AS kind, count(*) AS failed, max(error_message) AS message
                           FROM studbook.work_item WHERE run_id = :run AND state = 'failed' GROUP BY error_kind) f
                  ON f.kind = e.kind
                LEFT JOIN studbook.error n ON n.error_id = e.newest
                ORDER BY entries DESC, kind
                """)
            .bind("run", run)
            .map(ConstructorMapper.of(ErrorGroup.class))
            .list());
  }
}
