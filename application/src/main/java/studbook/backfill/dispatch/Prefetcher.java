package studbook.backfill.dispatch;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Fetches more work while the last of the present work is distributed, so that no request waits for
 * a commit. Not thread-safe.
 */
public final class Prefetcher {

  private final Callable<Boolean> fetch;
  private @Nullable Future<Boolean> pending;

  /**
   * @param fetch returns whether it fetched any work
   */
  public Prefetcher(Callable<Boolean> fetch) {
    this.fetch = fetch;
  }

  /**
   * Starts a fetch, unless one is active. After one that failed or returned nothing, the next
   * starts once {@link #awaitFetched} has returned.
   */
  public void start(Function<Callable<Boolean>, Future<Boolean>> executor) {
    Future<Boolean> last = pending;
    if (last == null || (last.state() == Future.State.SUCCESS && last.resultNow())) {
      pending = executor.apply(fetch);
    }
  }

  /** Waits for the last fetch; returns whether it fetched any work. */
  public boolean awaitFetched() throws InterruptedException {
    Future<Boolean> last = pending;
    pending = null;
    try {
      return last != null && last.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException error
          ? error
          : new IllegalStateException(e.getCause());
    }
  }
}
