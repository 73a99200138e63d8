package studbook.cli.control;

import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import studbook.cli.settings.Requirement;
import studbook.cli.support.CommandContext;
import studbook.cli.support.DatabaseSession;
import studbook.cli.support.ExitCode;
import studbook.cli.support.LockWatch;
import studbook.cli.support.UsageException;
import studbook.store.run.ProcessIdentity;

/** {@code studbook pause}. */
@Command(
    name = "pause",
    description = "Pauses the run in every process that works on it, until `studbook resume`.",
    footer = {"", "Example: studbook pause"})
public final class PauseCommand implements Callable<Integer> {

  private static final Duration LONGEST_LOCK_WAIT = Duration.ofSeconds(5);

  private final CommandContext session;

  public PauseCommand(CommandContext session) {
    this.session = session;
  }

  @Override
  public Integer call() throws Exception {
    try (DatabaseSession store =
        DatabaseSession.existing(session.settings(Requirement.DATABASE), session)) {
      long run =
          new LockWatch(session, store.database(), LONGEST_LOCK_WAIT).during(() -> pause(store));
      session
          .out()
          .printf(
              "Run %d is paused within a second, in every process; `studbook resume` continues it.%n",
              run);
      return ExitCode.DONE;
    }
  }

  /** Returns the run that was paused. */
  private static long pause(DatabaseSession store) {
    ActiveRun unfinished = ActiveRun.of(store.database());
    long run = unfinished.run().id();
    if (unfinished.isStopped() || !unfinished.isInHand()) {
      throw new UsageException("no process works on run %d".formatted(run));
    }
    if (!unfinished.control().pauseByPerson(run, who())) {
      throw new UsageException("run %d is paused already".formatted(run));
    }
    return run;
  }

  /** For people who read later who paused the run: {@code anna on db1}. */
  private static String who() {
    return System.getProperty("user.name") + " on " + ProcessIdentity.mine().host();
  }
}
