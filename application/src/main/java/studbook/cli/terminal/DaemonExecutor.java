package studbook.cli.terminal;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A daemon thread for tasks that may block: printing to a terminal that is not read, writing to a
 * disk that hangs. Tasks run in order; exceptions are logged. A task behind ten thousand others is
 * dropped. Safe for many threads.
 */
public final class DaemonExecutor implements Executor, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(DaemonExecutor.class);
  private static final int MOST_WAITING = 10_000;
  private static final int POLL_MILLIS = 50;
  private static final int POLLS_IN_A_HURRY = 6;

  private final String name;
  private final BooleanSupplier hurried;
  private final AtomicBoolean complained = new AtomicBoolean();
  private final ThreadPoolExecutor thread;

  /**
   * Starts no thread before the first task.
   *
   * @param name of the thread
   * @param hurried whether {@link #close} may not wait for long
   */
  public DaemonExecutor(String name, BooleanSupplier hurried) {
    this.name = name;
    this.hurried = hurried;
    this.thread =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MOST_WAITING),
            Thread.ofPlatform().name(name).daemon().factory());
  }

  /** Runs {@code task} later; returns at once. */
  @Override
  public void execute(Runnable task) {
    try {
      thread.execute(() -> run(task));
    } catch (RejectedExecutionException e) {
      if (complained.compareAndSet(false, true)) {
        log.warn("thread \"{}\" is blocked; further tasks are dropped", name);
      }
    }
  }

  private void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      log.warn("thread \"{}\" continues after an error", name, e);
    }
  }

  /** Waits until all tasks have run, in a hurry only for a moment. They are not interrupted. */
  @Override
  public void close() {
    thread.shutdown();
    for (int polls = 0; polls < POLLS_IN_A_HURRY; polls += hurried.getAsBoolean() ? 1 : 0) {
      try {
        if (thread.awaitTermination(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
          return;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
