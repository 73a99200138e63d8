package studbook.cli.control;

import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import studbook.cli.settings.Requirement;
import studbook.cli.support.CommandContext;
import studbook.cli.support.DatabaseSession;
import studbook.cli.support.ExitCode;
import studbook.cli.support.LockWatch;
import studbook.cli.support.UsageException;
import studbook.cli.terminal.ConfirmationPrompt;
import studbook.store.run.RunRepository;
import studbook.text.HumanFormat;

/** {@code studbook cancel}. */
@Command(
    name = "cancel",
    description = "Gives the run up for good, in every process. What was written stays.",
    footer = {"", "Example: studbook cancel --yes"})
public final class CancelCommand implements Callable<Integer> {

  private static final Duration LONGEST_LOCK_WAIT = Duration.ofSeconds(5);

  private final CommandContext session;

  @Option(
      names = {"--yes", "--non-interactive"},
      description = "Do not ask.")
  private boolean yes;

  public CancelCommand(CommandContext session) {
    this.session = session;
  }

  @Override
  public Integer call() throws Exception {
    try (DatabaseSession store =
        DatabaseSession.existing(session.settings(Requirement.DATABASE), session)) {
      LockWatch watch = new LockWatch(session, store.database(), LONGEST_LOCK_WAIT);
      ActiveRun unfinished = watch.during(() -> ActiveRun.of(store.database()));
      long run = unfinished.run().id();
      String question = "Give up run %d for good? (yes/no) ".formatted(run);
      ConfirmationPrompt.PromptAnswer answer =
          new ConfirmationPrompt(session)
              .confirm(
                  question,
                  yes,
                  "a cancelled run cannot be resumed, and there is no terminal to ask on: add --yes to cancel run %d"
                      .formatted(run));
      if (answer != ConfirmationPrompt.PromptAnswer.YES) {
        session.out().println("Not cancelled.");
        return answer == ConfirmationPrompt.PromptAnswer.NO ? ExitCode.DONE : ExitCode.STOPPED;
      }
      if (!watch.during(() -> unfinished.control().cancel(run))) {
        throw new UsageException("run %d is over already".formatted(run));
      }
      long left = new RunRepository(store.database().jdbi()).tally(run).pending();
      session
          .out()
          .printf(
              "Run %d is cancelled; %s without an outcome. `studbook backfill` plans a new run.%n",
              run, HumanFormat.count(left, "horse"));
      return ExitCode.DONE;
    }
  }
}
