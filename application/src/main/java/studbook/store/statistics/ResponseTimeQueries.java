package studbook.store.statistics;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/**
 * The response times of a run, from its work items. A horse completed by racecards had no request
 * of its own, so it has no response time. Safe for many threads.
 */
public final class ResponseTimeQueries {

  private final Jdbi jdbi;

  public ResponseTimeQueries(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** The number of responses with a duration. */
  public record TimeBucket(Duration took, long answers) {}

  /**
   * The response that completed a horse.
   *
   * @param name of the horse in the user's table; empty if its row was deleted
   * @param status HTTP status
   * @param requests sent for the horse
   */
  public record SlowResponse(
      String horse,
      Optional<String> name,
      String state,
      Optional<String> source,
      int status,
      int requests,
      Duration took) {}

  /** The number of responses per duration in milliseconds, fastest first. */
  public List<TimeBucket> spread(long run) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT duration_ms, count(*) AS response_count FROM studbook.work_item
                WHERE run_id = :run AND http_status IS NOT NULL AND duration_ms IS NOT NULL AND request_count > 0
                GROUP BY duration_ms ORDER BY duration_ms
                """)
            .bind("run", run)
            .map((row, context) ->
                new TimeBucket(
                    Duration.ofMillis(row.getLong("duration_ms")), row.getLong("response_count")))
            .list());
  }

  /**
   * The response times of a part of the run.
   *
   * @param to when its last response was committed
   * @param median half of the responses took no longer
   * @param p95 95 of 100 responses took no longer
   */
  public record ResponseTimes(Instant to, Duration median, Duration p95) {}

  /** The response times in parts of equal length, oldest first; reads all outcomes of the run. */
  public List<ResponseTimes> overTime(long run, int parts) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                WITH response AS (
                  SELECT completed_at, duration_ms,
                         width_bucket(date_part('epoch', completed_at), date_part('epoch', min(completed_at) OVER ()),
                                      date_part('epoch', max(completed_at) OVER ()) + 1, :parts) AS part
                  FROM studbook.work_item
                  WHERE run_id = :run AND http_status IS NOT NULL AND duration_ms IS NOT NULL AND request_count > 0
                    AND completed_at IS NOT NULL)
                SELECT max(completed_at) AS "to", percentile_disc(0.5) WITHIN GROUP (ORDER BY duration_ms) AS median,
                       percentile_disc(0.95) WITHIN GROUP (ORDER BY duration_ms) AS p95
                FROM response GROUP BY part ORDER BY part
                """)
            .bind("run", run)
            .bind("parts", parts)
            .map((row, _) ->
                new ResponseTimes(
                    row.getObject("to", OffsetDateTime.class).toInstant(),
                    Duration.ofMillis(row.getLong("median")),
                    Duration.ofMillis(row.getLong("p95"))))
            .list());
  }

  /** The slowest responses, slowest first. */
  public List<SlowResponse> slowest(long run, int most) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT i.horse_id, studbook.to_utf8(h.name) AS name, i.state, i.endpoint, i.http_status,
                       COALESCE(i.request_count, 0) AS request_count, i.duration_ms
                FROM (SELECT * FROM studbook.work_item
                      WHERE run_id = :run AND http_status IS NOT NULL AND duration_ms IS NOT NULL AND request_count > 0
                      ORDER BY duration_ms DESC, horse_id LIMIT :most) i
                LEFT JOIN ra_horses h ON h.horse_id = i.horse_id COLLATE "C"
                ORDER BY i.duration_ms DESC, i.horse_id
                """)
            .bind("run", run)
            .bind("most", most)
            .map((row, context) -> slow(row))
            .list());
  }

  private static SlowResponse slow(ResultSet row) throws SQLException {
    return new SlowResponse(
        row.getString("horse_id"),
        Optional.ofNullable(row.getString("name")),
        row.getString("state"),
        Optional.ofNullable(row.getString("endpoint")),
        row.getInt("http_status"),
        row.getInt("request_count"),
        Duration.ofMillis(row.getLong("duration_ms")));
  }
}
