package studbook.store.statistics;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/**
 * How long the answers of a run took, as the ledger holds it. A horse that came by racecards had no
 * request of its own, so it has no answer here. Safe for many threads.
 */
public final class ResponseTimeQueries {

  private final Jdbi jdbi;

  public ResponseTimeQueries(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** So many answers took so long. */
  public record TimeBucket(Duration took, long answers) {}

  /**
   * The answer that settled a horse.
   *
   * @param name of the horse, as the user's table has it; empty where its row is gone
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

  /** How many answers took how long, to the millisecond, the quickest first. */
  public List<TimeBucket> spread(long run) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT millis, count(*) AS answers FROM studbook.ledger
                WHERE run_id = :run AND status IS NOT NULL AND millis IS NOT NULL AND requests > 0
                GROUP BY millis ORDER BY millis
                """)
            .bind("run", run)
            .map((row, context) ->
                new TimeBucket(Duration.ofMillis(row.getLong("millis")), row.getLong("answers")))
            .list());
  }

  /** The slowest answers, the slowest first. */
  public List<SlowResponse> slowest(long run, int most) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT l.horse_id, studbook.legible(h.name) AS name, l.state, l.source, l.status, COALESCE(l.requests, 0) AS requests, l.millis
                FROM (SELECT * FROM studbook.ledger
                      WHERE run_id = :run AND status IS NOT NULL AND millis IS NOT NULL AND requests > 0
                      ORDER BY millis DESC, horse_id LIMIT :most) l
                LEFT JOIN ra_horses h ON h.horse_id = l.horse_id COLLATE "C"
                ORDER BY l.millis DESC, l.horse_id
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
        Optional.ofNullable(row.getString("source")),
        row.getInt("status"),
        row.getInt("requests"),
        Duration.ofMillis(row.getLong("millis")));
  }
}
