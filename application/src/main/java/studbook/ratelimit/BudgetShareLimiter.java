package studbook.ratelimit;

import java.time.Duration;
import java.util.Optional;
import studbook.time.Rate;
import studbook.time.Sleeper;
import studbook.time.Ticker;

/**
 * Permits of another limiter, at even distances and at a share of its rate, so that other runs of
 * the account get the rest. The processes of the run divide the share among themselves: when one
 * joins, the others learn it with their next heartbeat.
 */
public final class BudgetShareLimiter implements RateLimiter {

  private final RateLimiter limiter;
  private final long interval;
  private final Ticker ticker;
  private final Sleeper sleeper;
  private volatile int processes = 1;
  private Optional<Long> last = Optional.empty();

  /**
   * @param rate of all processes of the run together; not unlimited
   */
  public BudgetShareLimiter(RateLimiter limiter, Rate rate, Ticker ticker, Sleeper sleeper) {
    this.limiter = limiter;
    this.interval = Math.round(1e9 / rate.perSecond());
    this.ticker = ticker;
    this.sleeper = sleeper;
  }

  @Override
  public NextPermit next() throws InterruptedException {
    long due = last.map(moment -> moment + processes * interval).orElseGet(ticker::nanos);
    sleeper.sleep(Duration.ofNanos(due - ticker.nanos()));
    NextPermit next = limiter.next();
    if (next instanceof NextPermit.Permit) {
      // Counted from when it was due: waiting for the permit takes nothing from the share. Of a
      // longer delay one interval is made up for, no more.
      last = Optional.of(Math.max(due, ticker.nanos() - processes * interval));
    }
    return next;
  }

  @Override
  public Duration window() {
    return limiter.window();
  }

  @Override
  public boolean maySend(NextPermit.Permit permit) {
    return limiter.maySend(permit);
  }

  @Override
  public void onResponse(NextPermit.Permit permit, Duration took) {
    limiter.onResponse(permit, took);
  }

  @Override
  public SharedRateLimit.ThrottleResult onThrottled(
      NextPermit.Permit permit, Optional<Duration> retryAfter) {
    return limiter.onThrottled(permit, retryAfter);
  }

  @Override
  public void block(NextPermit.Permit permit, Duration retryAfter) {
    limiter.block(permit, retryAfter);
  }

  @Override
  public void onProcesses(int count) {
    processes = Math.max(count, 1);
    limiter.onProcesses(count);
  }
}
