package studbook.racingapi;

import java.time.Duration;
import java.util.ArrayDeque;

/** What this process has sent, counted as the API counts: in a sliding second. Thread-safe. */
public final class RequestCounters {

  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final ArrayDeque<Long> lastSecond = new ArrayDeque<>();
  private long sent;
  private long throttled;
  private int fullest;

  RequestCounters() {}

  /**
   * How much there was.
   *
   * @param sent requests since the beginning
   * @param throttled of these answered 429
   * @param fullest most requests in any one second, since it was last asked for
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

  /** Counts, and begins to look for the fullest second anew. */
  public synchronized SecondCount count() {
    SecondCount count = new SecondCount(sent, throttled, fullest);
    fullest = 0;
    return count;
  }
}
