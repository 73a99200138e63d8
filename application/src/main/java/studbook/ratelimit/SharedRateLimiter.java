package studbook.ratelimit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import studbook.time.Sleeper;
import studbook.time.Ticker;

/**
 * Waits for slots of the account's budget and sends in none that has gone by. Half of the margin is
 * for threads that wake up late: a slot missed by more is given back, and the other half is the
 * network's; a process alone may miss it by more. Each send's lateness is reported with the next
 * claim, so that the slot a window behind it keeps its distance. The first request, which opens a
 * connection, has more room than the others. All waiting is on monotonic time.
 */
public final class SharedRateLimiter implements RateLimiter {

  /** For threads that wake up late, beside the round trip. */
  private static final Duration WAKE_UP = Duration.ofMillis(25);

  /** However slow the database is; slots far ahead look as if its clock had been set back. */
  private static final Duration LONGEST_LEAD = Duration.ofSeconds(5);

  /**
   * By which the first request may reach the API later than others: a cold client and the hands
   * that its connection shakes. The time lies in slots that are claimed behind it and not used.
   */
  private static final Duration FIRST_IS_LATE = Duration.ofMillis(100);

  /** Of a window, by which the pauses between claims may move. */
  private static final double WASTE = 0.005;

  private final SharedRateLimit budget;
  private final Ticker ticker;
  private final Sleeper sleeper;
  private final ClockOffsetEstimator roundTrips = new ClockOffsetEstimator();
  private final LocalWindowGuard sends;

  /** Claimed together and not yet used, the earliest first. */
  private final Deque<Instant> slots = new ArrayDeque<>();

  /** What the budget does not know yet; told with the next claim. */
  private final Queue<PermitUsage> spent = new ConcurrentLinkedQueue<>();

  private final LateArrivalEstimator answerTimes = new LateArrivalEstimator();

  private Optional<Duration> untoldStep = Optional.empty();
  private boolean sentAny;
  private int epoch;
  private volatile Duration margin = Duration.ZERO;
  private long claims;
  private volatile int claimsInARow;
  private final AtomicInteger oldestEpoch = new AtomicInteger();

  public SharedRateLimiter(SharedRateLimit budget, Ticker ticker, Sleeper sleeper) {
    this.budget = budget;
    this.ticker = ticker;
    this.sleeper = sleeper;
    this.sends = new LocalWindowGuard(budget.slotsInWindow(), budget.window());
  }

  @Override
  public NextPermit next() throws InterruptedException {
    while (true) {
      if (slots.isEmpty()) {
        Optional<NextPermit.Blocked> hold = claim();
        if (hold.isPresent()) {
          return hold.get();
        }
      }
      Instant slot = slots.removeFirst();
      long due = roundTrips.toTicker(slot, ticker.nanos());
      sleeper.sleep(Duration.ofNanos(Math.max(due, sends.earliestNext()) - ticker.nanos()));
      long now = ticker.nanos();
      Duration late = Duration.ofNanos(now - due);
      if (epoch < oldestEpoch.get()) {
        giveBack(slot, Duration.ZERO);
        slots.forEach(other -> giveBack(other, Duration.ZERO));
        slots.clear();
      } else if (late.compareTo(tolerance(margin.dividedBy(2))) > 0) {
        giveBack(slot, late);
      } else {
        sends.add(now);
        sentAny = true;
        return new NextPermit.Permit(epoch, slot, due);
      }
    }
  }

  @Override
  public boolean mayLeave(NextPermit.Permit slot) {
    Duration late = Duration.ofNanos(ticker.nanos() - slot.due());
    boolean inTime = late.compareTo(tolerance(margin)) <= 0;
    spent.add(new PermitUsage(slot.moment(), late, inTime));
    return inTime;
  }

  /**
   * A process that made the claims of a whole window tells how late it sent before anybody claims
   * the slot a window behind; so it may be late by the even distance of two.
   */
  private Duration tolerance(Duration shared) {
    Duration even = budget.window().dividedBy(budget.slotsInWindow());
    boolean isAlone = claimsInARow >= budget.slotsInWindow();
    return isAlone && even.compareTo(shared) > 0 ? even : shared;
  }

  private void giveBack(Instant slot, Duration late) {
    spent.add(new PermitUsage(slot, late, false));
  }

