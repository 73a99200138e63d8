package studbook.cli;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import studbook.store.Database;
import studbook.store.DatabaseError;
import studbook.store.LockHolders;

/**
 * Watches what a command asks the database for: says which session holds a lock that it waits for,
 * and ends a wait that lasts too long. For one call at a time.
 */
final class LockWatch {

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

  /** A statement was cancelled; a lock was not available in time. */
  private static final Set<String> GAVE_UP = Set.of("57014", "55P03");

  private final Session session;
  private final Database database;
  private final Duration longest;
  private final LockHolders holders;
  private volatile Optional<String> waitsFor = Optional.empty();

  /**
   * @param longest how long to wait for others' locks
   */
  LockWatch(Session session, Database database, Duration longest) {
    this.session = session;
    this.database = database;
    this.longest = longest;
    this.holders = new LockHolders(database.jdbi());
  }

  /**
   * Runs {@code work} and watches it.
   *
   * @throws UserMistake where a lock was waited for too long; it names the session that holds it
   */
  <T> T during(Supplier<T> work) {
    // It may print to a terminal that is not read, so nothing waits for it.
    Thread watching = Thread.ofPlatform().name("lock watch").daemon().start(this::watch);
    try {
      return work.get();
    } catch (RuntimeException e) {
      boolean gaveUp =
          DatabaseError.in(e).filter(error -> GAVE_UP.contains(error.state())).isPresent();
      if (gaveUp && waitsFor.isPresent() && !session.stopSignal().isStopping()) {
        throw new UserMistake(
            "gave up after %d s: %s. Nothing was changed. End that session or wait for it, then try again"
                .formatted(longest.toSeconds(), waitsFor.get()));
      }
      throw e;
    } finally {
      watching.interrupt();
    }
  }

  private void watch() {
    Surroundings surroundings = session.surroundings();
    long since = 0;
    try {
      while (true) {
        surroundings.sleeper().sleep(BETWEEN_LOOKS);
        Optional<String> before = waitsFor;
        waitsFor = holders.find();
        if (waitsFor.isEmpty()) {
          continue;
        }
        long now = surroundings.ticker().nanos();
        if (before.isEmpty()) {
          since = now;
        }
        if (!before.equals(waitsFor)) {
          session.say("Waiting: %s.".formatted(waitsFor.get()));
        }
        if (now - since >= longest.toNanos()) {
          database.cancelStatements();
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
