package studbook.ratelimit;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import studbook.ratelimit.SharedRateLimit.ThrottleResult;
import studbook.store.work.RunEventType;
import studbook.time.Rate;

/** Records answers 429 in the row of a {@link SharedRateLimit}. Safe for many threads. */
record ThrottleRecorder(Jdbi jdbi, RateLimitKey key, Rate rate) {

  /**
   * Records a 429, in this order:
   *
   * <ol>
   *   <li>{@code past}: the 429s before it in ten windows; whether one was in the same window;
   *       whether the window is full, which is three in a row or an eighth of what two windows hold
   *       (a short stall makes several late, too). What was sent before a block tells nothing of
   *       the time after it.
   *   <li>{@code hit}: the margin grows, a full window blocks all processes for a window, and twice
   *       as many reduce the rate for ten minutes.
   *   <li>{@code extended}, {@code recorded}: the reduction is an event of the active run.
   * </ol>
   *
   * @param age how long ago the request was sent
   * @return empty if the row is missing
   */
  Optional<ThrottleResult> record(Duration age) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                WITH hit AS (UPDATE studbook.rate_limit l
                SET (throttled_at, safety_margin, blocked_until, generation, reduced_until, reduced_at) = (
                  SELECT
                    past.recent || sent.at,
                    least(interval '250 ms', l.safety_margin + CASE
                      WHEN past.is_another THEN interval '0'
                      WHEN past.is_known THEN interval '2 ms'
                      ELSE interval '7 ms' END),
                    CASE WHEN past.is_full THEN clock_timestamp() + l.window_length ELSE l.blocked_until END,
                    l.generation + past.is_full::integer,
                    CASE WHEN cardinality(past.recent) + 1 >= 2 * sent.several
                         THEN clock_timestamp() + interval '10 min' ELSE l.reduced_until END,
                    CASE WHEN cardinality(past.recent) + 1 >= 2 * sent.several AND l.reduced_until <= clock_timestamp()
                         THEN statement_timestamp() ELSE l.reduced_at END
                  FROM (
                    SELECT clock_timestamp() - :age * interval '1 microsecond', greatest(3, l.max_permits / 4)
                  ) sent (at, several),
                  LATERAL (
                    SELECT
                      coalesce(array_agg(hit ORDER BY hit) FILTER (WHERE hit > sent.at - 10 * l.window_length), '{}'),
                      bool_or(hit BETWEEN sent.at - l.window_length AND sent.at + l.window_length) IS TRUE,
                      max(hit) > sent.at - interval '10 min',
                      sent.at >= l.blocked_until
                      AND 1 + count(*) FILTER (WHERE hit > sent.at - 2.5 * l.window_length AND hit >= l.blocked_until) >= sent.several
                    FROM unnest(l.throttled_at) hit
                  ) past (recent, is_another, is_known, is_full))
                WHERE l.key = :key
                RETURNING l.generation, l.reduced_until, l.reduced_until > clock_timestamp() AS reduced,
                          l.reduced_at, l.reduced_at = statement_timestamp() AS is_new
                ), run AS (
                  SELECT run_id FROM studbook.run WHERE state IN ('running', 'paused')
                ), extended AS (
                  UPDATE studbook.run_event e SET occurred_at = hit.reduced_until FROM hit, run
                  WHERE hit.reduced AND NOT hit.is_new AND e.run_id = run.run_id
                    AND e.event = :restored AND e.occurred_at > statement_timestamp()
                ), recorded AS (
                  INSERT INTO studbook.run_event (run_id, occurred_at, event, detail)
                  SELECT run.run_id, change.occurred_at, change.event, change.detail
                  FROM run, hit, LATERAL (VALUES (hit.reduced_at, :lowered, :detail), (hit.reduced_until, :restored, NULL))
                    change (occurred_at, event, detail)
                  WHERE hit.is_new AND NOT :unlimited
                )
                SELECT generation, reduced_until, reduced FROM hit
                """)
            .bind("key", key.text())
            .bind("age", age.toNanos() / 1_000)
            .bind("lowered", RunEventType.LIMIT_LOWERED.text())
            .bind("restored", RunEventType.LIMIT_RESTORED.text())
            .bind(
                "detail",
                LimitReduction.detail(rate.times(SharedRateLimit.REDUCED_SHARE).toString()))
            .bind("unlimited", rate.isUnlimited())
            .map((row, context) ->
                new ThrottleResult(
                    row.getInt("generation"),
                    row.getBoolean("reduced")
                        ? Optional.of(
                            row.getObject("reduced_until", OffsetDateTime.class).toInstant())
                        : Optional.empty()))
            .findOne());
  }
}
