package studbook.backfill.pause;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Opens on a run of answers that failed, or that said 429, with no good answer between them, and
 * where requests are under way and none of them ends. While it is open requests leave as probes,
 * one after each wait, and the waits double; the first good answer to a probe closes it. It works
 * within one process and within seconds; an outage that lasts longer pauses the run ({@link
 * RequestGate}). Arithmetic only; not safe for threads.
 */
public final class CircuitBreaker {

  /**
   * Failures in a row: where three answers in ten fail by chance, one in 170,000 answers opens it.
   */
  public static final int FAILURES = 10;

  /** Answers 429 in a row. */
  static final int THROTTLES = 5;

  /** Since the first of them: a burst of requests that were under way together says little. */
  static final Duration THROTTLED_FOR = Duration.ofSeconds(5);

  /** Requests under way with no answer: fewer may be the trouble of single horses. */
  static final int UNANSWERED = 5;

  /** None of them has ended for so long, which is half of what a request may take by default. */
  static final Duration UNANSWERED_FOR = Duration.ofSeconds(15);

  /** Why it is open, and how long it waits between probes. */
  enum BreakerTrip {
    /** Errors: within seconds of their end requests leave again. */
    FAILING(Duration.ofSeconds(1), Duration.ofSeconds(5)),
    /** 429: the limit is used up, for an hour or a day perhaps. */
    LIMIT_USED_UP(Duration.ofSeconds(5), Duration.ofMinutes(5));

    private final Duration first;
    private final Duration longest;

    BreakerTrip(Duration first, Duration longest) {
      this.first = first;
      this.longest = longest;
    }
  }

  private record OpenInterval(BreakerTrip trip, long since, long probeAt, Duration pause) {

    static OpenInterval now(BreakerTrip trip, long now) {
      return new OpenInterval(trip, now, now + trip.first.toNanos(), trip.first);
    }

    OpenInterval probed(long now) {
      Duration doubled = pause.multipliedBy(2);
      Duration next = doubled.compareTo(trip.longest) < 0 ? doubled : trip.longest;
      return new OpenInterval(trip, since, now + next.toNanos(), next);
    }
  }

  private int failures;
  private int throttles;
  private long throttledSince;
  private int underWay;
  private long lastEnd;
  private @Nullable OpenInterval open;

  void sent(long now) {
    if (underWay++ == 0) {
      lastEnd = now;
    }
  }

  /** A request ended, whatever came of it. */
  void ended(long now) {
    underWay--;
    lastEnd = now;
  }

  /** To be called each second or so. */
  void check(long now) {
    if (underWay >= UNANSWERED && now - lastEnd >= UNANSWERED_FOR.toNanos()) {
      trip(BreakerTrip.FAILING, now);
    }
  }

  /**
   * An answer was good.
   *
   * @param sent when its request left; one that left before the breaker opened does not close it
   */
  void succeeded(long sent) {
    if (open == null || sent - open.since() >= 0) {
      reset();
    }
  }

  void failed(long now) {
    failures++;
    if (failures >= FAILURES) {
      trip(BreakerTrip.FAILING, now);
    }
  }

  void throttled(long now) {
    if (throttles++ == 0) {
      throttledSince = now;
    }
    if (throttles >= THROTTLES && now - throttledSince >= THROTTLED_FOR.toNanos()) {
      trip(BreakerTrip.LIMIT_USED_UP, now);
    }
  }

  private void trip(BreakerTrip trip, long now) {
    if (open == null) {
      open = OpenInterval.now(trip, now);
    }
  }

  /** Closes it whatever was answered. */
  void reset() {
    failures = 0;
    throttles = 0;
    open = null;
  }

  /** How long the next request has to wait; while it is open each zero is one probe. */
  Duration untilNextRequest(long now) {
    OpenInterval tripped = open;
    if (tripped == null) {
      return Duration.ZERO;
    }
    long left = tripped.probeAt() - now;
    if (left > 0) {
      return Duration.ofNanos(left);
    }
    open = tripped.probed(now);
    return Duration.ZERO;
  }

  /** Failures in a row. */
  int failures() {
    return failures;
  }

  boolean isOpen() {
    return open != null;
  }

  /** Since when it has been open on errors. */
  Optional<Long> failingSince() {
    return Optional.ofNullable(open)
        .filter(tripped -> tripped.trip() == BreakerTrip.FAILING)
        .map(OpenInterval::since);
  }

  boolean isLimitUsedUp() {
    return open != null && open.trip() == BreakerTrip.LIMIT_USED_UP;
  }
}
