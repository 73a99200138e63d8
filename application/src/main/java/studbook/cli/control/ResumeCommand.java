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

/** {@code studbook resume}. */
@Command(
    name = "resume",
    description =
        "Lifts a pause of the run, whatever its reason, in every process. A run that was stopped, or"
            + " whose process died, is continued by backfill --resume.",
    footer = {"", "Example: studbook resume"})
public final class ResumeCommand implements Callable<Integer> {

  private static final Duration LONGEST_LOCK_WAIT = Duration.ofSeconds(5);

  private final CommandContext session;

  public ResumeCommand(CommandContext session) {
    this.session = session;
  }

  @Override
  public Integer call() throws Exception {
    try (DatabaseSession store =
        DatabaseSession.existing(session.settings(Requirement.DATABASE), session)) {
      long run =
          new LockWatch(session, store.database(), LONGEST_LOCK_WAIT).during(() -> resume(store));
      session.out().printf("Run %d goes on within a second, in every process.%n", run);
      return ExitCode.DONE;
    }
  }

  /** Returns the run whose pause was lifted. */
  private static long resume(DatabaseSession store) {
    ActiveRun unfinished = ActiveRun.of(store.database());
    long run = unfinished.run().id();
    if (unfinished.isStopped() || !unfinished.isInHand()) {
      throw new UsageException(
          "no process works on run %d: `studbook backfill --resume` continues it".formatted(run));
    }
    if (!unfinished.control().goOn(run, null, "lifted by a person")) {
      throw new UsageException(
          "run %d is not paused, it is running; `studbook backfill --resume` is for a run that was stopped"
              .formatted(run));
    }
    return run;
  }
}
