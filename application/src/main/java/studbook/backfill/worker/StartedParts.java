package studbook.backfill.worker;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The started parts of a worker. Closing stops them in reverse order; a failure of one does not
 * prevent the others from being stopped. Not thread-safe.
 */
final class StartedParts implements AutoCloseable {

  private final Deque<Runnable> stops = new ArrayDeque<>();

  /** Adds a started part with the action that stops it. */
  void add(Runnable stop) {
    stops.push(stop);
  }

  /** Throws the first failure with the others suppressed. */
  @Override
  public void close() {
    @Nullable RuntimeException failure = null;
    while (!stops.isEmpty()) {
      try {
        stops.pop().run();
      } catch (RuntimeException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
