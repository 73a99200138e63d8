package studbook.backfill.worker;

import java.time.Duration;
import java.util.function.Consumer;

/** Starts and ends the threads of a worker. */
final class WorkerThreads {

  private WorkerThreads() {}

  /**
   * Starts a daemon thread.
   *
   * @param onError called with the error that ends it
   */
  static Thread start(String name, Runnable work, Consumer<Throwable> onError) {
    return Thread.ofPlatform()
        .name(name)
        .daemon()
        .uncaughtExceptionHandler((_, error) -> onError.accept(error))
        .start(work);
  }

  /** Waits for a thread and interrupts it after the timeout. */
  static void join(Thread thread, Duration timeout) {
    try {
      thread.join(timeout);
    } catch (InterruptedException e) {
      thread.interrupt();
    }
    if (thread.isAlive()) {
      thread.interrupt();
    }
  }

  /** Interrupts a thread and waits for it. */
  static void stop(Thread thread, Duration timeout) {
    thread.interrupt();
    join(thread, timeout);
  }
}
