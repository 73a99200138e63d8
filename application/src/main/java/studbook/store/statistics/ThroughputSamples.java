package studbook.store.statistics;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import studbook.model.drift.ApiDrift;

/** Samples of a run's throughput, recorded by its processes. Safe for many threads. */
public final class ThroughputSamples {

  private final Jdbi jdbi;

  public ThroughputSamples(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * A process's sample of its run.
   *
   * @param at by the database's clock; ignored when it is added
   * @param span since the process's previous sample
   * @param processed horses of the run, completed by all processes
   * @param failed of these
   * @param perSecond horses of the run over the last minutes
   * @param remaining until the run is done, if known
   * @param bottleneck the bottleneck
   * @param sent requests of this process within the span
   * @param throttled of these answered 429
   * @param fullest maximum requests of this process in any one second of the span
   */
  public record ThroughputSample(
      Instant at,
      UUID worker,
      Duration span,
      long processed,
      long failed,
      double perSecond,
      Optional<Duration> remaining,
      Bottleneck bottleneck,
      long sent,
      long throttled,
      int fullest) {}

  /**
   * Adds a sample with the field counts and differences of its span, in one transaction; returns
   * the differences that were never seen before. Repeatable: an existing sample is not added again,
   * nor are its fields and differences. The number of completed horses is that of all commits now:
   * a process knows others' commits only from its last poll, and progress never decreases.
   */
  public List<ApiDrift> add(
      long run,
      UUID id,
      ThroughputSample sample,
      List<FieldStatistics.FieldCount> fields,
      List<ApiDrift> drifts) {
    return jdbi.inTransaction(handle -> {
      if (!add(handle, run, id, sample)) {
        return List.of();
      }
      FieldStatistics.add(handle, run, fields);
      return DriftStatistics.add(handle, drifts);
    });
  }

  private static boolean add(Handle handle, long run, UUID id, ThroughputSample sample) {
    return handle
            .createUpdate(
                """
                INSERT INTO studbook.run_sample
                  (sample_id, run_id, worker_id, interval_ms, horses_completed, horses_failed, horses_per_second,
                   remaining_seconds, bottleneck, requests_sent, requests_throttled, max_requests_per_second)
                VALUES (:id, :run, :worker, :intervalMs, GREATEST(:completed, (SELECT COALESCE(sum(
                          enriched + no_dob + basic + not_found + failed + already_filled + missing), 0)
                        FROM studbook.chunk WHERE run_id = :run)), :failed, :perSecond,
                   :remaining, :bottleneck, :sent, :throttled, :maxPerSecond)
                ON CONFLICT (sample_id) DO NOTHING
                """)
            .bind("id", id)
            .bind("run", run)
            .bind("worker", sample.worker())
            .bind("intervalMs", Math.min(Integer.MAX_VALUE, sample.span().toMillis()))
            .bind("completed", sample.processed())
            .bind("failed", sample.failed())
            .bind("perSecond", sample.perSecond())
            .bind("remaining", sample.remaining().map(left -> left.toMillis() / 1e3).orElse(null))
            .bind("bottleneck", sample.bottleneck().text())
            .bind("sent", sample.sent())
            .bind("throttled", sample.throttled())
            .bind("maxPerSecond", sample.fullest())
            .execute()
        == 1;
  }

  /** All samples of a run, oldest first: some six thousand a day. */
  public List<ThroughputSample> of(long run) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                "SELECT * FROM studbook.run_sample WHERE run_id = :run ORDER BY sampled_at")
            .bind("run", run)
            .map((row, context) -> sample(row))
            .list());
  }

  static ThroughputSample sample(ResultSet row) throws SQLException {
    Double remaining = row.getObject("remaining_seconds", Double.class);
    return new ThroughputSample(
        row.getObject("sampled_at", OffsetDateTime.class).toInstant(),
        row.getObject("worker_id", UUID.class),
        Duration.ofMillis(row.getLong("interval_ms")),
        row.getLong("horses_completed"),
        row.getLong("horses_failed"),
        row.getDouble("horses_per_second"),
        remaining == null
            ? Optional.empty()
            : Optional.of(Duration.ofMillis(Math.round(remaining * 1e3))),
        Bottleneck.of(row.getString("bottleneck")),
        row.getLong("requests_sent"),
        row.getLong("requests_throttled"),
        row.getInt("max_requests_per_second"));
  }
}
