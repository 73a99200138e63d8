package studbook.cli.control;

import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import studbook.cli.settings.Need;
import studbook.cli.support.ExitCode;
import studbook.cli.support.LockWatch;
import studbook.cli.support.Session;
import studbook.cli.support.Store;
import studbook.cli.support.UserMistake;
import studbook.cli.terminal.Question;
import studbook.store.run.Runs;
import studbook.text.Words;

/** {@code studbook cancel}. */
@Command(
    name = "cancel",
    description = "Gives the run up for good, in every process. What was written stays.",
    footer = {"", "Example: studbook cancel --yes"})
public final class CancelCommand implements Callable<Integer> {

  private static final Duration LONGEST_LOCK_WAIT = Duration.ofSeconds(5);

  private final Session session;

  @Option(
      names = {"--yes", "--non-interactive"},
      description = "Do not ask.")
  private boolean yes;

  public CancelCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws Exception {
    try (Store store = Store.existing(session.settings(Need.DATABASE), session)) {
      LockWatch watch = new LockWatch(session, store.database(), LONGEST_LOCK_WAIT);
      UnfinishedRun unfinished = watch.during(() -> UnfinishedRun.of(store.database()));
      long run = unfinished.run().id();
      String question = "Give up run %d for good? (yes/no) ".formatted(run);
      Question.Answer answer =
          new Question(session)
              .confirm(
                  question,
                  yes,
                  "a cancelled run cannot be resumed, and there is no terminal to ask on: add --yes to cancel run %d"
                      .formatted(run));
      if (answer != Question.Answer.YES) {
        session.out().println("Not cancelled.");
        return answer == Question.Answer.NO ? ExitCode.DONE : ExitCode.STOPPED;
      }
      if (!watch.during(() -> unfinished.control().cancel(run))) {
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
