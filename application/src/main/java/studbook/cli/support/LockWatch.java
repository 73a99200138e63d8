package studbook.cli.support;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import studbook.store.database.Database;
import studbook.store.database.DatabaseRetry.DatabaseCall;
import studbook.store.database.LockWaitMonitor;
import studbook.store.error.DatabaseError;

/**
 * Watches a command's database calls: reports which session holds a lock that they wait for, and
 * ends a wait that is too long. For one call at a time.
 */
public final class LockWatch {

  /** A statement was cancelled; a lock was not available in time. */
  private static final Set<String> GAVE_UP = Set.of("57014", "55P03");

  private final CommandContext context;
  private final Database database;
  private final Optional<Duration> longest;
  private Optional<String> waitsFor = Optional.empty();
  private long since;

  /** Of a command that waits as long as it takes. */
  public LockWatch(CommandContext context, Database database) {
    this(context, database, Optional.empty());
  }

  /**
   * For a command that gives up without changes.
   *
   * @param longest maximum wait for others' locks
   */
  public LockWatch(CommandContext context, Database database, Duration longest) {
    this(context, database, Optional.of(longest));
  }

  private LockWatch(CommandContext context, Database database, Optional<Duration> longest) {
    this.context = context;
    this.database = database;
    this.longest = longest;
  }

  /**
   * Runs {@code work} and watches it.
   *
   * @throws UsageException if it waited too long for a lock; it names the session that holds it
   */
  public <T, X extends Exception> T during(DatabaseCall<T, X> work) throws X {
    // It may print to a terminal that is not read, so nothing waits for it.
    try (LockWaitMonitor monitor =
        LockWaitMonitor.start(database.jdbi(), context.environment().sleeper(), this::found)) {
      try {
        return work.run();
      } catch (RuntimeException e) {
        if (longest.isPresent() && hasGivenUp(e) && monitor.lastHolder().isPresent()) {
          throw new UsageException(
              "stopped waiting after %d s: %s. Nothing was changed. End that session or wait for it, then try again"
                  .formatted(longest.get().toSeconds(), monitor.lastHolder().get()));
        }
        throw e;
      }
    }
  }

  private boolean hasGivenUp(RuntimeException e) {
    return !context.stopSignal().isStopping()
        && DatabaseError.in(e).filter(error -> GAVE_UP.contains(error.state())).isPresent();
  }

  /** On the monitor's thread. */
  private void found(Optional<String> holder) {
    long now = context.environment().ticker().nanos();
    if (waitsFor.isEmpty()) {
      since = now;
    }
    if (holder.isPresent() && !holder.equals(waitsFor)) {
      context.printError("Waiting: %s.".formatted(holder.get()));
    }
    waitsFor = holder;
    if (holder.isPresent() && longest.filter(span -> now - since >= span.toNanos()).isPresent()) {
      database.cancelStatements();
    }
  }
}
