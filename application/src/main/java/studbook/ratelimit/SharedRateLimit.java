package studbook.ratelimit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import studbook.time.Rate;

/**
 * What one account may send, shared by every process on the database: a row that holds the last n
 * slots. Whatever is claimed, no window of the API's sliding second ever holds more than n of them.
 * The database's clock alone decides; every method is one autocommitted statement, which computes
 * from the row after locking it. Safe for many threads.
 */
public final class SharedRateLimit {

  /** Of the rate, while 429s say that the limit is lower than we were told. */
  public static final double REDUCED_SHARE = 0.7;

  /**
   * A hold that ends later than this is reported, not slept through: it must not enter the ring.
   */
  private static final Duration LONGEST_WAIT_IN_RING = Duration.ofSeconds(5);

  /** Where the margin begins. A wider one says that arrivals were late. */
  public static final Duration FIRST_MARGIN = Duration.ofMillis(15);

  /** The longest Retry-After that is believed. */
  static final Duration LONGEST_HOLD = Duration.ofHours(1);

  /** A clock that is further from where the claimant expects it may have been set. */
  private static final Duration CLOCK_TOLERANCE = Duration.ofMillis(250);

  private final Jdbi jdbi;
  private final RateLimitKey key;
  private final Rate rate;

  private SharedRateLimit(Jdbi jdbi, RateLimitKey key, Rate rate) {
    this.jdbi = jdbi;
    this.key = key;
    this.rate = rate;
  }

  /**
   * Joins the budget named {@code key}, or makes it. A budget that stands with another rate gets
   * this one; whoever joins makes sure first that nobody alive uses the other.
   */
  public static SharedRateLimit join(Jdbi jdbi, RateLimitKey key, Rate rate) {
    PermitWindow window = PermitWindow.of(rate);
    jdbi.useHandle(handle ->
        handle
            .createUpdate(
                """
                INSERT INTO studbook.rate_limit AS l
                  (key, rate, max_permits, window_length, safety_margin, blocked_until, recent_permits, generation)
                VALUES (:key, :rate, :maxPermits, :windowLength * interval '1 microsecond', interval '15 ms',
                        '-infinity', array_fill('-infinity'::timestamptz, ARRAY[:maxPermits]), 0)
                ON CONFLICT (key) DO UPDATE SET
                  rate = EXCLUDED.rate, max_permits = EXCLUDED.max_permits, window_length = EXCLUDED.window_length,
                  generation = l.generation + 1, reduced_until = '-infinity',
                  -- the newest slots are kept; where the ring grows, the unknown older ones count as its oldest
                  recent_permits = array_fill(l.recent_permits[1], ARRAY[greatest(EXCLUDED.max_permits - l.max_permits, 0)])
                         || l.recent_permits[greatest(l.max_permits - EXCLUDED.max_permits, 0) + 1 : l.max_permits]
                WHERE l.rate <> EXCLUDED.rate
                """)
            .bind("key", key.text())
            .bind("rate", rate.perSecond())
            .bind("maxPermits", window.slots())
            .bind("windowLength", window.micros())
            .execute());
    return new SharedRateLimit(jdbi, key, rate);
  }

