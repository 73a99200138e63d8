package studbook.racingapi;

import java.time.Duration;
import java.util.ArrayDeque;

/** Counts sent requests as the API does: in a sliding second. Thread-safe. */
public final class RequestCounters {

  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final ArrayDeque<Long> lastSecond = new ArrayDeque<>();
  private long sent;
  private long throttled;
  private int fullest;

  RequestCounters() {}

  /**
   * Counts.
   *
   * @param sent requests since the start
   * @param throttled of these answered 429
   * @param fullest maximum requests in any one second since the last call
   */
  public record SecondCount(long sent, long throttled, int fullest) {}

  synchronized void sent(long now) {
    while (!lastSecond.isEmpty() && now - lastSecond.getFirst() >= SECOND) {
      lastSecond.removeFirst();
    }
    lastSecond.addLast(now);
    sent++;
    fullest = Math.max(fullest, lastSecond.size());
  }

  synchronized void throttled() {
    throttled++;
  }

  /** Returns the counts and resets the maximum. */
  public synchronized SecondCount count() {
    SecondCount count = new SecondCount(sent, throttled, fullest);
    fullest = 0;
    return count;
  }
}
