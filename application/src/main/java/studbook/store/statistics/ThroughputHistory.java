package studbook.store.statistics;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The throughput of a run from its first sample to its newest, condensed so that the result has the
 * same size after a minute and after weeks.
 *
 * @param stretches of equal length if each has a sample, of a second at least where the run
 *     continued, oldest first
 * @param lastMinute before the newest sample; empty if there is no sample
 * @param newest the newest sample
 * @param bound the bottleneck of the process that sends most now; empty if there is no sample
 */
public record ThroughputHistory(
    List<HistoryBucket> stretches,
    Optional<HistoryBucket> lastMinute,
    Optional<ThroughputSamples.ThroughputSample> newest,
    Optional<Bottleneck> bound) {

  /** More than a terminal has columns: narrower charts combine these. */
  private static final int STRETCHES = 400;

  private static final Duration LAST = Duration.ofMinutes(1);

  /** The limit counts requests in a second: a shorter time may seem to exceed it. */
  private static final Duration SHORTEST = Duration.ofSeconds(1);

  public ThroughputHistory {
    stretches = List.copyOf(stretches);
  }

  /**
   * Consecutive samples, combined.
   *
   * @param from the start of the first; not before the end of the previous bucket
   * @param to the time of the last
   * @param horses completed meanwhile; a fraction if one was completed between two processes
   * @param sent requests of all processes
   * @param throttled of these answered 429
   * @param fullest maximum requests of one process in any one second
   */
  public record HistoryBucket(
      Instant from, Instant to, double horses, long sent, long throttled, int fullest) {

    private boolean isShort() {
      return Duration.between(from, to).compareTo(SHORTEST) < 0;
    }

    private boolean follows(HistoryBucket other) {
      return Duration.between(other.to, from).compareTo(SHORTEST) < 0;
    }

    private HistoryBucket with(HistoryBucket next) {
      return new HistoryBucket(
          from,
          next.to,
          horses + next.horses,
          sent + next.sent,
          throttled + next.throttled,
          Math.max(fullest, next.fullest));
    }
  }

  /** The history of a run. */
  public static ThroughputHistory of(Jdbi jdbi, long run) {
    return jdbi.withHandle(handle -> of(handle, run));
  }

  static ThroughputHistory of(Handle handle, long run) {
    Optional<ThroughputSamples.ThroughputSample> newest = newest(handle, run);
    return new ThroughputHistory(
        withoutShort(buckets(handle, run, Instant.EPOCH, STRETCHES)),
        newest.flatMap(
            sample -> buckets(handle, run, sample.at().minus(LAST), 1).stream().findFirst()),
        newest,
        newest.flatMap(sample -> bound(handle, run, sample.at())));
  }

  /** Of several processes one may have nothing to do while another works at the limit. */
  private static Optional<Bottleneck> bound(Handle handle, long run, Instant newest) {
    return handle
        .createQuery(
            """
            SELECT bottleneck FROM (
              SELECT DISTINCT ON (worker_id) bottleneck, requests_sent::float8 / greatest(interval_ms, 1) AS request_rate, sampled_at
              FROM studbook.run_sample
              WHERE run_id = :run AND sampled_at > :newest - interval '30 s' ORDER BY worker_id, sampled_at DESC) last
            ORDER BY request_rate DESC, sampled_at DESC LIMIT 1
            """)
        .bind("run", run)
        .bind("newest", newest.atOffset(ZoneOffset.UTC))
        .mapTo(String.class)
        .map(Bottleneck::of)
        .findOne();
  }

  private static Optional<ThroughputSamples.ThroughputSample> newest(Handle handle, long run) {
    return handle
        .createQuery(
            """
            SELECT * FROM studbook.run_sample WHERE run_id = :run ORDER BY sampled_at DESC LIMIT 1
            """)
        .bind("run", run)
        .map((row, context) -> ThroughputSamples.sample(row))
        .findOne();
  }

  /** A sample that a pause or an end caused soon after another is combined with that one. */
  private static List<HistoryBucket> withoutShort(List<HistoryBucket> buckets) {
    Deque<HistoryBucket> combined = new ArrayDeque<>();
    for (HistoryBucket bucket : buckets) {
      HistoryBucket before = combined.peekLast();
      if (before != null && bucket.follows(before) && (bucket.isShort() || before.isShort())) {
        combined.removeLast();
        combined.addLast(before.with(bucket));
      } else {
        combined.addLast(bucket);
      }
    }
    return List.copyOf(combined);
  }

  private static List<HistoryBucket> buckets(Handle handle, long run, Instant since, int most) {
    return handle
        .createQuery(
            """
            WITH neighbour AS (
              SELECT sampled_at, sampled_at - interval_ms * interval '1 ms' AS since, interval_ms / 1e3 AS span,
                     horses_per_second, horses_completed, requests_sent, requests_throttled, max_requests_per_second,
                     lag(sampled_at) OVER earlier AS sampled_before,
                     max(horses_completed) OVER earlier AS completed_before
              FROM studbook.run_sample
              WHERE run_id = :run AND sampled_at >= :since - interval '5 min'
              -- one window, and the ends by the index: each further one copies all samples
              WINDOW earlier AS (ORDER BY sampled_at ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
            ), ends AS (
              -- date_part gives a float, extract a numeric, which is several times slower
              SELECT date_part('epoch', min(sampled_at)) AS first, date_part('epoch', max(sampled_at)) + 1 AS last
              FROM studbook.run_sample WHERE run_id = :run AND sampled_at > :since
            )
            SELECT width_bucket(date_part('epoch', sampled_at), first, last, :most) AS stretch,
                   min(greatest(since, sampled_before)) AS "from", max(sampled_at) AS "to",
                   sum(CASE
                     -- the first sample of a process: the rest was completed before by a dead process that did not record it
                     WHEN sampled_before IS NULL OR since > sampled_before + interval '2 s'
                       THEN horses_per_second * span
                     ELSE greatest(0, horses_completed - completed_before)
                   END) AS horses,
                   sum(requests_sent) AS sent, sum(requests_throttled) AS throttled,
                   max(max_requests_per_second) AS fullest
            FROM neighbour CROSS JOIN ends WHERE sampled_at > :since
            GROUP BY stretch ORDER BY stretch
            """)
        .bind("run", run)
        .bind("since", since.atOffset(ZoneOffset.UTC))
        .bind("most", most)
        .map((row, _) ->
            new HistoryBucket(
                row.getObject("from", OffsetDateTime.class).toInstant(),
                row.getObject("to", OffsetDateTime.class).toInstant(),
                row.getDouble("horses"),
                row.getLong("sent"),
                row.getLong("throttled"),
                row.getInt("fullest")))
        .list();
  }
}
