package studbook.store.database;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Jdbi;
import studbook.time.Sleeper;

/**
 * Checks every two seconds, on its own thread, which session holds a lock that Studbook waits for
 * ({@link LockHolders}). Closing ends it without waiting.
 */
public final class LockWaitMonitor implements AutoCloseable {

  private static final Duration INTERVAL = Duration.ofSeconds(2);

  private final LockHolders holders;
  private final Sleeper sleeper;
  private final Consumer<Optional<String>> listener;
  private final Thread thread;
  private volatile Optional<String> lastHolder = Optional.empty();

  private LockWaitMonitor(Jdbi jdbi, Sleeper sleeper, Consumer<Optional<String>> listener) {
    this.holders = new LockHolders(jdbi);
    this.sleeper = sleeper;
    this.listener = listener;
    this.thread = Thread.ofPlatform().name("lock wait monitor").daemon().unstarted(this::watch);
  }

  /**
   * Starts it.
   *
   * @param listener called with each result of {@link LockHolders#find}; may block
   */
  public static LockWaitMonitor start(
      Jdbi jdbi, Sleeper sleeper, Consumer<Optional<String>> listener) {
    LockWaitMonitor monitor = new LockWaitMonitor(jdbi, sleeper, listener);
    monitor.thread.start();
    return monitor;
  }

  /** The last holder, if any; it may have released its lock since. */
  public Optional<String> lastHolder() {
    return lastHolder;
  }

  private void watch() {
    try {
      while (true) {
        sleeper.sleep(INTERVAL);
        Optional<String> found = holders.find();
        if (found.isPresent()) {
          lastHolder = found;
        }
        listener.accept(found);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