  /** Fills {@link #slots}, unless the API asked everybody to wait. */
  private Optional<NextPermit.Blocked> claim() {
    tellTheStep();
    boolean clockIsKnown = true;
    while (true) {
      long before = ticker.nanos();
      Instant expected =
          clockIsKnown
              ? roundTrips.clock(before + roundTrips.usual().toNanos() / 2).orElse(null)
              : null;
      List<PermitUsage> told = List.copyOf(spent);
      switch (budget.claim(
          new AcquireRequest(sentAny ? slotsAtOnce() : first(), lead(), told, expected))) {
        case AcquireResult.Permits granted -> {
          long after = ticker.nanos();
          roundTrips.add(before, after, granted.now());
          told.forEach(spent::remove);
          slots.addAll(sentAny ? granted.at() : granted.at().subList(0, 1));
          epoch = granted.epoch();
          margin = granted.margin();
          claimsInARow = granted.number() == claims + 1 ? claimsInARow + 1 : 0;
          claims = granted.number();
          return Optional.empty();
        }
        case AcquireResult.LimitBlocked held when held.left().isPositive() -> {
          return Optional.of(new NextPermit.Blocked(held.left()));
        }
        case AcquireResult.LimitBlocked _ -> {} // it was over in the meantime
        case AcquireResult.ClockMismatch _ -> {
          lookAtTheClock();
          clockIsKnown = false;
        }
      }
    }
  }

  private void lookAtTheClock() {
    long before = ticker.nanos();
    Instant there = budget.clock();
    roundTrips.add(before, ticker.nanos(), there).ifPresent(step -> untoldStep = Optional.of(step));
    tellTheStep();
  }

  /** Again where the reply was lost: the round trips know the new clock by then. */
  private void tellTheStep() {
    untoldStep.ifPresent(step -> budget.clockStepped(step, epoch));
    untoldStep = Optional.empty();
  }

  private Duration lead() {
    Duration lead = roundTrips.usual().plus(WAKE_UP);
    return lead.compareTo(LONGEST_LEAD) < 0 ? lead : LONGEST_LEAD;
  }

  /**
   * So many that the claims keep up with the rate: between the last slot of a claim and the first
   * of the next lie a round trip and the lead, and what that is behind, the others make good at
   * their least distance, half of the even one: {@code cycle + (count - 1) / 2r <= count / r}. The
   * pauses must fall on the same slots of each window, for a slot that was late once makes all late
   * that lie whole windows behind it: the smallest count is taken that hardly moves them.
   */
  private int slotsAtOnce() {
    int slots = budget.slotsInWindow();
    double cycle = roundTrips.usual().plus(lead()).toNanos() / 1e9;
    int wanted = (int) Math.ceil(2 * budget.rate().perSecond() * cycle) - 1;
    for (int count = Math.max(1, wanted); count < slots; count++) {
      if (slots % count <= slots * WASTE) {
        return count;
      }
    }
    return slots;
  }

  /**
   * One slot and so many that lie {@link #FIRST_IS_LATE} behind it even at their least distance.
   */
  private int first() {
    return 1 + (int) Math.ceil(2 * budget.rate().perSecond() * FIRST_IS_LATE.toNanos() / 1e9);
  }

  /**
   * The budget learns at once where a request seems to have arrived late, before anybody claims the
   * slot a window behind it; but only while the margin is wide because of 429s or late threads:
   * elsewhere that would cost rate and prevent nothing.
   */
  @Override
  public void answered(NextPermit.Permit slot, Duration took) {
    Duration late = answerTimes.lateness(took);
    if (late.isPositive() && margin.compareTo(SharedRateLimit.FIRST_MARGIN) > 0) {
      Duration leftLate = Duration.ofNanos(ticker.nanos() - slot.due()).minus(took);
      budget.arrivedLate(slot.moment(), leftLate, late);
    }
  }

  @Override
  public SharedRateLimit.ThrottleResult throttled(
      NextPermit.Permit slot, Optional<Duration> retryAfter) {
    retryAfter.ifPresent(wait -> hold(slot, wait));
    SharedRateLimit.ThrottleResult throttle =
        budget.throttled(Duration.ofNanos(ticker.nanos() - slot.due()));
    oldestEpoch.accumulateAndGet(throttle.epoch(), Math::max);
    return throttle;
  }

  @Override
  public void hold(NextPermit.Permit slot, Duration retryAfter) {
    oldestEpoch.accumulateAndGet(slot.epoch() + 1, Math::max);
    budget.hold(retryAfter, slot.epoch());
  }
}
