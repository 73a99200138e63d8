package studbook.backfill.dispatch;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * More work, fetched while the last of the present is still being given out, so that no request
 * waits for a commit. For one thread.
 */
public final class Prefetcher {

  private final Callable<Boolean> fetch;
  private @Nullable Future<Boolean> asked;

  /**
   * @param fetch whether some came
   */
  public Prefetcher(Callable<Boolean> fetch) {
    this.fetch = fetch;
  }

  /**
   * Asks for more, unless that is under way. Where nothing or a failure came of it the last time,
   * nobody asks again before {@link #came} has told.
   */
  public void ask(ExecutorService executor) {
    Future<Boolean> last = asked;
    if (last == null || (last.state() == Future.State.SUCCESS && last.resultNow())) {
      asked = executor.submit(fetch);
    }
  }

  /** Waits for what was asked for last, and tells whether it came. */
  public boolean came() throws InterruptedException {
    Future<Boolean> last = asked;
    asked = null;
    try {
      return last != null && last.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException trouble
          ? trouble
          : new IllegalStateException(e.getCause());
    }
  }
}
