package studbook.ratelimit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import studbook.time.Sleeper;
import studbook.time.Ticker;

/**
 * Waits for permits of the account's shared limit and uses none whose moment has passed. Half of
 * the margin is for threads that wake up late: a permit missed by more is returned, and the other
 * half is the network's; a process alone may miss it by more. The lateness of each send is reported
 * with the next request for permits, so that the permit a window later keeps its distance. The
 * first requests, which open connections and run cold code, have more room than the others. All
 * waiting is on monotonic time.
 */
public final class SharedRateLimiter implements RateLimiter {

  /** For threads that wake up late, beside the round trip. */
  private static final Duration WAKE_UP = Duration.ofMillis(25);

  /** However slow the database is; permits far ahead look as if its clock had been set back. */
  private static final Duration LONGEST_LEAD = Duration.ofSeconds(5);

  /**
   * By which the first requests may reach the API later than others: a cold client and the
   * handshakes of its connections. For the very first, the time lies in permits that are acquired
   * after it and not used; the others are reported as so late, and so lie that far apart.
   */
  private static final Duration COLD_IS_LATE = Duration.ofMillis(100);

  /**
   * The most requests of a process that count as cold; of a small window only as many as it has.
   */
  private static final int MOST_COLD = 8;

  /** Share of a window by which the pauses between two acquisitions may move. */
  private static final double WASTE = 0.005;

  private final SharedRateLimit limit;
  private final Ticker ticker;
  private final Sleeper sleeper;
  private final ClockOffsetEstimator clockOffset = new ClockOffsetEstimator();
  private final LocalWindowGuard windowGuard;

  /** Acquired together and not yet used, the earliest first. */
  private final Deque<Instant> permits = new ArrayDeque<>();

  /** Usage that the limit does not know yet; reported with the next request for permits. */
  private final Queue<PermitUsage> unreported = new ConcurrentLinkedQueue<>();

  private final LateArrivalEstimator lateArrivals = new LateArrivalEstimator();

  private Optional<Duration> unreportedStep = Optional.empty();
  private boolean sentAny;
  private final AtomicInteger coldRequests;
  private int generation;
  private volatile Duration margin = Duration.ZERO;
  private long acquisitions;
  private volatile int acquisitionsInARow;
  private final AtomicInteger oldestGeneration = new AtomicInteger();

  public SharedRateLimiter(SharedRateLimit limit, Ticker ticker, Sleeper sleeper) {
    this.limit = limit;
    this.ticker = ticker;
    this.sleeper = sleeper;
    this.coldRequests = new AtomicInteger(Math.min(MOST_COLD, limit.permitsInWindow()));
    this.windowGuard = new LocalWindowGuard(limit.permitsInWindow(), limit.window());
  }

  @Override
  public NextPermit next() throws InterruptedException {
    while (true) {
      if (permits.isEmpty()) {
        Optional<NextPermit.Blocked> blocked = acquire();
        if (blocked.isPresent()) {
          return blocked.get();
        }
      }
      Instant permit = permits.removeFirst();
      long due = clockOffset.toTicker(permit, ticker.nanos());
      sleeper.sleep(Duration.ofNanos(Math.max(due, windowGuard.earliestNext()) - ticker.nanos()));
      long now = ticker.nanos();
      Duration late = Duration.ofNanos(now - due);
      if (generation < oldestGeneration.get()) {
        release(permit, Duration.ZERO);
        permits.forEach(other -> release(other, Duration.ZERO));
        permits.clear();
      } else if (late.compareTo(tolerance(margin.dividedBy(2))) > 0) {
        release(permit, late);
      } else {
        windowGuard.add(now);
        sentAny = true;
        return new NextPermit.Permit(generation, permit, due);
      }
    }
  }

  @Override
  public Duration window() {
    return limit.window();
  }

  @Override
  public boolean maySend(NextPermit.Permit permit) {
    Duration late = Duration.ofNanos(ticker.nanos() - permit.due());
    boolean inTime = late.compareTo(tolerance(margin)) <= 0;
    boolean isCold =
        inTime
            && coldRequests.getAndUpdate(left -> Math.max(0, left - 1)) > 0
            && acquisitionsInARow > 0;
    unreported.add(
        new PermitUsage(permit.moment(), isCold ? late.plus(COLD_IS_LATE) : late, inTime));
    return inTime;
  }

  /**
   * A process that acquired all permits of the last window reports how late it sent before anybody
   * acquires the permit a window later; so it may be late by the even distance of two.
   */
  private Duration tolerance(Duration shared) {
    Duration even = limit.window().dividedBy(limit.permitsInWindow());
    boolean isAlone = acquisitionsInARow >= limit.permitsInWindow();
    return isAlone ? Collections.max(List.of(even, shared)) : shared;
  }

