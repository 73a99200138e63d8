package studbook.notification;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends notifications in the background of a process, every few seconds and once more when it is
 * closed. What cannot be sent now stays in the database.
 */
public final class NotificationLoop implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(NotificationLoop.class);
  private static final Duration INTERVAL = Duration.ofSeconds(10);

  /** How long the end of a process waits for the last ones. */
  private static final Duration LAST = Duration.ofSeconds(5);

  private final NotificationDispatcher dispatcher;
  private final BooleanSupplier stopping;
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          work -> Thread.ofPlatform().name("notifications").daemon().unstarted(work));

  private NotificationLoop(NotificationDispatcher dispatcher, BooleanSupplier stopping) {
    this.dispatcher = dispatcher;
    this.stopping = stopping;
  }

  /**
   * Starts it; the first tick is at once.
   *
   * @param stopping whether the process was asked to stop; then its end waits for nothing
   */
  public static NotificationLoop start(
      NotificationDispatcher dispatcher, BooleanSupplier stopping) {
    NotificationLoop loop = new NotificationLoop(dispatcher, stopping);
    Future<?> _ =
        loop.executor.scheduleWithFixedDelay(
            loop::tick, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    return loop;
  }

  private void tick() {
    try {
      dispatcher.tick();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      log.debug("notifications wait for the database", e);
    }
  }

  @Override
  public void close() {
    try {
      long wait = stopping.getAsBoolean() ? 0 : LAST.toMillis();
      executor.submit(this::tick).get(wait, TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      log.debug("notifications are left for the next process", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    executor.shutdownNow();
  }
}
