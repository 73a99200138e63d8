package studbook.cli.control;

import java.time.Duration;
import java.util.concurrent.Callable;
import studbook.cli.support.CommandContext;
import studbook.cli.support.DatabaseSession;
import studbook.cli.support.ExitCode;
import studbook.cli.support.LockWatch;
import studbook.cli.support.UsageException;

/** A command that changes the active run. */
abstract class ActiveRunCommand implements Callable<Integer> {

  private static final Duration LONGEST_LOCK_WAIT = Duration.ofSeconds(5);

  private final CommandContext session;

  ActiveRunCommand(CommandContext session) {
    this.session = session;
  }

  CommandContext session() {
    return session;
  }

  @Override
  public Integer call() throws Exception {
    try (DatabaseSession store = DatabaseSession.existing(session)) {
      LockWatch watch = new LockWatch(session, store.database(), LONGEST_LOCK_WAIT);
      return execute(watch.during(() -> ActiveRun.of(store.database())), watch);
    }
  }

  /**
   * Changes the run.
   *
   * @param watch watches the calls that change it
   * @return the exit code
   */
  abstract int execute(ActiveRun active, LockWatch watch) throws Exception;

  /** Prints the result of a change. */
  int done(String message) {
    session.out().println(message);
    return ExitCode.DONE;
  }

  /**
   * Checks that processes work on the run.
   *
   * @param otherwise what to do if none does, for the end of the message
   */
  static void requireWorkers(ActiveRun active, LockWatch watch, String otherwise) {
    if (active.isStopped() || !watch.during(active::isInHand)) {
      throw new UsageException(
          "no process works on run %d%s".formatted(active.run().id(), otherwise));
    }
  }
}
