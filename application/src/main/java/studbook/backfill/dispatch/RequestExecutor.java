package studbook.backfill.dispatch;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Runs each request on its own virtual thread. Safe for many threads. */
public final class RequestExecutor implements AutoCloseable {

  private static final Duration IN_FLIGHT_TIMEOUT = Duration.ofMillis(2_500);
  private static final Duration INTERRUPTED_TIMEOUT = Duration.ofMillis(200);

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Consumer<Throwable> onError;

  /**
   * @param onError called with an unexpected error of a request
   */
  public RequestExecutor(Consumer<Throwable> onError) {
    this.onError = onError;
  }

  void execute(Runnable request) {
    threads.execute(request);
  }

  public <T> Future<T> submit(Callable<T> task) {
    return threads.submit(task);
  }

  void onError(Throwable error) {
    onError.accept(error);
  }

  /** Waits for the requests in flight, 2.5 s at most, then interrupts them. */
  @Override
  public void close() {
    threads.shutdown();
    if (!awaitEnd(IN_FLIGHT_TIMEOUT)) {
      threads.shutdownNow();
      awaitEnd(INTERRUPTED_TIMEOUT);
    }
  }

  private boolean awaitEnd(Duration timeout) {
    try {
      return threads.awaitTermination(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return false;
    }
  }
}