  private void release(Instant permit, Duration late) {
    unreported.add(new PermitUsage(permit, late, false));
  }

  /** Fills {@link #permits}, unless the API asked all processes to wait. */
  private Optional<NextPermit.Blocked> acquire() {
    reportStep();
    boolean clockIsKnown = true;
    while (true) {
      long before = ticker.nanos();
      Instant expected =
          clockIsKnown
              ? clockOffset.clock(before + clockOffset.usual().toNanos() / 2).orElse(null)
              : null;
      int count = sentAny ? permitsAtOnce() : permitsAtFirst();
      List<PermitUsage> usage = List.copyOf(unreported);
      switch (limit.acquire(new AcquireRequest(count, lead(), usage, expected))) {
        case AcquireResult.Permits permits -> {
          clockOffset.add(before, ticker.nanos(), permits.now());
          usage.forEach(unreported::remove);
          take(permits);
          return Optional.empty();
        }
        case AcquireResult.LimitBlocked blocked when blocked.left().isPositive() -> {
          return Optional.of(new NextPermit.Blocked(blocked.left()));
        }
        case AcquireResult.LimitBlocked _ -> {} // it was over in the meantime
        case AcquireResult.ClockMismatch _ -> {
          checkClock();
          clockIsKnown = false;
        }
      }
    }
  }

  private void take(AcquireResult.Permits granted) {
    permits.addAll(sentAny ? granted.at() : granted.at().subList(0, 1));
    generation = granted.generation();
    margin = granted.margin();
    acquisitionsInARow = granted.number() == acquisitions + 1 ? acquisitionsInARow + 1 : 0;
    acquisitions = granted.number();
  }

  private void checkClock() {
    long before = ticker.nanos();
    Instant there = limit.clock();
    clockOffset
        .add(before, ticker.nanos(), there)
        .ifPresent(step -> unreportedStep = Optional.of(step));
    reportStep();
  }

  /** Repeated if the reply was lost: the clock offset knows the new clock by then. */
  private void reportStep() {
    unreportedStep.ifPresent(step -> limit.clockStepped(step, generation));
    unreportedStep = Optional.empty();
  }

  private Duration lead() {
    return Collections.min(List.of(clockOffset.usual().plus(WAKE_UP), LONGEST_LEAD));
  }

  /**
   * As many as keep up with the rate: between the last permit of one acquisition and the first of
   * the next lie a round trip and the lead; the others make up for it at their least distance, half
   * of the even one: {@code cycle + (count - 1) / 2r <= count / r}. At 2 to 5 a second and a near
   * database it is one. The pauses must fall on the same permits of each window, since a permit
   * that was late once delays all that lie whole windows later: the smallest count is taken that
   * hardly moves them.
   */
  private int permitsAtOnce() {
    int window = limit.permitsInWindow();
    double cycle = clockOffset.usual().plus(lead()).toNanos() / 1e9;
    int needed = (int) Math.ceil(2 * limit.rate().perSecond() * cycle) - 1;
    for (int count = Math.max(1, needed); count < window; count++) {
      if (window % count <= window * WASTE) {
        return count;
      }
    }
    return window;
  }

  /** One, and as many as lie {@link #COLD_IS_LATE} after it even at their least distance. */
  private int permitsAtFirst() {
    return 1 + (int) Math.ceil(2 * limit.rate().perSecond() * COLD_IS_LATE.toNanos() / 1e9);
  }

  /**
   * A request that probably arrived late is reported at once, before anybody acquires the permit a
   * window later; but only while the margin is wide because of 429s or late threads: elsewhere it
   * would cost rate and prevent nothing.
   */
  @Override
  public void onResponse(NextPermit.Permit permit, Duration took) {
    Duration late = lateArrivals.lateness(took);
    if (late.isPositive() && margin.compareTo(SharedRateLimit.FIRST_MARGIN) > 0) {
      Duration leftLate = Duration.ofNanos(ticker.nanos() - permit.due()).minus(took);
      limit.arrivedLate(permit.moment(), leftLate, late);
    }
  }

  @Override
  public SharedRateLimit.ThrottleResult onThrottled(
      NextPermit.Permit permit, Optional<Duration> retryAfter) {
    retryAfter.ifPresent(wait -> block(permit, wait));
    SharedRateLimit.ThrottleResult result =
        limit.throttled(Duration.ofNanos(ticker.nanos() - permit.due()));
    oldestGeneration.accumulateAndGet(result.generation(), Math::max);
    return result;
  }

  @Override
  public void block(NextPermit.Permit permit, Duration retryAfter) {
    oldestGeneration.accumulateAndGet(permit.generation() + 1, Math::max);
    limit.block(retryAfter, permit.generation());
  }
}
