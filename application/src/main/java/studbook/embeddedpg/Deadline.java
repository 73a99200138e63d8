package studbook.embeddedpg;

import java.time.Duration;
import studbook.time.Sleeper;
import studbook.time.Ticker;

/** Polls every few milliseconds until a deadline. Not thread-safe. */
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

  /** Creates deadlines. */
  record TimeSource(Ticker ticker, Sleeper sleeper) {
    Deadline of(Duration whole) {
      return new Deadline(ticker, sleeper, whole);
    }
  }

  /**
   * Waits one step; returns false at once after the deadline.
   *
   * @throws EmbeddedServerException if the thread is interrupted; its interrupt flag stays set
   */
  boolean awaitNextTry() {
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
