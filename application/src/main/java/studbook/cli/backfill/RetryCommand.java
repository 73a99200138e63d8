package studbook.cli.backfill;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import studbook.backfill.plan.BackfillPlan;
import studbook.backfill.plan.RacecardScanOptions;
import studbook.cli.support.CommandContext;
import studbook.cli.support.ExitCode;
import studbook.cli.support.RunIdOption;
import studbook.cli.support.UsageException;
import studbook.model.ErrorKind;
import studbook.model.HorseId;
import studbook.model.SafeText;
import studbook.store.run.HorseSelection;
import studbook.store.run.HorseSelection.FailedHorses;
import studbook.store.run.RunKind;
import studbook.store.run.RunRepository;
import studbook.store.run.RunRepository.RunRow;
import studbook.store.statistics.ConsistentSnapshot;
import studbook.text.HumanFormat;

/** {@code studbook retry}. */
@Command(
    name = "retry",
    description = {
      "Request the failed horses of a run again, in a new run.",
      "A retry of a retry requests what still fails."
    },
    footer = {
      "",
      "Examples: studbook retry",
      "          studbook retry --run 7 --kind timeout --non-interactive",
      "          studbook retry --horse hrs_4711,hrs_4712"
    })
public final class RetryCommand implements Callable<Integer> {

  private final CommandContext context;

  @Mixin private ExecutionOptions options = new ExecutionOptions();

  @Mixin private RunIdOption run = new RunIdOption();

  @Option(
      names = "--kind",
      paramLabel = "K",
      description = "Error kind to retry; default: all. One of ${COMPLETION-CANDIDATES}.")
  private @Nullable ErrorKind kind;

  @Option(
      names = "--horse",
      paramLabel = "ID",
      split = ",",
      description =
          "Retry only this horse; several with commas between, or by repeating the option.")
  private List<String> horses = List.of();

  @Option(
      names = "--include-completed",
      description = "Include horses completed without a date of birth: no_dob, basic, not_found.")
  private boolean includeCompleted;

  public RetryCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws Exception {
    RunLauncher launcher = new RunLauncher(context, options);
    return launcher.execute(executor -> retry(launcher, executor));
  }

  private int retry(RunLauncher launcher, RunExecutor executor) throws IOException {
    RunRepository runRepository = new RunRepository(executor.database().jdbi());
    RunRow retried = retried(executor.database().jdbi());
    HorseSelection again =
        HorseSelection.failed(
            retried.config().kind(),
            runRepository.takesIncomplete(retried.id()),
            runRepository.ancestors(retried.id()),
            new FailedHorses(retried.id(), Optional.ofNullable(kind), named()),
            includeCompleted);
    RacecardScanOptions scanOptions =
        again.kind() == RunKind.ANCESTORS ? RacecardScanOptions.NONE : RacecardScanOptions.USUAL;
    BackfillPlan plan =
        launcher.watchingLocks(executor, () -> executor.backfill().preview(again, scanOptions));
    if (plan.counts().toDo() == 0) {
      context.println(
          "Nothing to do: run %d has no failed horses left%s."
              .formatted(retried.id(), restriction()));
      return ExitCode.DONE;
    }
    long others = new HashSet<>(horses).size() - plan.counts().toDo();
    if (!horses.isEmpty() && others > 0) {
      context.println(
          "%s of the named horses %s nothing to retry."
              .formatted(HumanFormat.count(others), others == 1 ? "has" : "have"));
    }
    launcher.show(plan, executor);
    return launcher.start(
        executor, () -> executor.backfill().retry(plan, scanOptions, retried.id()));
  }

  private String restriction() {
    return (kind == null ? "" : " of kind " + kind.text())
        + (horses.isEmpty() ? "" : " among the named horses");
  }

  /** Empty if none is named. */
  private Optional<List<String>> named() {
    for (String horse : horses) {
      if (HorseId.parse(horse).isEmpty()) {
        throw new UsageException(
            "--horse must be a horse id (hrs_ and digits), not " + SafeText.excerpt(horse, 60));
      }
    }
    return horses.isEmpty() ? Optional.empty() : Optional.of(horses);
  }

  private RunRow retried(Jdbi jdbi) {
    RunRepository runRepository = new RunRepository(jdbi);
    refuseBesideAnother(runRepository);
    RunRow named = run.in(runRepository);
    RunRow newest = ConsistentSnapshot.take(jdbi, snapshot -> snapshot.chain(named.id())).getLast();
    if (newest.id() != named.id()) {
      throw new UsageException(
          "run %d was already retried, last in run %d: `studbook retry --run %2$d` retries what still fails"
              .formatted(named.id(), newest.id()));
    }
    return named;
  }

  private static void refuseBesideAnother(RunRepository runRepository) {
    RunRow last =
        runRepository
            .latest()
            .orElseThrow(() ->
                new UsageException("there is no run yet: `studbook backfill` starts the first"));
    if (last.isUnderWay()) {
      throw RunLauncher.alreadyRunning(last, runRepository.counts(last.id()));
    }
    if (last.isUnfinished()) {
      throw new UsageException(
          "run %d is not finished: `studbook backfill --resume` continues it".formatted(last.id()));
    }
  }
}
