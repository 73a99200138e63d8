package studbook.backfill.pause;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Stops the requests of one process while the API fails, for seconds at a time; an outage that
 * lasts longer pauses the run ({@link RequestGate}).
 *
 * <p>Closed, it lets every request pass. It opens after {@value #FAILURES} failures in a row, after
 * 429s in a row for some seconds, and where requests are in flight and none of them ends. Open, it
 * lets one request pass as a probe after each interval, and is half-open until the probe fails; the
 * intervals double. A success of a request that was sent after it opened closes it. Arithmetic
 * only; not safe for threads.
 */
public final class CircuitBreaker {

  /**
   * Consecutive failures: if three responses in ten fail at random, one in 170,000 responses opens
   * it.
   */
  public static final int FAILURES = 10;

  /** Responses 429 in a row. */
  static final int THROTTLES = 5;

  /** Time since the first of them: a burst of requests that were in flight together says little. */
  static final Duration THROTTLED_FOR = Duration.ofSeconds(5);

  /** Requests in flight without a response: fewer may be a problem of single horses. */
  static final int UNANSWERED = 5;

  /** Without any of them ending for this long, half of a request's default timeout. */
  static final Duration UNANSWERED_FOR = Duration.ofSeconds(15);

  private enum BreakerState {
    CLOSED,
    OPEN,
    /** A probe was sent and has not failed yet. */
    HALF_OPEN
  }

  /** Why it is open, with the intervals between probes. */
  private enum TripReason {
    /** Errors: requests are sent again within seconds of their end. */
    FAILING(Duration.ofSeconds(1), Duration.ofSeconds(5)),
    /** 429: the limit is used up, for an hour or a day perhaps. */
    LIMIT_USED_UP(Duration.ofSeconds(5), Duration.ofMinutes(5));

    private final Duration firstInterval;
    private final Duration maxInterval;

    TripReason(Duration firstInterval, Duration maxInterval) {
      this.firstInterval = firstInterval;
      this.maxInterval = maxInterval;
    }
  }

  private BreakerState state = BreakerState.CLOSED;
  private TripReason reason = TripReason.FAILING;
  private long openedAt;
  private long nextProbeAt;
  private Duration interval = Duration.ZERO;

  private int failures;
  private int throttles;
  private long throttledSince;
  private int inFlight;
  private long lastEnd;

  void onSend(long now) {
    if (inFlight++ == 0) {
      lastEnd = now;
    }
  }

  /** A request ended, with or without a response. */
  void onEnd(long now) {
    inFlight--;
    lastEnd = now;
  }

  /** Opens it if no request ends. Call it about once a second. */
  void check(long now) {
    if (inFlight >= UNANSWERED && now - lastEnd >= UNANSWERED_FOR.toNanos()) {
      trip(TripReason.FAILING, now);
    }
  }

  /**
   * Records a good response.
   *
   * @param sent when its request was sent; one from before the breaker opened does not close it
   */
  void recordSuccess(long sent) {
    if (isClosed() || sent - openedAt >= 0) {
      reset();
    }
  }

  void recordFailure(long now) {
    failures++;
    if (failures >= FAILURES) {
      trip(TripReason.FAILING, now);
    }
  }

  void recordThrottle(long now) {
    if (throttles++ == 0) {
      throttledSince = now;
    }
    if (throttles >= THROTTLES && now - throttledSince >= THROTTLED_FOR.toNanos()) {
      trip(TripReason.LIMIT_USED_UP, now);
    }
  }

  /** Opens it; after a probe it keeps its reason and its interval. */
  private void trip(TripReason cause, long now) {
    if (state == BreakerState.CLOSED) {
      reason = cause;
      openedAt = now;
      interval = cause.firstInterval;
      nextProbeAt = now + interval.toNanos();
    }
    state = BreakerState.OPEN;
  }

  /** Closes it. */
  void reset() {
    failures = 0;
    throttles = 0;
    state = BreakerState.CLOSED;
  }

  /**
   * Acquires permission for one request.
   *
   * @return zero if granted, otherwise the time to wait
   */
  Duration tryAcquire(long now) {
    if (state == BreakerState.CLOSED) {
      return Duration.ZERO;
    }
    long wait = nextProbeAt - now;
    if (wait > 0) {
      return Duration.ofNanos(wait);
    }
    state = BreakerState.HALF_OPEN;
    interval = Collections.min(List.of(interval.multipliedBy(2), reason.maxInterval));
    nextProbeAt = now + interval.toNanos(); // the probe may hang
    return Duration.ZERO;
  }

  /** Failures in a row. */
  int failures() {
    return failures;
  }

  boolean isClosed() {
    return state == BreakerState.CLOSED;
  }

  /** Since when it has been open because of errors. */
  Optional<Long> failingSince() {
    return isClosed() || reason != TripReason.FAILING ? Optional.empty() : Optional.of(openedAt);
  }

  boolean isLimitUsedUp() {
    return !isClosed() && reason == TripReason.LIMIT_USED_UP;
  }
}
