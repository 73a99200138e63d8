package studbook.cli.control;

import picocli.CommandLine.Command;
import studbook.cli.support.CommandContext;
import studbook.cli.support.LockWatch;
import studbook.cli.support.UsageException;

/** {@code studbook resume}. */
@Command(
    name = "resume",
    description = {
      "End the pause of a run in all processes, for any reason.",
      "For a run that was stopped or whose process died use backfill --resume."
    },
    footer = {"", "Example: studbook resume"})
public final class ResumeCommand extends ActiveRunCommand {

  public ResumeCommand(CommandContext context) {
    super(context);
  }

  @Override
  int execute(ActiveRun active, LockWatch watch) {
    requireWorkers(active, watch, ": `studbook backfill --resume` continues it");
    long run = active.run().id();
    if (!watch.during(() -> active.runStates().resume(run, null, "resumed by a user"))) {
      throw new UsageException(
          "run %d is not paused, it is running; `studbook backfill --resume` is for a run that was stopped"
              .formatted(run));
    }
    return done("Run %d: resumed; all workers continue within 1 s.".formatted(run));
  }
}
