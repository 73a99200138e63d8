package studbook.cli.backfill;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import studbook.backfill.plan.Prospect;
import studbook.backfill.plan.Racecards;
import studbook.cli.settings.Settings;
import studbook.cli.support.ExitCode;
import studbook.cli.support.Kinds;
import studbook.cli.support.RunOption;
import studbook.cli.support.Session;
import studbook.cli.support.UserMistake;
import studbook.model.ErrorKind;
import studbook.store.run.Runs;
import studbook.store.run.Selection;
import studbook.store.statistics.Audit;

/** {@code studbook retry}. */
@Command(
    name = "retry",
    description =
        "Asks again for the horses that failed in the last run, or in the one that is named, in a"
            + " run of its own.",
    footer = {
      "",
      "Examples: studbook retry",
      "          studbook retry --run 7 --kind timeout --non-interactive",
      "",
      "A retry of a retry takes what is still failed. Exit codes are those of backfill."
    })
public final class RetryCommand implements Callable<Integer> {

  private final Session session;

  @Mixin private RunOptions options = new RunOptions();

  @Mixin private RunOption run = new RunOption();

  @Option(
      names = "--kind",
      paramLabel = "K",
      converter = Kinds.class,
      completionCandidates = Kinds.class,
      description = "Only horses that failed so: ${COMPLETION-CANDIDATES}.")
  private @Nullable ErrorKind kind;

  @Option(
      names = "--include-settled",
      description =
          "Also those that were settled without a date of birth: no_dob, basic, not_found.")
  private boolean includeSettled;

  public RetryCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws Exception {
    Launch launch = new Launch(session, options);
    return launch.follow((begun, settings) -> retry(launch, begun, settings));
  }

  private int retry(Launch launch, BackfillRun begun, Settings settings) throws IOException {
    Runs runs = new Runs(begun.store().database().jdbi());
    Runs.Run retried = retried(begun.store().database().jdbi());
    Selection again =
        Selection.failed(
            runs.takesIncomplete(retried.id()),
            new Selection.Failed(retried.id(), Optional.ofNullable(kind)),
            includeSettled);
    Prospect prospect =
        launch.watchingLocks(begun, () -> begun.backfill().prospect(again, Racecards.USUAL));
    if (prospect.outlook().toDo() == 0) {
      session
          .out()
          .println(
              "Nothing to do: no horse of run %d is left that failed%s."
                  .formatted(retried.id(), kind == null ? "" : " by " + kind.text()));
      return ExitCode.DONE;
    }
    launch.show(prospect, settings);
    return launch.start(
        begun, () -> begun.backfill().retry(prospect, Racecards.USUAL, retried.id()));
  }

  private Runs.Run retried(Jdbi jdbi) {
    Runs runs = new Runs(jdbi);
    refuseBesideAnother(runs);
    Runs.Run named = run.in(runs);
    Runs.Run newest = Audit.take(jdbi, audit -> audit.chain(named.id())).getLast();
    if (newest.id() != named.id()) {
      throw new UserMistake(
          "run %d was retried already, last in run %d: `studbook retry --run %2$d` asks for what is still left"
              .formatted(named.id(), newest.id()));
    }
    return named;
  }

  private static void refuseBesideAnother(Runs runs) {
    Runs.Run last =
        runs.latest()
            .orElseThrow(
                () -> new UserMistake("there is no run yet: `studbook backfill` makes the first"));
    if (last.isUnderWay()) {
      throw Launch.taken(last, runs.tally(last.id()));
    }
    if (last.isUnfinished()) {
      throw new UserMistake(
          "run %d is not finished: `studbook backfill --resume` goes on with it"
              .formatted(last.id()));
    }
  }
}
