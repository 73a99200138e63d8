package studbook.ratelimit;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import studbook.time.Ticker;

/** For tests and benchmarks: acquires no permits, but obeys 429s. */
public final class UnlimitedRateLimiter implements RateLimiter {

  private static final long LOOK_EVERY = Duration.ofSeconds(1).toNanos();

  private final SharedRateLimit budget;
  private final Ticker ticker;
  private volatile long lookAgainAt;

  public UnlimitedRateLimiter(SharedRateLimit budget, Ticker ticker) {
    this.budget = budget;
    this.ticker = ticker;
    this.lookAgainAt = ticker.nanos();
  }

  @Override
  public NextPermit next() {
    long now = ticker.nanos();
    if (now - lookAgainAt >= 0) {
      Optional<AcquireResult.LimitBlocked> held = budget.held();
      if (held.isPresent() && held.get().left().isPositive()) {
        return new NextPermit.Blocked(held.get().left());
      }
      lookAgainAt = now + LOOK_EVERY;
    }
    return new NextPermit.Permit(0, Instant.EPOCH, now);
  }

  @Override
  public boolean mayLeave(NextPermit.Permit slot) {
    return true;
  }

  @Override
  public void answered(NextPermit.Permit slot, Duration took) {}

  @Override
  public SharedRateLimit.ThrottleResult throttled(
      NextPermit.Permit slot, Optional<Duration> retryAfter) {
    retryAfter.ifPresent(wait -> budget.hold(wait, slot.epoch()));
    SharedRateLimit.ThrottleResult throttle =
        budget.throttled(Duration.ofNanos(ticker.nanos() - slot.due()));
    lookAgainAt = ticker.nanos();
    return throttle;
  }

  @Override
  public void hold(NextPermit.Permit slot, Duration retryAfter) {
    budget.hold(retryAfter, slot.epoch());
    lookAgainAt = ticker.nanos();
  }
}
