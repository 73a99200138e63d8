package studbook.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import studbook.cli.settings.Need;
import studbook.store.Runs;
import studbook.text.Words;

/** {@code studbook cancel}. */
@Command(
    name = "cancel",
    description = "Gives the run up for good, in every process. What was written stays.",
    footer = {"", "Example: studbook cancel --non-interactive"})
final class CancelCommand implements Callable<Integer> {

  private final Session session;

  @Option(names = "--non-interactive", description = "Do not ask.")
  private boolean nonInteractive;

  CancelCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws Exception {
    try (Store store = Store.open(session.settings(Need.DATABASE), session)) {
      UnfinishedRun unfinished = UnfinishedRun.of(store.database());
      long run = unfinished.run().id();
      String question = "Give up run %d for good? (yes/no) ".formatted(run);
      if (!new Question(session).agreed(question, nonInteractive)) {
        session.out().println("Not cancelled.");
        return ExitCode.DONE;
      }
      if (!unfinished.control().cancel(run)) {
        throw new UserMistake("run %d is over already".formatted(run));
      }
      long left = new Runs(store.database().jdbi()).tally(run).pending();
      session
          .out()
          .printf(
              "Run %d is cancelled; %s without an outcome. `studbook backfill` plans a new run.%n",
              run, Words.count(left, "horse"));
      return ExitCode.DONE;
    }
  }
}
