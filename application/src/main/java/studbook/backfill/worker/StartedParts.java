package studbook.backfill.worker;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a worker that were started. Closing stops them in reverse order; the failure of one
 * does not keep the others from being stopped. For one thread.
 */
final class StartedParts implements AutoCloseable {

  private final Deque<Runnable> stops = new ArrayDeque<>();

  /** A part was started, which {@code stop} stops. */
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
