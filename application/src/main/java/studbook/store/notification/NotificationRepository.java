package studbook.store.notification;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/**
 * Notifications and their delivery. An event has a key, so that it is added once for each channel,
 * whichever process adds it and however often. Safe for many threads.
 */
public final class NotificationRepository {

  private final Jdbi jdbi;

  public NotificationRepository(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * Adds the events of the last day in which a run finished, paused, or stopped because of an
   * error. Repeatable.
   */
  public void collect(List<String> channels) {
    jdbi.useHandle(handle ->
        handle
            .createUpdate(
                """
                INSERT INTO studbook.notification (event_key, channel, event, run_id, occurred_at, text)
                SELECT concat_ws(' ', 'run', e.run_id, e.event, extract(epoch FROM e.occurred_at)), c.channel,
                       CASE e.event WHEN 'finished' THEN 'run_finished' WHEN 'paused' THEN 'run_paused' ELSE 'run_failed' END,
                       e.run_id, e.occurred_at,
                       CASE e.event
                         WHEN 'finished' THEN (
                           SELECT format('Run %s is finished: %s of %s horses enriched, %s failed.', r.run_id,
                                         COALESCE(sum(k.enriched), 0), r.horse_count, COALESCE(sum(k.failed), 0))
                           FROM studbook.run r LEFT JOIN studbook.chunk k USING (run_id)
                           WHERE r.run_id = e.run_id GROUP BY r.run_id, r.horse_count)
                         WHEN 'paused' THEN format('Run %s is paused: %s', e.run_id, e.detail)
                         ELSE format('Run %s is stopped because of an error: %s', e.run_id, e.detail) END
                FROM studbook.run_event e CROSS JOIN unnest(:channels) AS c (channel)
                WHERE e.occurred_at BETWEEN clock_timestamp() - interval '1 day' AND clock_timestamp()
                  AND (e.event IN ('finished', 'paused')
                    OR e.event = 'stopped' AND (e.cause IS NOT NULL OR e.detail LIKE 'an internal error%'))
                ON CONFLICT (event_key, channel) DO NOTHING
                """)
            .bindArray("channels", String.class, channels)
            .execute());
  }

  /**
   * Adds that suspicious changes wait for a person: those of a run when it ends, those of racecards
   * that {@code discover} read after the hour in which they were raised. Repeatable.
   */
  public void collectReviews(List<String> channels) {
    jdbi.useHandle(handle ->
        handle
            .createUpdate(
                """
                INSERT INTO studbook.notification (event_key, channel, event, run_id, occurred_at, text)
                SELECT w.event_key, c.channel, 'review_waiting', w.run_id, w.occurred_at,
                       format('Suspicious changes that wait for a decision: %s of %s. `studbook review` lists them.', w.reviews, w.source)
                FROM (
                  SELECT concat_ws(' ', 'review run', e.run_id, extract(epoch FROM e.occurred_at)) AS event_key, e.run_id,
                         e.occurred_at, count(*) AS reviews, format('run %s', e.run_id) AS source
                  FROM studbook.review r JOIN studbook.run_event e ON e.run_id = r.run_id AND e.occurred_at >= r.raised_at
                  WHERE r.state = 'waiting' AND e.event IN ('finished', 'stopped', 'cancelled', 'superseded')
                    AND e.occurred_at BETWEEN clock_timestamp() - interval '1 day' AND clock_timestamp()
                    AND NOT EXISTS ( -- an earlier end of the run, which a resume followed
                      SELECT FROM studbook.run_event p
                      WHERE p.run_id = e.run_id AND p.event = 'stopped' AND p.occurred_at >= r.raised_at AND p.occurred_at < e.occurred_at)
                  GROUP BY e.run_id, e.occurred_at
                  UNION ALL
                  SELECT concat_ws(' ', 'review discover', extract(epoch FROM date_trunc('hour', raised_at, 'UTC'))), NULL,
                         max(raised_at), count(*), 'racecards that `studbook discover` read'
                  FROM studbook.review
                  WHERE state = 'waiting' AND run_id IS NULL
                    AND raised_at BETWEEN clock_timestamp() - interval '1 day'
                                      AND date_trunc('hour', clock_timestamp(), 'UTC') - interval '1 microsecond'
                  GROUP BY date_trunc('hour', raised_at, 'UTC')
                ) w CROSS JOIN unnest(:channels) AS c (channel)
                ON CONFLICT (event_key, channel) DO NOTHING
                """)
            .bindArray("channels", String.class, channels)
            .execute());
  }

  /**
   * Adds an event. Repeatable.
   *
   * @param key tells it from others
   */
  public void add(
      String key, String event, Optional<Long> run, String text, List<String> channels) {
    jdbi.useHandle(handle ->
        handle
            .createUpdate(
                """
                INSERT INTO studbook.notification (event_key, channel, event, run_id, text)
                SELECT :key, channel, :event, :run, :text FROM unnest(:channels) AS c (channel)
                ON CONFLICT (event_key, channel) DO NOTHING
                """)
            .bind("key", key)
            .bind("event", event)
            .bindByType("run", run.orElse(null), Long.class)
            .bind("text", text)
            .bindArray("channels", String.class, channels)
            .execute());
  }

  /**
   * Takes the oldest notification that is due. No other process gets it for {@code within}; a
   * process that dies meanwhile leaves it for another attempt.
   */
  public Optional<PendingNotification> claim(List<String> channels, Duration within) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                UPDATE studbook.notification SET next_attempt_at = clock_timestamp() + :within * interval '1 second',
                  attempt_count = attempt_count + 1
                WHERE notification_id = (
                  SELECT notification_id FROM studbook.notification
                  WHERE state = 'pending' AND next_attempt_at <= clock_timestamp() AND channel = ANY (:channels)
                  ORDER BY occurred_at, notification_id LIMIT 1 FOR UPDATE SKIP LOCKED)
                RETURNING notification_id, channel, event, run_id, occurred_at, text, attempt_count - 1 AS attempts
                """)
            .bind("within", within.toSeconds())
            .bindArray("channels", String.class, channels)
            .map((row, context) ->
                new PendingNotification(
                    row.getObject("notification_id", UUID.class),
                    row.getString("channel"),
                    row.getString("event"),
                    Optional.ofNullable(row.getObject("run_id", Long.class)),
                    row.getObject("occurred_at", OffsetDateTime.class).toInstant(),
                    row.getString("text"),
                    row.getInt("attempts")))
            .findOne());
  }

  /** Records that a notification was sent. Repeatable. */
  public void sent(UUID id) {
    jdbi.useHandle(handle ->
        handle.execute(
            """
            UPDATE studbook.notification SET state = 'sent', sent_at = clock_timestamp(), error_message = NULL
            WHERE notification_id = ? AND state = 'pending'
            """,
            id));
  }

  /**
   * Records a failed attempt.
   *
   * @param next when to try again; empty: never
   */
  public void failed(UUID id, String error, Optional<Duration> next) {
    jdbi.useHandle(handle ->
        handle
            .createUpdate(
                """
                UPDATE studbook.notification
                SET error_message = :error, state = CASE WHEN :next IS NULL THEN 'failed' ELSE state END,
                    next_attempt_at = clock_timestamp() + COALESCE(:next, 0) * interval '1 second'
                WHERE notification_id = :id AND state = 'pending'
                """)
            .bind("error", error)
            .bindByType("next", next.map(Duration::toSeconds).orElse(null), Long.class)
            .bind("id", id)
            .execute());
  }
}
