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
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import studbook.time.Rate;

/**
 * The rate limit of one account, shared by all processes on the database: a row with the moments of
 * the last n permits. No window of the API's sliding second ever holds more than n of them. Only
 * the database's clock counts; every method is one autocommitted statement that computes from the
 * row after locking it. Safe for many threads.
 */
public final class SharedRateLimit {

  /** Share of the rate while 429s indicate that the limit is lower than configured. */
  public static final double REDUCED_SHARE = 0.7;

  /** The margin at first. A wider one indicates that arrivals were late. */
  public static final Duration FIRST_MARGIN = Duration.ofMillis(15);

  /** The longest Retry-After that is accepted. */
  static final Duration LONGEST_BLOCK = Duration.ofHours(1);

  /** A longer block is returned instead of granted: it must not be one of the recent permits. */
  private static final Duration LONGEST_WAIT_IN_RING = Duration.ofSeconds(5);

  /** A clock that is further from where the caller expects it may have been set. */
  private static final Duration CLOCK_TOLERANCE = Duration.ofMillis(250);

  /**
   * Acquires permits, in this order:
   *
   * <ol>
   *   <li>{@code moments}: the recent permits, corrected by what became of those that the caller
   *       reports. A used one moves by its lateness. What is no recent permit lies a window before
   *       its newest permit: that moment replaces permits that were not used.
   *   <li>{@code pace}: the window with its margin, and the least distance between two permits:
   *       half of the even distance, or the even distance while the rate is reduced, since n in a
   *       longer window might still arrive at once. It is {@code is_astray} if the newest permit is
   *       further ahead than any can be: the clock was set back, and all n may have been used just
   *       now.
   *   <li>{@code recent_permits}: the new permits are appended, each at the earliest moment that is
   *       ahead by the lead, a window behind the n-th permit before it, a gap behind the one before
   *       it, and not blocked.
   *   <li>{@code generation}: permits acquired before the clock was set back are void.
   *   <li>{@code safety_margin}: each send moves it a little towards what its lateness calls for,
   *       since late threads indicate late arrivals; less in the ten minutes after a 429.
   * </ol>
   *
   * <p>Nothing is granted while a long block lasts, nor if the clock is not where the caller
   * expects it: it may have been set, and recorded permits mean nothing on another clock.
   */
  private static final String ACQUIRE =
      """
      UPDATE studbook.rate_limit l SET
        acquire_count = l.acquire_count + 1,
        safety_margin = (
          SELECT l.safety_margin + coalesce(
              sum(l.min_safety_margin + least(interval '10 ms', 3 * late * interval '1 microsecond') - l.safety_margin)
              / greatest(CASE WHEN l.throttled_at[cardinality(l.throttled_at)] > clock_timestamp() - interval '10 min'
                              THEN 2000 ELSE 400 END, 2 * count(*)), interval '0')
          FROM unnest(:late::bigint[]) late),
        generation = l.generation
          + (l.recent_permits[l.max_permits] > clock_timestamp() + interval '10 s' + 10 * l.window_length)::integer,
        recent_permits = (
          SELECT past.recent_permits[least(:count, l.max_permits) + 1 \\:] || ARRAY(
            SELECT i * pace.gap + max(greatest(
                clock_timestamp() + :lead * interval '1 microsecond',
                past.recent_permits[l.max_permits] + pace.gap,
                past.recent_permits[i] + pace.window_length,
                l.blocked_until) - i * pace.gap) OVER (ORDER BY i)
            FROM generate_series(1, least(:count, l.max_permits)) i
            ORDER BY i)
          FROM (
            SELECT span.length + l.safety_margin AS window_length,
                   span.evenness * (span.length + l.safety_margin) / l.max_permits AS gap,
                   l.recent_permits[l.max_permits] AS newest,
                   l.recent_permits[l.max_permits] > clock_timestamp() + interval '10 s' + 10 * l.window_length AS is_astray
            FROM (
              SELECT CASE WHEN is_reduced THEN l.window_length / :reduced ELSE l.window_length END,
                     CASE WHEN is_reduced THEN 1 ELSE 0.5 END
              FROM (SELECT clock_timestamp() < l.reduced_until) rate (is_reduced)
            ) span (length, evenness)
          ) pace,
          LATERAL (
            SELECT array_agg(moment ORDER BY moment) FROM (
              SELECT CASE
                WHEN pace.is_astray THEN clock_timestamp()
                WHEN usage.permit IS NULL THEN recent.permit
                WHEN usage.used THEN greatest(pace.newest - pace.window_length, usage.permit + usage.late * interval '1 microsecond')
                ELSE pace.newest - pace.window_length
              END
              FROM unnest(l.recent_permits) recent (permit)
              LEFT JOIN unnest(:permits::timestamptz[], :late::bigint[], :used::boolean[]) usage (permit, late, used)
                ON usage.permit = recent.permit
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

  private final Jdbi jdbi;
  private final RateLimitKey key;
  private final Rate rate;
  private final RateLimitRow row;
  private final ThrottleRecorder throttles;

  private SharedRateLimit(Jdbi jdbi, RateLimitKey key, Rate rate) {
    this.jdbi = jdbi;
    this.key = key;
    this.rate = rate;
    this.row = new RateLimitRow(jdbi, key, rate);
    this.throttles = new ThrottleRecorder(jdbi, key, rate);
  }

  /**
   * Joins the limit named {@code key}, or creates it. An existing one with another rate gets this
   * one; the caller first makes sure that no live process uses the other.
   */
  public static SharedRateLimit join(Jdbi jdbi, RateLimitKey key, Rate rate) {
    SharedRateLimit limit = new SharedRateLimit(jdbi, key, rate);
    limit.row.join();
    return limit;
  }

  /**
   * Keeps a margin of at least {@code least}, for an API whose arrivals are known to jitter by as
   * much. What exceeds the usual 10 ms leaves no more room to late sends. It costs that part of a
   * second of the rate.
   */
  public void keepMargin(Duration least) {
    row.keepMargin(least);
  }

  public Rate rate() {
    return rate;
  }

  /** The time in which {@link #permitsInWindow()} are allowed; one second for a whole rate. */
  Duration window() {
    return PermitWindow.of(rate).length();
  }

  /** Permits in a window, n. */
  int permitsInWindow() {
    return PermitWindow.of(rate).permits();
  }

  /** Acquires permits at the earliest moments that the limit allows. */
  AcquireResult acquire(AcquireRequest request) {
    return restoring(() ->
        jdbi.withHandle(handle ->
                handle
                    .createQuery(ACQUIRE)
                    .bind("key", key.text())
                    .bind("reduced", REDUCED_SHARE)
                    .bind("count", request.count())
                    .bind("lead", micros(request.lead()))
                    .bind("permits", array(request.usage(), PermitUsage::permit))
                    .bind("late", array(request.usage(), usage -> micros(usage.late())))
                    .bind("used", array(request.usage(), PermitUsage::used))
                    .bindByType("expected", utc(request.expected()), OffsetDateTime.class)
                    .bind("tolerance", micros(CLOCK_TOLERANCE))
                    .bind("longest", micros(LONGEST_WAIT_IN_RING))
                    .map((row, context) -> permits(row))
                    .findOne())
            .<AcquireResult>map(permits -> permits)
            .or(() -> blocked().map(blocked -> refused(blocked, request.expected()))));
  }

  private static AcquireResult refused(
      AcquireResult.LimitBlocked blocked, @Nullable Instant expected) {
    boolean isOnTime =
        expected == null
            || Duration.between(expected, blocked.now()).abs().compareTo(CLOCK_TOLERANCE) <= 0;
    return isOnTime && (expected == null || blocked.left().isPositive())
        ? blocked
        : new AcquireResult.ClockMismatch();
  }

  private static AcquireResult.Permits permits(ResultSet row) throws SQLException {
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

  /** The database's clock. */
  Instant clock() {
    return jdbi.withHandle(handle ->
        handle
            .createQuery("SELECT clock_timestamp() AS now")
            .map((row, context) -> instant(row, "now"))
            .one());
  }

  /**
   * Moves all recorded moments after the database's clock was set. Does nothing if the generation
   * has changed: another process was first.
   *
   * @param step by how much the clock was set; negative: back
   * @param generation of the permits acquired before the step
   */
  void clockStepped(Duration step, int generation) {
    jdbi.useHandle(handle ->
        handle
            .createUpdate(
                """
                UPDATE studbook.rate_limit l SET
                  generation = l.generation + 1,
                  recent_permits = ARRAY(
                    SELECT permit + :step * interval '1 microsecond' FROM unnest(l.recent_permits) permit ORDER BY permit),
                  throttled_at = ARRAY(SELECT at + :step * interval '1 microsecond' FROM unnest(l.throttled_at) at ORDER BY at),
                  blocked_until = l.blocked_until + :step * interval '1 microsecond',
                  reduced_until = l.reduced_until + :step * interval '1 microsecond',
                  reduced_at = l.reduced_at + :step * interval '1 microsecond'
                WHERE l.key = :key AND l.generation = :generation
                """)
            .bind("key", key.text())
            .bind("generation", generation)
            .bind("step", micros(step))
            .execute());
  }

  /**
   * Records that the request of {@code permit} probably arrived late, so that the permit a window
   * later keeps its distance. Does nothing if the permit is no recent one any more.
   *
   * @param left how late it left at most; its permit may have been moved by as much
   * @param more by how much it arrived later still
   */
  void arrivedLate(Instant permit, Duration left, Duration more) {
    jdbi.useHandle(handle ->
        handle
            .createUpdate(
                """
                UPDATE studbook.rate_limit l SET
                  recent_permits = ARRAY(
                    SELECT CASE WHEN recent.permit = late.permit
                                THEN greatest(recent.permit, :permit + (:left + :more) * interval '1 microsecond')
                                ELSE recent.permit END AS moved
                    FROM unnest(l.recent_permits) recent (permit),
                    LATERAL (
                      SELECT min(known) FROM unnest(l.recent_permits) known
                      WHERE known BETWEEN :permit AND :permit + :left * interval '1 microsecond'
                    ) late (permit)
                    ORDER BY moved)
                WHERE l.key = :key
                """)
            .bind("key", key.text())
            .bindByType("permit", utc(permit), OffsetDateTime.class)
            .bind("left", micros(left))
            .bind("more", micros(more))
            .execute());
  }

  /** The block that the API asked for, also one that is over; empty if the row is missing. */
  Optional<AcquireResult.LimitBlocked> blocked() {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT greatest(blocked_until, 'epoch') AS blocked_until, clock_timestamp() AS now
                FROM studbook.rate_limit WHERE key = :key
                """)
            .bind("key", key.text())
            .map((row, context) ->
                new AcquireResult.LimitBlocked(instant(row, "blocked_until"), instant(row, "now")))
            .findOne());
  }

  /**
   * The state of the limit after a 429.
   *
   * @param generation permits of an older one must not be used
   * @param reducedUntil until when the rate is reduced to {@link #REDUCED_SHARE}, if it is
   */
  public record ThrottleResult(int generation, Optional<Instant> reducedUntil) {}

  /**
   * Records a 429 without Retry-After. A single one means that an arrival was late: it widens the
   * margin, once a window, and blocks nobody: the first in ten minutes by 7 ms, others by 2 ms.
   * Several since the last block mean that the window is full: all processes are blocked for a
   * window, and permits acquired before are dropped. Twice as many within ten windows, six at 2/s
   * and at 5/s, mean that the limit is lower than configured, or shared: {@link #REDUCED_SHARE} of
   * the rate for ten minutes, recorded as an event of the run.
   *
   * @param age how long ago the request was sent
   */
  ThrottleResult throttled(Duration age) {
    return restoring(() -> throttles.record(age));
  }

  /**
   * Blocks all processes for {@code retryAfter}, at most an hour; permits acquired before are
   * dropped. It says nothing about the rate: margin and rate stay as they are.
   *
   * @param generation of the permit whose response asked for it
   */
  void block(Duration retryAfter, int generation) {
    restoring(() ->
        jdbi.withHandle(handle ->
            handle
                .createQuery(
                    """
                    UPDATE studbook.rate_limit l SET
                      blocked_until = greatest(l.blocked_until,
                        clock_timestamp() + least(:retryAfter, :longest) * interval '1 microsecond'),
                      generation = CASE WHEN l.generation = :generation THEN l.generation + 1 ELSE l.generation END
                    WHERE l.key = :key
                    RETURNING l.generation
                    """)
                .bind("key", key.text())
                .bind("retryAfter", micros(retryAfter))
                .bind("longest", micros(LONGEST_BLOCK))
                .bind("generation", generation)
                .mapTo(Integer.class)
                .findOne()));
  }

  /** Runs a statement on the row; creates the row and runs it again if the row is missing. */
  private <T> T restoring(Supplier<Optional<T>> statement) {
    return statement
        .get()
        .orElseGet(() -> {
          row.restore();
          return statement.get().orElseThrow();
        });
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
}
