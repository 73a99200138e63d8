package studbook.simulator.fault;

import java.time.Duration;

/** Waits: in a test it may return at once. Safe for use by many threads. */
@FunctionalInterface
public interface DelayFunction {

  /**
   * Waits for a duration of zero or more.
   *
   * @throws InterruptedException when the thread is interrupted before or while it waits
   */
  void delay(Duration duration) throws InterruptedException;
}
