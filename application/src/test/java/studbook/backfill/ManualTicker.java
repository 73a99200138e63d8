package studbook.backfill;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import studbook.time.Ticker;

/** Time that passes when it is told to. It begins far below zero, as a monotonic clock may. */
public final class ManualTicker implements Ticker {

  private final AtomicLong now = new AtomicLong(Long.MIN_VALUE / 2);

  @Override
  public long nanos() {
    return now.get();
  }

  public void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }

  public void seconds(long seconds) {
    pass(Duration.ofSeconds(seconds));
  }
}
