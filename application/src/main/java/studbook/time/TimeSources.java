package studbook.time;

import java.time.Clock;

/**
 * The three ways in which a program meets time.
 *
 * @param clock the wall clock, for times that are shown or stored
 * @param ticker for intervals
 * @param sleeper for waiting
 */
public record TimeSources(Clock clock, Ticker ticker, Sleeper sleeper) {

  /** Those of the machine. */
  public static TimeSources system() {
    return new TimeSources(SystemTime.clock(), SystemTime.ticker(), SystemTime.sleeper());
  }
}
