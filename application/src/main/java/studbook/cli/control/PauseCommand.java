package studbook.cli.control;

import picocli.CommandLine.Command;
import studbook.cli.support.CommandContext;
import studbook.cli.support.LockWatch;
import studbook.cli.support.UsageException;
import studbook.store.run.ProcessIdentity;

/** {@code studbook pause}. */
@Command(
    name = "pause",
    description = "Pause the active run in all processes until `studbook resume`.",
    footer = {"", "Example: studbook pause"})
public final class PauseCommand extends ActiveRunCommand {

  public PauseCommand(CommandContext context) {
    super(context);
  }

  @Override
  int execute(ActiveRun active, LockWatch watch) {
    requireWorkers(active, watch, "");
    long run = active.run().id();
    if (!watch.during(() -> active.runStates().pauseByPerson(run, userName()))) {
      throw new UsageException("run %d is already paused".formatted(run));
    }
    return done(
        "Run %d: pause requested; all workers stop sending within 1 s. `studbook resume` ends the pause."
            .formatted(run));
  }

  /** Who paused the run, as others read it later: {@code anna on db1}. */
  private static String userName() {
    return System.getProperty("user.name") + " on " + ProcessIdentity.mine().host();
  }
}
