package studbook.cli.control;

import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import studbook.cli.support.CommandContext;
import studbook.cli.support.ExitCode;
import studbook.cli.support.LockWatch;
import studbook.cli.support.UsageException;
import studbook.cli.terminal.ConfirmationPrompt;
import studbook.cli.terminal.ConfirmationPrompt.PromptAnswer;
import studbook.text.HumanFormat;

/** {@code studbook cancel}. */
@Command(
    name = "cancel",
    description = {
      "Cancel the active run in all processes.",
      "It cannot be resumed.",
      "Written data stays."
    },
    footer = {"", "Example: studbook cancel --yes"})
public final class CancelCommand extends ActiveRunCommand {

  @Option(
      names = {"-y", "--yes", "--non-interactive"},
      description = "Cancel without asking.")
  private boolean yes;

  public CancelCommand(CommandContext context) {
    super(context);
  }

  @Override
  int execute(ActiveRun active, LockWatch watch) throws IOException {
    long run = active.run().id();
    PromptAnswer answer =
        new ConfirmationPrompt(context())
            .confirm(
                "Cancel run %d? It cannot be resumed. (yes/no) ".formatted(run),
                yes,
                "a cancelled run cannot be resumed, and there is no terminal to ask on: add --yes to cancel run %d"
                    .formatted(run));
    if (answer != PromptAnswer.YES) {
      done("Not cancelled.");
      return answer == PromptAnswer.NO ? ExitCode.DONE : ExitCode.STOPPED;
    }
    if (!watch.during(() -> active.runStates().cancel(run))) {
      throw new UsageException("run %d has already ended".formatted(run));
    }
    return done(
        "Run %d is cancelled with %s pending. `studbook backfill` plans a new run."
            .formatted(
                run, HumanFormat.count(active.runRepository().counts(run).pending(), "horse")));
  }
}
