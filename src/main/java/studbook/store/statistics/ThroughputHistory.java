package studbook.store.statistics;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * How a run went from its first sample to its newest, in so few stretches that a look carries the
 * same after a minute and after weeks.
 *
 * @param stretches equally long where there is a sample in each, the oldest first
 * @param lastMinute before the newest sample; empty where there is no sample
 * @param newest the newest sample
 * @param bound what limits the process that sends most just now; empty where there is no sample
 */
public record ThroughputHistory(
    List<HistoryBucket> stretches,
    Optional<HistoryBucket> lastMinute,
    Optional<ThroughputSamples.ThroughputSample> newest,
    Optional<String> bound) {

  /** More than a terminal has columns: a narrower chart is made of these. */
  private static final int STRETCHES = 400;

  private static final Duration LAST = Duration.ofMinutes(1);

  public ThroughputHistory {
    stretches = List.copyOf(stretches);
  }

  /**
   * Samples that follow one another, taken together.
   *
   * @param from since when the first of them was taken; not before the end of the stretch before
   * @param to when the last of them was taken
   * @param horses settled meanwhile; a fraction where one was settled between two processes
   * @param sent requests of all processes
   * @param throttled of these answered 429
   * @param fullest most requests that one process sent in any one second
   */
  public record HistoryBucket(
      Instant from, Instant to, double horses, long sent, long throttled, int fullest) {}

  static ThroughputHistory of(Handle handle, long run) {
    Optional<ThroughputSamples.ThroughputSample> newest = newest(handle, run);
    return new ThroughputHistory(
        stretches(handle, run, Instant.EPOCH, STRETCHES),
        newest.flatMap(
            sample -> stretches(handle, run, sample.at().minus(LAST), 1).stream().findFirst()),
        newest,
        newest.flatMap(sample -> bound(handle, run, sample.at())));
  }

  /** Of several processes one may have nothing to do while another works at the limit. */
  private static Optional<String> bound(Handle handle, long run, Instant newest) {
    return handle
        .createQuery(
            """
            SELECT bound FROM (
              SELECT DISTINCT ON (worker_id) bound, sent::float8 / greatest(millis, 1) AS pace, at FROM studbook.sample
              WHERE run_id = :run AND at > :newest - interval '30 s' ORDER BY worker_id, at DESC) last
            ORDER BY pace DESC, at DESC LIMIT 1
            """)
        .bind("run", run)
        .bind("newest", newest.atOffset(ZoneOffset.UTC))
        .mapTo(String.class)
        .findOne();
  }

  private static Optional<ThroughputSamples.ThroughputSample> newest(Handle handle, long run) {
    return handle
        .createQuery("SELECT * FROM studbook.sample WHERE run_id = :run ORDER BY at DESC LIMIT 1")
        .bind("run", run)
        .map((row, context) -> ThroughputSamples.sample(row))
        .findOne();
  }

  private static List<HistoryBucket> stretches(Handle handle, long run, Instant since, int most) {
    return handle
        .createQuery(
            """
            WITH neighbour AS (
              SELECT at, at - millis * interval '1 ms' AS since, millis / 1e3 AS span, per_second, processed,
                     sent, throttled, fullest, lag(at) OVER earlier AS at_before,
                     max(processed) OVER (earlier ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS processed_before
              FROM studbook.sample
              WHERE run_id = :run AND at >= :since - interval '5 min'
              WINDOW earlier AS (ORDER BY at)
            ), work AS (
              SELECT at, greatest(since, at_before) AS since, sent, throttled, fullest,
                     CASE
                       -- the first of a start: the rest was settled before, by a process that died and did not note it
                       WHEN at_before IS NULL OR since > at_before + interval '2 s' THEN per_second * span
                       ELSE greatest(0, processed - processed_before)
                     END AS horses,
                     width_bucket(extract(epoch FROM at), extract(epoch FROM min(at) OVER ()),
                                  extract(epoch FROM max(at) OVER ()) + 1, :most) AS stretch
              FROM neighbour WHERE at > :since
            )
            SELECT min(since) AS since, max(at) AS at, sum(horses) AS horses,
                   sum(sent) AS sent, sum(throttled) AS throttled, max(fullest) AS fullest
            FROM work GROUP BY stretch ORDER BY stretch
            """)
        .bind("run", run)
        .bind("since", since.atOffset(ZoneOffset.UTC))
        .bind("most", most)
        .map((row, context) -> stretch(row))
        .list();
  }

  private static HistoryBucket stretch(ResultSet row) throws SQLException {
    return new HistoryBucket(
        row.getObject("since", OffsetDateTime.class).toInstant(),
        row.getObject("at", OffsetDateTime.class).toInstant(),
        row.getDouble("horses"),
        row.getLong("sent"),
        row.getLong("throttled"),
        row.getInt("fullest"));
  }
}
