package studbook.backfill.dispatch;

import java.time.Duration;
import studbook.time.Ticker;

/** Wakes threads that wait for a change. Safe for many threads. */
public final class Signal {

  private final Ticker ticker;
  private long version;

  public Signal(Ticker ticker) {
    this.ticker = ticker;
  }

  public synchronized void send() {
    version++;
    notifyAll();
  }

  /**
   * The number of signals so far; read it before checking the condition, so that none is missed.
   */
  public synchronized long version() {
    return version;
  }

  /** Waits for a signal after the first {@code seen} ones, at most {@code timeout}. */
  public synchronized void await(long seen, Duration timeout) throws InterruptedException {
    long deadline = ticker.nanos() + timeout.toNanos();
    for (long left = timeout.toNanos();
        version == seen && left > 0;
        left = deadline - ticker.nanos()) {
      wait(left / 1_000_000, (int) (left % 1_000_000));
    }
  }
}
