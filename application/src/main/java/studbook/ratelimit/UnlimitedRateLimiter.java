package studbook.ratelimit;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import studbook.time.Ticker;

/** For tests and benchmarks: acquires no permits, but obeys 429s. */
public final class UnlimitedRateLimiter implements RateLimiter {

  private static final long POLL_INTERVAL = Duration.ofSeconds(1).toNanos();

  private final SharedRateLimit limit;
  private final Ticker ticker;
  private volatile long nextPollAt;

  public UnlimitedRateLimiter(SharedRateLimit limit, Ticker ticker) {
    this.limit = limit;
    this.ticker = ticker;
    this.nextPollAt = ticker.nanos();
  }

  @Override
  public NextPermit next() {
    long now = ticker.nanos();
    if (now - nextPollAt >= 0) {
      Optional<AcquireResult.LimitBlocked> blocked = limit.blocked();
      if (blocked.isPresent() && blocked.get().left().isPositive()) {
        return new NextPermit.Blocked(blocked.get().left());
      }
      nextPollAt = now + POLL_INTERVAL;
    }
    return new NextPermit.Permit(0, Instant.EPOCH, now);
  }

  @Override
  public Duration window() {
    return Duration.ZERO;
  }

  @Override
  public boolean maySend(NextPermit.Permit permit) {
    return true;
  }

  @Override
  public void onResponse(NextPermit.Permit permit, Duration took) {}

  @Override
  public SharedRateLimit.ThrottleResult onThrottled(
      NextPermit.Permit permit, Optional<Duration> retryAfter) {
    retryAfter.ifPresent(wait -> limit.block(wait, permit.generation()));
    SharedRateLimit.ThrottleResult result =
        limit.throttled(Duration.ofNanos(ticker.nanos() - permit.due()));
    nextPollAt = ticker.nanos();
    return result;
  }

  @Override
  public void block(NextPermit.Permit permit, Duration retryAfter) {
    limit.block(retryAfter, permit.generation());
    nextPollAt = ticker.nanos();
  }
}
