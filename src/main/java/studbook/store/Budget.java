package studbook.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import studbook.time.Rate;

/**
 * What one account may send, shared by every process on the database: a row that holds the last n
 * slots. Whatever is claimed, no window of the API's sliding second ever holds more than n of them.
 * The database's clock alone decides; every method is one autocommitted statement, which computes
 * from the row after locking it. Safe for many threads.
 */
public final class Budget {

  /**
   * A hold that ends later than this is reported, not slept through: it must not enter the ring.
   */
  private static final Duration LONGEST_WAIT_IN_RING = Duration.ofSeconds(5);

  /** The longest Retry-After that is believed. */
  static final Duration LONGEST_HOLD = Duration.ofHours(1);

  private final Jdbi jdbi;
  private final BudgetKey key;
  private final Rate rate;

  private Budget(Jdbi jdbi, BudgetKey key, Rate rate) {
    this.jdbi = jdbi;
    this.key = key;
    this.rate = rate;
  }

  /**
   * Joins the budget named {@code key}, or makes it. A budget that stands with another rate gets
   * this one; whoever joins makes sure first that nobody alive uses the other.
   */
  public static Budget join(Jdbi jdbi, BudgetKey key, Rate rate) {
    Window window = Window.of(rate);
    jdbi.useHandle(handle ->
        handle
            .createUpdate(
                """
                INSERT INTO studbook.budget AS b (key, rate, n, win, margin, not_before, ring, epoch)
                VALUES (:key, :rate, :n, :win * interval '1 microsecond', interval '15 ms',
                        '-infinity', array_fill('-infinity'::timestamptz, ARRAY[:n]), 0)
                ON CONFLICT (key) DO UPDATE SET
                  rate = EXCLUDED.rate, n = EXCLUDED.n, win = EXCLUDED.win, epoch = b.epoch + 1,
                  reduced_until = '-infinity',
                  -- the newest slots are kept; where the ring grows, the unknown older ones count as its oldest
                  ring = array_fill(b.ring[1], ARRAY[greatest(EXCLUDED.n - b.n, 0)])
                         || b.ring[greatest(b.n - EXCLUDED.n, 0) + 1 : b.n]
                WHERE b.rate <> EXCLUDED.rate
                """)
            .bind("key", key.text())
            .bind("rate", rate.perSecond())
            .bind("n", window.slots())
            .bind("win", window.micros())
            .execute());
    return new Budget(jdbi, key, rate);
  }

  public BudgetKey key() {
    return key;
  }

  public Rate rate() {
    return rate;
  }

  /** In which so many slots are allowed; one second for a whole rate. */
  public Duration window() {
    return Duration.ofNanos(Window.of(rate).micros() * 1_000);
  }

  /** Slots in a window, n. */
  public int slotsInWindow() {
    return Window.of(rate).slots();
  }

  /**
   * Claims {@code count} slots at the earliest moment that the limit allows, at least {@code lead}
   * from now.
   *
   * @param count at most {@link #slotsInWindow()}; a divisor of it uses the whole limit
   */
  public Grant claim(int count, Duration lead) {
    return ask(count, lead, null);
  }

  /**
   * Gives {@code count} unused slots of the moment {@code missed} back and claims as many for
   * later. Where they have left the ring meanwhile, this is a plain claim.
   */
  public Grant exchange(int count, Duration lead, Instant missed) {
    return ask(count, lead, missed);
  }

  private static final String CLAIM =
      """
      UPDATE studbook.budget b SET
        -- slots that go well let the margin shrink: a millisecond for a thousand
        margin = greatest(interval '6 ms', b.margin - :count * interval '1 microsecond'),
        ring = CASE
          WHEN b.ring[b.n] > clock_timestamp() + interval '10 s' + 10 * b.win -- the clock was set back
            THEN array_fill(clock_timestamp() + b.win + b.margin, ARRAY[b.n])
          WHEN b.ring[array_position(b.ring, :missed::timestamptz) + :count - 1] = :missed::timestamptz
            -- what left the ring lies a window before its newest slot, so a moment behind that one is free
            THEN b.ring[\\: array_position(b.ring, :missed::timestamptz) - 1]
              || b.ring[array_position(b.ring, :missed::timestamptz) + :count \\:]
              || array_fill(greatest(
                clock_timestamp() + :lead * interval '1 microsecond',
                b.ring[b.n] + :count * 0.8 * (b.win + b.margin) / b.n,
                b.not_before), ARRAY[:count])
          ELSE b.ring[:count + 1 \\: b.n] || array_fill(greatest(
            clock_timestamp() + :lead * interval '1 microsecond',
            b.ring[:count] + CASE WHEN clock_timestamp() < b.reduced_until THEN b.win / 0.7 ELSE b.win END + b.margin,
            b.ring[b.n] + :count * 0.8 * (b.win + b.margin) / b.n,
            b.not_before), ARRAY[:count])
        END
      WHERE b.key = :key AND b.not_before <= clock_timestamp() + :longest * interval '1 microsecond'
      RETURNING b.ring[b.n] AS at, clock_timestamp() AS now, b.epoch, extract(microseconds FROM b.margin)::bigint AS margin
      """;

