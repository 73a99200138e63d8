package studbook.simulator.http;

import java.util.Optional;
import studbook.time.Rate;
import studbook.time.Ticker;

/**
 * Stamps each request in the order of arrival and checks the limit: one window for the account, or
 * two if racecards have a rate of their own. Thread-safe.
 */
public final class LimitChecker {

  private final Ticker ticker;
  private final SimulatorStatistics statistics;
  private final SlidingWindow horses;
  private final SlidingWindow racecards;

  public LimitChecker(
      Ticker ticker, SimulatorStatistics statistics, Rate account, Optional<Rate> racecards) {
    this.ticker = ticker;
    this.statistics = statistics;
    this.horses = new SlidingWindow(account);
    this.racecards = racecards.map(SlidingWindow::new).orElse(horses);
  }

  /** Counts an arrival; true if it is within the limit. */
  public synchronized boolean admits(RateLimitGroup lane) {
    long now = ticker.nanos();
    statistics.arrived(lane, now);
    return (lane == RateLimitGroup.HORSES ? horses : racecards).admits(now);
  }
}
