package studbook.embeddedpg;

import java.time.Duration;
import studbook.time.TimeSources;

/** Polls every few milliseconds until a deadline. Not thread-safe. */
final class Deadline {

  private static final Duration STEP = Duration.ofMillis(20);

  private final TimeSources time;
  private final long started;
  private final Duration whole;

  Deadline(TimeSources time, Duration whole) {
    this.time = time;
    this.started = time.ticker().nanos();
    this.whole = whole;
  }

  /**
   * Waits one step; returns false at once after the deadline.
   *
   * @throws EmbeddedServerException if the thread is interrupted; its interrupt flag stays set
   */
  boolean awaitNextTry() {
    if (time.ticker().nanos() - started >= whole.toNanos()) {
      return false;
    }
    try {
      time.sleeper().sleep(STEP);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmbeddedServerException(
          "Interrupted while waiting for the embedded PostgreSQL.", e);
    }
  }
}