  private Grant ask(int count, Duration lead, @Nullable Instant missed) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(CLAIM)
            .bind("key", key.text())
            .bind("count", count)
            .bind("lead", micros(lead))
            .bindByType(
                "missed",
                missed == null ? null : missed.atOffset(ZoneOffset.UTC),
                OffsetDateTime.class)
            .bind("longest", micros(LONGEST_WAIT_IN_RING))
            .map((row, context) -> slots(count, row))
            .findOne()
            .<Grant>map(slots -> slots)
            .orElseGet(() -> held().orElseThrow()));
  }

  private static Grant.Slots slots(int count, ResultSet row) throws SQLException {
    return new Grant.Slots(
        count,
        instant(row, "at"),
        instant(row, "now"),
        row.getInt("epoch"),
        Duration.ofNanos(row.getLong("margin") * 1_000));
  }

  /** Until when the API asked everybody to wait; empty where it did not, or that is over. */
  public Optional<Grant.Held> held() {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT not_before, clock_timestamp() AS now FROM studbook.budget
                WHERE key = :key AND not_before > '-infinity'
                """)
            .bind("key", key.text())
            .map((row, context) -> new Grant.Held(instant(row, "not_before"), instant(row, "now")))
            .findOne());
  }

  /**
   * Tells that slots of the moment {@code at} left late, so that those a window behind them keep
   * their distance.
   *
   * @param late capped at one window
   */
  public void correct(Instant at, Duration late) {
    jdbi.useHandle(handle ->
        handle
            .createUpdate(
                """
                UPDATE studbook.budget b SET ring = (
                  SELECT array_agg(slot ORDER BY slot)
                  FROM unnest(array_replace(b.ring, :at, :at + least(:late * interval '1 microsecond', b.win))) slot)
                WHERE b.key = :key
                """)
            .bind("key", key.text())
            .bind("at", at.atOffset(ZoneOffset.UTC))
            .bind("late", micros(late))
            .execute());
  }

  /**
   * What a 429 made of the budget.
   *
   * @param pause until the next request of any process may leave
   * @param reducedUntil since when the rate is lowered to 0.7, where it is
   */
  public record Throttle(Duration pause, Optional<Instant> reducedUntil) {}

  /**
   * Records a 429: nobody sends before {@code retryAfter} is over (at least one window, at most an
   * hour), the margin grows, slots claimed before are dropped. The third in ten seconds means that
   * the limit is lower than we were told, or shared: 0.7 of the rate for ten minutes.
   *
   * @param epoch that of the slot which was throttled; several answers of one epoch count once
   */
  public Throttle throttled(Duration retryAfter, int epoch) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                UPDATE studbook.budget b SET
                  not_before = greatest(b.not_before, clock_timestamp()
                    + greatest(b.win, least(:retryAfter, :longest) * interval '1 microsecond')),
                  epoch = CASE WHEN b.epoch = :epoch THEN b.epoch + 1 ELSE b.epoch END,
                  margin = CASE WHEN b.epoch = :epoch THEN least(interval '250 ms', b.margin + interval '5 ms') ELSE b.margin END,
                  throttled = CASE WHEN b.epoch = :epoch THEN b.throttled[cardinality(b.throttled) - 1 \\:] || clock_timestamp() ELSE b.throttled END,
                  reduced_until = CASE
                    WHEN b.epoch = :epoch AND cardinality(b.throttled) >= 2
                         AND b.throttled[cardinality(b.throttled) - 1] > clock_timestamp() - interval '10 s'
                    THEN clock_timestamp() + interval '10 min' ELSE b.reduced_until END
                WHERE b.key = :key
                RETURNING extract(epoch FROM b.not_before - clock_timestamp()) AS wait, b.reduced_until,
                          b.reduced_until > clock_timestamp() AS reduced
                """)
            .bind("key", key.text())
            .bind("retryAfter", micros(retryAfter))
            .bind("longest", micros(LONGEST_HOLD))
            .bind("epoch", epoch)
            .map((row, context) ->
                new Throttle(
                    Duration.ofNanos((long) (row.getDouble("wait") * 1e9)),
                    row.getBoolean("reduced")
                        ? Optional.of(instant(row, "reduced_until"))
                        : Optional.empty()))
            .one());
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  private static long micros(Duration duration) {
    return duration.toNanos() / 1_000;
  }

  /**
   * The window of a rate: n = ⌈r⌉ slots in n/r seconds, so that 2.5 a second are 3 in 1.2 seconds.
   * An unlimited rate claims no slots; its window only spaces what a 429 asks for.
   */
  record Window(int slots, long micros) {

    static Window of(Rate rate) {
      if (rate.isUnlimited()) {
        return new Window(1, 1_000_000);
      }
      int slots = (int) Math.ceil(rate.perSecond());
      return new Window(slots, Math.round(slots * 1_000_000.0 / rate.perSecond()));
    }
  }
}
