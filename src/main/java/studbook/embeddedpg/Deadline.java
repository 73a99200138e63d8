package studbook.embeddedpg;

import java.time.Duration;
import studbook.time.Sleeper;
import studbook.time.Ticker;

/** Asks again every few milliseconds until a time is over. For one thread. */
final class Deadline {

  private static final Duration STEP = Duration.ofMillis(20);

  private final Ticker ticker;
  private final Sleeper sleeper;
  private final long started;
  private final Duration whole;

  private Deadline(Ticker ticker, Sleeper sleeper, Duration whole) {
    this.ticker = ticker;
    this.sleeper = sleeper;
    this.started = ticker.nanos();
    this.whole = whole;
  }

  /** Makes them. */
  record TimeSource(Ticker ticker, Sleeper sleeper) {
    Deadline of(Duration whole) {
      return new Deadline(ticker, sleeper, whole);
    }
  }

  /**
   * Waits a step; false, at once, when the time is over.
   *
   * @throws EmbeddedServerException when the thread is interrupted, which it then stays
   */
  boolean goesOn() {
    if (ticker.nanos() - started >= whole.toNanos()) {
      return false;
    }
    try {
      sleeper.sleep(STEP);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmbeddedServerException(
          "Interrupted while waiting for the embedded PostgreSQL.", e);
    }
  }
}
