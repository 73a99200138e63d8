package studbook.time;

import java.time.Duration;

/** A way to wait. The real one waits; a test's advances its clock. Safe for use by many threads. */
@FunctionalInterface
public interface Sleeper {

  /**
   * Waits for {@code duration}; a zero or negative one returns at once.
   *
   * @throws InterruptedException when the thread is interrupted before or while it waits
   */
  void sleep(Duration duration) throws InterruptedException;
}
