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

  /** The number of changes so far. Read it before looking for work, then no change is missed. */
  public synchronized long version() {
    return version;
  }

  /** Waits for a change after {@code seen}, at most {@code timeout}. */
  public synchronized void await(long seen, Duration timeout) throws InterruptedException {
    long deadline = ticker.nanos() + timeout.toNanos();
    for (long left = timeout.toNanos();
        version == seen && left > 0;
        left = deadline - ticker.nanos()) {
      wait(left / 1_000_000, (int) (left % 1_000_000));
    }
  }
}
