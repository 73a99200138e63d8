package studbook.ratelimit;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import studbook.time.Ticker;

/** For tests and benchmarks: claims nothing, but obeys what a 429 asked for. */
public final class UnlimitedPacer implements Pacer {

  private static final long LOOK_EVERY = Duration.ofSeconds(1).toNanos();

  private final Budget budget;
  private final Ticker ticker;
  private volatile long lookAgainAt;

  public UnlimitedPacer(Budget budget, Ticker ticker) {
    this.budget = budget;
    this.ticker = ticker;
    this.lookAgainAt = ticker.nanos();
  }

  @Override
  public Turn next() {
    long now = ticker.nanos();
    if (now - lookAgainAt >= 0) {
      Optional<Grant.Held> held = budget.held();
      if (held.isPresent() && held.get().left().isPositive()) {
        return new Turn.Hold(held.get().left());
      }
      lookAgainAt = now + LOOK_EVERY;
    }
    return new Turn.Slot(0, Instant.EPOCH, now);
  }

  @Override
  public boolean mayLeave(Turn.Slot slot) {
    return true;
  }

  @Override
  public void answered(Turn.Slot slot, Duration took) {}

  @Override
  public Budget.Throttle throttled(Turn.Slot slot, Optional<Duration> retryAfter) {
    retryAfter.ifPresent(wait -> budget.hold(wait, slot.epoch()));
    Budget.Throttle throttle = budget.throttled(Duration.ofNanos(ticker.nanos() - slot.due()));
    lookAgainAt = ticker.nanos();
    return throttle;
  }

  @Override
  public void hold(Turn.Slot slot, Duration retryAfter) {
    budget.hold(retryAfter, slot.epoch());
    lookAgainAt = ticker.nanos();
  }
}
