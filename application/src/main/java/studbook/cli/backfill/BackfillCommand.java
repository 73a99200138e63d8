package studbook.cli.backfill;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import studbook.backfill.plan.BackfillPlan;
import studbook.backfill.plan.RacecardScanOptions;
import studbook.cli.service.DashboardListener;
import studbook.cli.settings.Requirement;
import studbook.cli.settings.Settings;
import studbook.cli.support.CommandContext;
import studbook.cli.support.CommandEnvironment;
import studbook.cli.support.CommandProgram;
import studbook.cli.support.UsageException;
import studbook.racingapi.network.RequestObserver;
import studbook.store.run.HorseSelection;
import studbook.store.run.RunRepository;
import studbook.store.run.RunRepository.RunRow;
import studbook.store.run.RunRepository.StartResult;

/** {@code studbook backfill}. */
@Command(
    name = "backfill",
    description = {
      "Fill date of birth, sex, colour, region and pedigree of horses.",
      "Processes every horse without a date of birth, unless options select others."
    },
    footer = {
      "",
      "Examples: studbook backfill --test",
      "          studbook backfill --incomplete",
      "          studbook backfill --resume --non-interactive"
    })
public final class BackfillCommand implements Callable<Integer> {

  /** Options that a run keeps from its plan. */
  private static final List<String> PLANNED =
      List.of(
          "--test",
          "--max",
          "--skip",
          "--ids-file",
          "--incomplete",
          "--include-completed",
          "--racecards-since",
          "--racecards-until");

  private final CommandContext context;
  private final Function<CommandEnvironment, CommandProgram> programs;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private SelectionOptions selection = new SelectionOptions();

  @Mixin private ExecutionOptions options = new ExecutionOptions();

  @Option(
      names = "--resume",
      description =
          "Continue a run that was stopped or whose process died; start one if there is none. To"
              + " end a pause use `studbook resume`.")
  private boolean resume;

  @Mixin private RacecardOptions racecardOptions = new RacecardOptions();

  @Option(
      names = "--no-cache",
      description = "Keep no profiles of runners that ra_horses lacks for a later import.")
  private boolean noCache;

  @Option(
      names = "--dashboard",
      description =
          "Serve the dashboard while the backfill runs, at 127.0.0.1:8087 or STUDBOOK_LISTEN.")
  private boolean dashboard;

  /**
   * @param programs creates the command lines of the dashboard's operators
   */
  public BackfillCommand(
      CommandContext context, Function<CommandEnvironment, CommandProgram> programs) {
    this.context = context;
    this.programs = programs;
  }

  @Override
  public Integer call() throws Exception {
    Optional<String> chosen =
        PLANNED.stream().filter(spec.commandLine().getParseResult()::hasMatchedOption).findFirst();
    if (resume && chosen.isPresent()) {
      throw new UsageException(
          chosen.get()
              + " cannot be combined with --resume: a run keeps the horses it was planned with");
    }
    HorseSelection wanted = selection.selection(context.environment().workingDirectory());
    RacecardScanOptions scanOptions =
        racecardOptions.racecards(context.environment().clock(), !noCache);
    RunLauncher launcher = new RunLauncher(context, options);
    return launcher.execute(run -> {
      try (DashboardListener _ = dashboard(launcher)) {
        return run(launcher, run, wanted, scanOptions);
      }
    });
  }

  /** In the background the process that is started there serves it. */
  private DashboardListener dashboard(RunLauncher launcher) {
    if (!dashboard || launcher.isInBackground()) {
      return DashboardListener.NONE;
    }
    Settings settings = context.settings(Requirement.API, Requirement.DATABASE);
    DashboardListener listener =
        DashboardListener.start(
            settings, settings::jobs, context, programs, Optional.empty(), RequestObserver.NONE);
    listener.url().ifPresent(url -> launcher.print("Dashboard: " + url));
    return listener;
  }

  private int run(
      RunLauncher launcher,
      RunExecutor run,
      HorseSelection selection,
      RacecardScanOptions scanOptions)
      throws IOException {
    if (resume && !launcher.isInBackground()) {
      Optional<StartResult> resumed =
          launcher.watchingLocks(run, () -> run.backfill().resume(scanOptions));
      if (resumed.isPresent()) {
        return launcher.startRun(run, resumed.get());
      }
    }
    RunRepository runRepository = new RunRepository(run.database().jdbi());
    Optional<RunRow> unfinished = launcher.watchingLocks(run, runRepository::unfinished);
    if (unfinished.filter(RunRow::isUnderWay).isPresent()) {
      throw RunLauncher.alreadyRunning(
          unfinished.get(), runRepository.counts(unfinished.get().id()));
    }
    if (launcher.isInBackground() && resume && unfinished.isPresent()) {
      launcher.print(RunLauncher.continuing(run, unfinished.get()));
      return launcher.inBackground(run);
    }
    BackfillPlan preview =
        launcher.watchingLocks(run, () -> run.backfill().preview(selection, scanOptions));
    if (preview.counts().toDo() == 0) {
      return launcher.showNothing(preview, run, nothingToDo(preview));
    }
    launcher.show(preview, run);
    Supplier<StartResult> plan = () -> run.backfill().plan(preview, scanOptions);
    return unfinished.isPresent()
        ? launcher.replace(unfinished.get(), run, plan)
        : launcher.start(run, plan);
  }

  private static String nothingToDo(BackfillPlan plan) {
    if (plan.counts().counts().horses() == 0) {
      return "Nothing to do: ra_horses has no rows; `studbook import` or `studbook discover` adds"
          + " horses.";
    }
    if (plan.counts().delays().horses() > 0) {
      return "Nothing to do now: the other horses are enriched or completed.";
    }
    return plan.selection().incomplete()
        ? "Nothing to do: every incomplete horse was requested in the last 90 days."
        : "Nothing to do: every horse is enriched or completed.";
  }
}
