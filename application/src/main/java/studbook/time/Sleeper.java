package studbook.time;

import java.time.Duration;

/** Waits. The real one sleeps; a test's advances its clock. Safe for many threads. */
@FunctionalInterface
public interface Sleeper {

  /**
   * Waits for {@code duration}; returns at once if it is zero or negative.
   *
   * @throws InterruptedException if the thread is interrupted before or while it waits
   */
  void sleep(Duration duration) throws InterruptedException;
}
