package studbook.simulator.http;

import java.util.OptionalDouble;
import java.util.function.LongSupplier;

/**
 * Stamps each request in the order of arrival and checks the limit: one window for the account, or
 * two if racecards have a rate of their own. Thread-safe.
 */
public final class LimitChecker {

  private final LongSupplier nanoTime;
  private final SimulatorStatistics statistics;
  private final SlidingWindow horses;
  private final SlidingWindow racecards;

  public LimitChecker(
      LongSupplier nanoTime,
      SimulatorStatistics statistics,
      double account,
      OptionalDouble racecards) {
    this.nanoTime = nanoTime;
    this.statistics = statistics;
    this.horses = new SlidingWindow(account);
    this.racecards = racecards.isPresent() ? new SlidingWindow(racecards.getAsDouble()) : horses;
  }

  /** Counts an arrival; true if it is within the limit. */
  public synchronized boolean tryAcquire(RateLimitGroup group) {
    long now = nanoTime.getAsLong();
    statistics.onArrival(group, now);
    return (group == RateLimitGroup.HORSES ? horses : racecards).tryAcquire(now);
  }
}
