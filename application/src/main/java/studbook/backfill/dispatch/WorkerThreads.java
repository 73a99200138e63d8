package studbook.backfill.dispatch;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The threads of a worker: how they begin and end.
 *
 * @param broken told of what ended a thread before its time
 */
public record WorkerThreads(Consumer<Throwable> broken) {

  public Thread start(String name, Runnable work) {
    return Thread.ofPlatform()
        .name(name)
        .daemon()
        .uncaughtExceptionHandler((_, trouble) -> broken.accept(trouble))
        .start(work);
  }

  /** Waits for a thread; one that takes longer is interrupted. */
  public static void end(Thread thread, Duration longest) {
    join(thread, longest);
    if (thread.isAlive()) {
      thread.interrupt();
    }
  }

  /** Waits until all is done that was begun, at most {@code longest}; whether it is. */
  static boolean end(ExecutorService executor, Duration longest) {
    try {
      return executor.awaitTermination(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return false;
    }
  }

  /** Ends an executor: what was begun may take {@code longest}, then it is interrupted. */
  public static void finish(ExecutorService executor, Duration longest) {
    executor.shutdown();
    if (!end(executor, longest)) {
      executor.shutdownNow();
      end(executor, Duration.ofMillis(200));
    }
  }

  /** Waits for a thread, at most {@code longest}. */
  public static void join(Thread thread, Duration longest) {
    try {
      thread.join(longest);
    } catch (InterruptedException e) {
      thread.interrupt();
    }
  }
}
