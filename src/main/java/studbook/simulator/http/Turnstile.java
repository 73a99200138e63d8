package studbook.simulator.http;

import java.util.Optional;
import studbook.time.Rate;
import studbook.time.Ticker;

/**
 * Where every request is stamped in the order of arrival and held against the limit: one window for
 * the account, or two where the racecards have a rate of their own. Thread-safe.
 */
public final class Turnstile {

  private final Ticker ticker;
  private final Statistics statistics;
  private final Window horses;
  private final Window racecards;

  public Turnstile(Ticker ticker, Statistics statistics, Rate account, Optional<Rate> racecards) {
    this.ticker = ticker;
    this.statistics = statistics;
    this.horses = new Window(account);
    this.racecards = racecards.map(Window::new).orElse(horses);
  }

  /** Counts an arrival and tells whether it is within the limit. */
  public synchronized boolean admits(Lane lane) {
    long now = ticker.nanos();
    statistics.arrived(lane, now);
    return (lane == Lane.HORSES ? horses : racecards).admits(now);
  }
}
