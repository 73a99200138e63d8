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

  private final CommandContext context;

  ActiveRunCommand(CommandContext context) {
    this.context = context;
  }

  CommandContext context() {
    return context;
  }

  @Override
  public Integer call() throws Exception {
    try (DatabaseSession database = DatabaseSession.existing(context)) {
      LockWatch watch = new LockWatch(context, database.database(), LONGEST_LOCK_WAIT);
      return execute(watch.during(() -> ActiveRun.of(database.jdbi())), watch);
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
    context.println(message);
    return ExitCode.DONE;
  }

  /**
   * Checks that processes work on the run.
   *
   * @param otherwise what to do if none does, for the end of the message
   */
  static void requireWorkers(ActiveRun active, LockWatch watch, String otherwise) {
    if (active.isStopped() || watch.during(active::workers).isEmpty()) {
      throw new UsageException(
          "no process works on run %d%s".formatted(active.run().id(), otherwise));
    }
  }
}