  /**
   * Keeps a margin of at least {@code least}, for an API whose arrivals are known to jitter by as
   * much. What is more than the usual 10 ms leaves no more room to sends that are late. It costs
   * that part of a second of the rate.
   */
  public void keepMargin(Duration least) {
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
            .bind("least", micros(least))
            .execute());
  }

  public RateLimitKey key() {
    return key;
  }

  public Rate rate() {
    return rate;
  }

  /** In which so many slots are allowed; one second for a whole rate. */
  public Duration window() {
    return Duration.ofNanos(PermitWindow.of(rate).micros() * 1_000);
  }

  /** Slots in a window, n. */
  public int slotsInWindow() {
    return PermitWindow.of(rate).slots();
  }

  private static final String CLAIM =
      """
      UPDATE studbook.rate_limit l SET
        acquire_count = l.acquire_count + 1,
        safety_margin = (
          -- each send moves it a little to where its lateness wants it: late threads are a sign of late arrivals;
          -- less while there are 429s, so that what they added lasts until the next
          SELECT l.safety_margin + coalesce(
              sum(l.min_safety_margin + least(interval '10 ms', 3 * late * interval '1 microsecond') - l.safety_margin)
              / greatest(CASE WHEN l.throttled_at[cardinality(l.throttled_at)] > clock_timestamp() - interval '10 min'
                              THEN 2000 ELSE 400 END, 2 * count(*)), interval '0')
          FROM unnest(:late::bigint[]) late),
        generation = l.generation
          + (l.recent_permits[l.max_permits] > clock_timestamp() + interval '10 s' + 10 * l.window_length)::integer,
        recent_permits = (
          SELECT past.recent_permits[least(:count, l.max_permits) + 1 \\:] || ARRAY(
            -- each a window behind the n-th before it, and a gap behind the one before
            SELECT i * pace.gap + max(greatest(
                clock_timestamp() + :lead * interval '1 microsecond',
                past.recent_permits[l.max_permits] + pace.gap,
                past.recent_permits[i] + pace.window_length,
                l.blocked_until) - i * pace.gap) OVER (ORDER BY i)
            FROM generate_series(1, least(:count, l.max_permits)) i
            ORDER BY i)
          FROM (
            -- a lowered rate is kept by even distances: n in a longer window might still come at once
            SELECT span.length + l.safety_margin AS window_length,
                   span.evenness * (span.length + l.safety_margin) / l.max_permits AS gap,
                   l.recent_permits[l.max_permits] AS newest,
                   -- so far ahead no slot can be: the clock was set back
                   l.recent_permits[l.max_permits] > clock_timestamp() + interval '10 s' + 10 * l.window_length AS is_astray
            FROM (
              SELECT CASE WHEN is_reduced THEN l.window_length / :reduced ELSE l.window_length END,
                     CASE WHEN is_reduced THEN 1 ELSE 0.5 END
              FROM (SELECT clock_timestamp() < l.reduced_until) rate (is_reduced)
            ) span (length, evenness)
          ) pace,
          LATERAL (
            -- What left the ring lies a window before its newest slot: that stands for the slots that were not used.
            SELECT array_agg(moment ORDER BY moment) FROM (
              SELECT CASE
                WHEN pace.is_astray THEN clock_timestamp() -- all n may have left just now
                WHEN spent.slot IS NULL THEN slots.slot
                WHEN spent.used THEN greatest(pace.newest - pace.window_length, spent.slot + spent.late * interval '1 microsecond')
                ELSE pace.newest - pace.window_length
              END
              FROM unnest(l.recent_permits) slots (slot)
              LEFT JOIN unnest(:slots::timestamptz[], :late::bigint[], :used::boolean[]) spent (slot, late, used)
                ON spent.slot = slots.slot
            ) moments (moment)
          ) past (recent_permits))
      WHERE l.key = :key
        AND l.blocked_until <= clock_timestamp() + :longest * interval '1 microsecond'
        AND (:expected::timestamptz IS NULL
             OR clock_timestamp() BETWEEN :expected::timestamptz - :tolerance * interval '1 microsecond'
                                      AND :expected::timestamptz + :tolerance * interval '1 microsecond')
      RETURNING l.recent_permits[l.max_permits - least(:count, l.max_permits) + 1 \\:] AS permits,
                clock_timestamp() AS now, l.generation, l.acquire_count,
                -- what is kept for arrivals is no room for late sends
                extract(microseconds FROM l.safety_margin - l.min_safety_margin + interval '10 ms')::bigint AS safety_margin
      """;

  /** Claims slots at the earliest moments that the limit allows. */
  public AcquireResult claim(AcquireRequest claim) {
    return jdbi.withHandle(handle ->
            handle
                .createQuery(CLAIM)
                .bind("key", key.text())
                .bind("reduced", REDUCED_SHARE)
                .bind("count", claim.count())
                .bind("lead", micros(claim.lead()))
                .bind("slots", array(claim.spent(), PermitUsage::slot))
                .bind("late", array(claim.spent(), spent -> micros(spent.late())))
                .bind("used", array(claim.spent(), PermitUsage::used))
                .bindByType("expected", utc(claim.expected()), OffsetDateTime.class)
                .bind("tolerance", micros(CLOCK_TOLERANCE))
                .bind("longest", micros(LONGEST_WAIT_IN_RING))
                .map((row, context) -> slots(row))
                .findOne())
        .<AcquireResult>map(slots -> slots)
        .orElseGet(() -> isRestored() ? claim(claim) : refusal(claim.expected()));
  }

  /**
   * Makes the row again where it was deleted: whatever it held may have been sent just now, so the
   * next slots are a window later. The epoch is later than any that a process may know.
   *
   * @return whether this call made it
   */
  private boolean isRestored() {
    PermitWindow window = PermitWindow.of(rate);
    return jdbi.withHandle(handle ->
        handle
                .createUpdate(
                    """
                    INSERT INTO studbook.rate_limit
                      (key, rate, max_permits, window_length, safety_margin, blocked_until, recent_permits, generation)
                    VALUES (:key, :rate, :maxPermits, :windowLength * interval '1 microsecond', interval '15 ms', '-infinity',
                            array_fill(clock_timestamp(), ARRAY[:maxPermits]),
                            extract(epoch FROM clock_timestamp() - timestamptz '2020-01-01 00:00:00Z')::integer)
                    ON CONFLICT (key) DO NOTHING
                    """)
                .bind("key", key.text())
                .bind("rate", rate.perSecond())
                .bind("maxPermits", window.slots())
                .bind("windowLength", window.micros())
                .execute()
            == 1);
  }

  private static AcquireResult.Permits slots(ResultSet row) throws SQLException {
    List<Instant> moments = new ArrayList<>();
    try (ResultSet elements = row.getArray("permits").getResultSet()) {
      while (elements.next()) {
        moments.add(elements.getObject(2, OffsetDateTime.class).toInstant());
      }
    }
    return new AcquireResult.Permits(
        moments,
        instant(row, "now"),
        row.getInt("generation"),
        row.getLong("acquire_count"),
        Duration.ofNanos(row.getLong("safety_margin") * 1_000));
  }

  private AcquireResult refusal(@Nullable Instant expected) {
    AcquireResult.LimitBlocked held =
        held().orElse(new AcquireResult.LimitBlocked(Instant.EPOCH, Instant.EPOCH));
    return expected == null || (held.left().isPositive() && isNear(expected, held.now()))
        ? held
        : new AcquireResult.ClockMismatch();
  }

  private static boolean isNear(Instant one, Instant other) {
    return Duration.between(one, other).abs().compareTo(CLOCK_TOLERANCE) <= 0;
  }

  /** The database's clock. */
  public Instant clock() {
    return jdbi.withHandle(handle ->
        handle
            .createQuery("SELECT clock_timestamp() AS now")
            .map((row, context) -> instant(row, "now"))
            .one());
  }

  /**
   * Tells that the database's clock was set forward by {@code step}, or back where it is negative:
   * all that is noted in its time moves along. The first who tells is heard.
   *
   * @param epoch of the last slots that were claimed before the step
   */
  public void clockStepped(Duration step, int epoch) {
    jdbi.useHandle(handle ->
        handle
            .createUpdate(
                """
                UPDATE studbook.rate_limit l SET
                  generation = l.generation + 1,
                  recent_permits = ARRAY(
                    SELECT slot + :step * interval '1 microsecond' FROM unnest(l.recent_permits) slot ORDER BY slot),
                  throttled_at = ARRAY(SELECT at + :step * interval '1 microsecond' FROM unnest(l.throttled_at) at ORDER BY at),
                  blocked_until = l.blocked_until + :step * interval '1 microsecond',
                  reduced_until = l.reduced_until + :step * interval '1 microsecond',
                  reduced_at = l.reduced_at + :step * interval '1 microsecond'
                WHERE l.key = :key AND l.generation = :generation
                """)
            .bind("key", key.text())
            .bind("generation", epoch)
            .bind("step", micros(step))
            .execute());
  }

  /**
   * Tells that the request of {@code slot} seems to have arrived late, so that the slot a window
   * behind it keeps its distance. Does nothing where the slot has left the ring.
   *
   * @param left how late it left at most; its slot may have been moved by as much
   * @param more by how much it arrived later still
   */
  public void arrivedLate(Instant slot, Duration left, Duration more) {
    jdbi.useHandle(handle ->
        handle
            .createUpdate(
                """
                UPDATE studbook.rate_limit l SET
                  recent_permits = ARRAY(
                    SELECT CASE WHEN slots.slot = late.slot
                                THEN greatest(slots.slot, :slot + (:left + :more) * interval '1 microsecond')
                                ELSE slots.slot END AS moved
                    FROM unnest(l.recent_permits) slots (slot),
                    LATERAL (
                      SELECT min(known) FROM unnest(l.recent_permits) known
                      WHERE known BETWEEN :slot AND :slot + :left * interval '1 microsecond'
                    ) late (slot)
                    ORDER BY moved)
                WHERE l.key = :key
                """)
            .bind("key", key.text())
            .bindByType("slot", utc(slot), OffsetDateTime.class)
            .bind("left", micros(left))
            .bind("more", micros(more))
            .execute());
  }

  /** Until when the API asked everybody to wait; empty where it did not, or that is over. */
  public Optional<AcquireResult.LimitBlocked> held() {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT blocked_until, clock_timestamp() AS now FROM studbook.rate_limit
                WHERE key = :key AND blocked_until > '-infinity'
                """)
            .bind("key", key.text())
            .map((row, context) ->
                new AcquireResult.LimitBlocked(instant(row, "blocked_until"), instant(row, "now")))
            .findOne());
  }

  /**
   * What a 429 made of the budget.
   *
   * @param epoch slots of an older one must not be used
   * @param reducedUntil until when the rate is lowered to {@link #REDUCED_SHARE}, where it is
   */
  public record ThrottleResult(int epoch, Optional<Instant> reducedUntil) {}

  /**
   * Records a 429 that asked for no wait. One alone says that an arrival was late: it widens the
   * margin, once a window, and holds nobody: the first in ten minutes by 7 ms, others by 2 ms.
   * Several since the last hold say that the window is full: nobody sends for a window, slots
   * claimed before are dropped. Twice as many within ten windows, six at 2/s and at 5/s, say that
   * the limit is lower than we were told, or shared: {@link #REDUCED_SHARE} of the rate for ten
   * minutes, which is recorded as an event of the run.
   *
   * @param age how long ago the request was sent
   */
  public ThrottleResult throttled(Duration age) {
    return recorded(age)
        .orElseGet(() -> {
          isRestored();
          return recorded(age).orElseThrow();
        });
  }

  private Optional<ThrottleResult> recorded(Duration age) {
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
                    -- three, or an eighth of what two windows hold: a short stall makes several late, too
                    SELECT clock_timestamp() - :age * interval '1 microsecond', greatest(3, l.max_permits / 4)
                  ) sent (at, several),
                  LATERAL (
                    SELECT
                      coalesce(array_agg(hit ORDER BY hit) FILTER (WHERE hit > sent.at - 10 * l.window_length), '{}'),
                      bool_or(hit BETWEEN sent.at - l.window_length AND sent.at + l.window_length) IS TRUE,
                      max(hit) > sent.at - interval '10 min',
                      -- what was sent before a hold began tells nothing of the time behind it
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
            .bind("age", micros(age))
            .bind("lowered", LimitReduction.LOWERED)
            .bind("restored", LimitReduction.RESTORED)
            .bind("detail", LimitReduction.detail(rate.times(REDUCED_SHARE).toString()))
            .bind("unlimited", rate.isUnlimited())
            .map((row, context) ->
                new ThrottleResult(
                    row.getInt("generation"),
                    row.getBoolean("reduced")
                        ? Optional.of(instant(row, "reduced_until"))
                        : Optional.empty()))
            .findOne());
  }

  /**
   * Nobody sends before {@code retryAfter} is over, at most an hour; slots claimed before are
   * dropped. It says nothing about the rate: margin and rate stay as they are.
   *
   * @param epoch of the slot whose answer asked for it
   */
  public void hold(Duration retryAfter, int epoch) {
    if (!isHeld(retryAfter, epoch) && isRestored()) {
      hold(retryAfter, epoch);
    }
  }

  private boolean isHeld(Duration retryAfter, int epoch) {
    return jdbi.withHandle(handle ->
        handle
                .createUpdate(
                    """
                    UPDATE studbook.rate_limit l SET
                      blocked_until = greatest(l.blocked_until,
                        clock_timestamp() + least(:retryAfter, :longest) * interval '1 microsecond'),
                      generation = CASE WHEN l.generation = :generation THEN l.generation + 1 ELSE l.generation END
                    WHERE l.key = :key
                    """)
                .bind("key", key.text())
                .bind("retryAfter", micros(retryAfter))
                .bind("longest", micros(LONGEST_HOLD))
                .bind("generation", epoch)
                .execute()
            == 1);
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  private static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }

  /** As PostgreSQL writes an array. */
  private static <T> String array(List<T> values, Function<T, Object> element) {
    return values.stream()
        .map(value -> String.valueOf(element.apply(value)))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static long micros(Duration duration) {
    return duration.toNanos() / 1_000;
  }

  /**
   * The window of a rate: n = ⌈r⌉ slots in n/r seconds, so that 2.5 a second are 3 in 1.2 seconds.
   * An unlimited rate claims no slots; its window only spaces what a 429 asks for.
   */
  record PermitWindow(int slots, long micros) {

    static PermitWindow of(Rate rate) {
      if (rate.isUnlimited()) {
        return new PermitWindow(1, 1_000_000);
      }
      int slots = (int) Math.ceil(rate.perSecond());
      return new PermitWindow(slots, Math.round(slots * 1_000_000.0 / rate.perSecond()));
    }
  }
}
