package studbook.backfill.worker;

import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Jdbi;
import studbook.store.database.DatabaseRetry;
import studbook.store.database.LockWaitMonitor;
import studbook.time.Sleeper;

/** Reports what a process waits for, once per cause. Safe for many threads. */
public final class LockWaitNotice implements Consumer<String> {

  private final Consumer<String> target;
  private String last = "";

  public LockWaitNotice(Consumer<String> target) {
    this.target = target;
  }

  @Override
  public synchronized void accept(String waitsFor) {
    if (!waitsFor.equals(last)) {
      last = waitsFor;
      target.accept(waitsFor);
    }
  }

  /**
   * Tries a database call once. If it waits for a lock, the session that holds the lock is named
   * within seconds.
   *
   * @return empty if the database is unavailable
   */
  public <T> Optional<T> attempt(
      Jdbi jdbi, Sleeper sleeper, DatabaseRetry.DatabaseCall<T, RuntimeException> statement) {
    try (LockWaitMonitor lockWaits =
        LockWaitMonitor.start(jdbi, sleeper, holder -> holder.ifPresent(this::database))) {
      return DatabaseRetry.attempt(
          statement, reason -> database(lockWaits.lastHolder().orElse(reason)));
    }
  }

  private void database(String reason) {
    accept("the database: " + reason);
  }
}
