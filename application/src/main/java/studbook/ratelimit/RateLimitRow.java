package studbook.ratelimit;

import java.time.Duration;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Update;
import studbook.time.Rate;

/** The row of a {@link SharedRateLimit}: creates it, and creates it again if it was deleted. */
record RateLimitRow(Jdbi jdbi, RateLimitKey key, Rate rate) {

  /** Creates the row. One with another rate gets this rate, and keeps its newest permits. */
  void join() {
    jdbi.useHandle(handle ->
        bound(
                handle.createUpdate(
                    """
                    INSERT INTO studbook.rate_limit AS l
                      (key, rate, max_permits, window_length, safety_margin, blocked_until, recent_permits, generation)
                    VALUES (:key, :rate, :maxPermits, :windowLength * interval '1 microsecond', interval '15 ms',
                            '-infinity', array_fill('-infinity'::timestamptz, ARRAY[:maxPermits]), 0)
                    ON CONFLICT (key) DO UPDATE SET
                      rate = EXCLUDED.rate, max_permits = EXCLUDED.max_permits, window_length = EXCLUDED.window_length,
                      generation = l.generation + 1, reduced_until = '-infinity',
                      -- the newest permits stay; where their number grows, the unknown older ones count as its oldest
                      recent_permits = array_fill(l.recent_permits[1], ARRAY[greatest(EXCLUDED.max_permits - l.max_permits, 0)])
                             || l.recent_permits[greatest(l.max_permits - EXCLUDED.max_permits, 0) + 1 : l.max_permits]
                    WHERE l.rate <> EXCLUDED.rate
                    """))
            .execute());
  }

  /**
   * Creates a deleted row again: its permits may have been used just now, so the next ones are a
   * window later. The generation is higher than any that a process knows. Does nothing if the row
   * is there.
   */
  void restore() {
    jdbi.useHandle(handle ->
        bound(
                handle.createUpdate(
                    """
                    INSERT INTO studbook.rate_limit
                      (key, rate, max_permits, window_length, safety_margin, blocked_until, recent_permits, generation)
                    VALUES (:key, :rate, :maxPermits, :windowLength * interval '1 microsecond', interval '15 ms', '-infinity',
                            array_fill(clock_timestamp(), ARRAY[:maxPermits]),
                            extract(epoch FROM clock_timestamp() - timestamptz '2020-01-01 00:00:00Z')::integer)
                    ON CONFLICT (key) DO NOTHING
                    """))
            .execute());
  }

  private Update bound(Update insert) {
    PermitWindow window = PermitWindow.of(rate);
    return insert
        .bind("key", key.text())
        .bind("rate", rate.perSecond())
        .bind("maxPermits", window.permits())
        .bind("windowLength", window.micros());
  }

  /** Sets the least margin. */
  void keepMargin(Duration least) {
    jdbi.useHandle(handle ->
        handle
            .createUpdate(
                """
                UPDATE studbook.rate_limit l SET
                  min_safety_margin = :least * interval '1 microsecond',
                  safety_margin = greatest(l.safety_margin, :least * interval '1 microsecond')
                WHERE l.key = :key
                """)
            .bind("key", key.text())
            .bind("least", least.toNanos() / 1_000)
            .execute());
  }
}
