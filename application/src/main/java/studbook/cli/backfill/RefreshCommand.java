package studbook.cli.backfill;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import studbook.backfill.plan.BackfillPlan;
import studbook.backfill.plan.RacecardScanOptions;
import studbook.backfill.plan.RefreshOptions;
import studbook.cli.support.CommandContext;
import studbook.cli.support.ExitCode;
import studbook.cli.support.UsageException;
import studbook.store.run.RunKind;
import studbook.store.run.RunRepository;
import studbook.store.table.RefreshIntervals;
import studbook.text.AgeFormat;

/** {@code studbook refresh}. */
@Command(
    name = "refresh",
    description = {
      "Request horses again whose data was confirmed longest ago.",
      "Writes values that the API has changed, and keeps each change. Suspicious changes wait for"
          + " `studbook review`."
    },
    exitCodeList = {
      "0:Every due horse is confirmed.",
      "1:Done, but some horses failed.",
      "2:Usage or configuration error.",
      "3:Stopped or paused; can be resumed.",
      "4:Internal error."
    },
    footer = {
      "",
      "Examples: studbook refresh --dry-run",
      "          studbook refresh --max 5000 --share 30%% --non-interactive"
    })
public final class RefreshCommand implements Callable<Integer> {

  private static final Pattern PERCENT = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,2})?)\\s?%?");

  private final CommandContext context;

  @Mixin private ExecutionOptions options = new ExecutionOptions();

  @Option(
      names = "--older-than",
      paramLabel = "AGE",
      description =
          "Age of a confirmation, such as 0d, 90d, 6mo or 2y, the same for all horses; default: by"
              + " the group of the horse (STUDBOOK_REFRESH_RACED 6mo, _OTHERS 12mo, _OLD 36mo).")
  private @Nullable String olderThan;

  @Option(
      names = "--max",
      paramLabel = "N",
      description = "Maximum number of horses, the longest unconfirmed first.")
  private @Nullable Long max;

  @Option(
      names = "--share",
      paramLabel = "P",
      description = "Maximum share of the rate limit, such as 30%%; default: 100%%.")
  private @Nullable String share;

  @Option(
      names = "--ids-file",
      paramLabel = "F",
      description = "File of the horse IDs to consider, one per line.")
  private @Nullable Path idsFile;

  @Option(names = "--dry-run", description = "Show the plan and end.")
  private boolean dryRun;

  @Option(names = "--json", description = "Print the plan as JSON; with --dry-run only.")
  private boolean json;

  public RefreshCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws Exception {
    if (max != null && max < 1) {
      throw new UsageException("--max must be 1 or more, not " + max);
    }
    if (json && !dryRun) {
      throw new UsageException(
          "--json needs --dry-run; `studbook report --format json` describes a run");
    }
    Optional<RefreshIntervals> oneInterval = Optional.ofNullable(olderThan).map(this::interval);
    Optional<Double> budgetShare = Optional.ofNullable(share).map(RefreshCommand::share);
    RunLauncher launcher = new RunLauncher(context, options, budgetShare);
    return launcher.execute(run ->
        run(
            launcher,
            run,
            new RefreshOptions(
                oneInterval.orElse(run.settings().refreshIntervals()),
                Optional.ofNullable(max),
                Optional.ofNullable(idsFile)
                    .map(context.environment().workingDirectory()::resolve)
                    .map(IdFile::read),
                budgetShare)));
  }

  private RefreshIntervals interval(String text) {
    return AgeFormat.parse(text)
        .map(RefreshIntervals::same)
        .orElseThrow(() -> new UsageException("--older-than should be " + AgeFormat.DESCRIPTION));
  }

  private static double share(String text) {
    Matcher percent = PERCENT.matcher(text.strip());
    return Optional.of(percent)
        .filter(Matcher::matches)
        .map(matcher -> Double.parseDouble(matcher.group(1)) / 100)
        .filter(part -> part > 0 && part <= 1)
        .orElseThrow(() ->
            new UsageException(
                "--share should be a percentage above 0 and up to 100, such as 30%"));
  }

  private int run(RunLauncher launcher, RunExecutor run, RefreshOptions refresh)
      throws IOException {
    RacecardScanOptions scanOptions = refresh.scanOptions(context.environment().clock());
    Optional<RunRepository.RunRow> unfinished =
        dryRun
            ? Optional.empty()
            : replaceable(launcher, run, EnumSet.complementOf(EnumSet.of(RunKind.BACKFILL)));
    BackfillPlan plan =
        launcher.watchingLocks(run, () -> run.backfill().preview(refresh.selection(), scanOptions));
    if (json) {
      Optional<Duration> duration = run.backfill().duration(plan, refresh.budgetShare());
      context.printJson(
          RefreshPlanJson.of(
              plan, run.settings(), refresh, duration, context.environment().clock().instant()));
      return ExitCode.DONE;
    }
    if (plan.counts().toDo() == 0) {
      return launcher.showNothing(
          plan, run, "Nothing to do: every horse was confirmed within its interval.");
    }
    if (dryRun) {
      return launcher.showNothing(plan, run, "Nothing was requested: --dry-run.");
    }
    launcher.show(plan, run);
    Supplier<RunRepository.StartResult> start =
        () -> run.backfill().refresh(plan, scanOptions, refresh.budgetShare());
    return unfinished.isPresent()
        ? launcher.replace(unfinished.get(), run, start)
        : launcher.start(run, start);
  }

  /**
   * The unfinished run, whose rest is planned again if it is of these kinds; another one goes
   * first.
   */
  static Optional<RunRepository.RunRow> replaceable(
      RunLauncher launcher, RunExecutor run, Set<RunKind> kinds) {
    RunRepository runRepository = new RunRepository(run.database().jdbi());
    Optional<RunRepository.RunRow> unfinished =
        launcher.watchingLocks(run, runRepository::unfinished);
    if (unfinished.filter(RunRepository.RunRow::isUnderWay).isPresent()) {
      throw RunLauncher.alreadyRunning(
          unfinished.get(), runRepository.counts(unfinished.get().id()));
    }
    unfinished
        .filter(other -> !kinds.contains(other.config().kind()))
        .ifPresent(other -> {
          throw new UsageException(
              "run %d is an unfinished %s: `studbook backfill --resume` continues it, `studbook cancel` ends it"
                  .formatted(other.id(), other.config().kind().text()));
        });
    return unfinished;
  }
}
