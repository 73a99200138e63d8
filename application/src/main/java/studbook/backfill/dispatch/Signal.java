package studbook.backfill.dispatch;

import java.time.Duration;
import studbook.time.Ticker;

/** Wakes who waits for something to change. Safe for many threads. */
public final class Signal {

  private final Ticker ticker;
  private long rung;

  public Signal(Ticker ticker) {
    this.ticker = ticker;
  }

  public synchronized void ring() {
    rung++;
    notifyAll();
  }

  /** How often it rang; who looks around first and then waits misses nothing. */
  public synchronized long rung() {
    return rung;
  }

  /** Waits until it has rung more often than {@code seen} times, at most {@code longest}. */
  public synchronized void await(long seen, Duration longest) throws InterruptedException {
    long deadline = ticker.nanos() + longest.toNanos();
    for (long left = longest.toNanos();
        rung == seen && left > 0;
        left = deadline - ticker.nanos()) {
      wait(left / 1_000_000, (int) (left % 1_000_000));
    }
  }
}
