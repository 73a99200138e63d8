package studbook.cli.backfill;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import studbook.backfill.plan.BackfillPlan;
import studbook.backfill.plan.RacecardScanOptions;
import studbook.cli.settings.Settings;
import studbook.cli.support.CommandContext;
import studbook.cli.support.UsageException;
import studbook.store.run.HorseSelection;
import studbook.store.run.RunRepository;

/** {@code studbook backfill}. */
@Command(
    name = "backfill",
    description =
        "Fills date of birth, sex, colour, region and pedigree of every horse that lacks them.",
    footer = {
      "",
      "Examples: studbook backfill --test",
      "          studbook backfill --incomplete",
      "          studbook backfill --resume --non-interactive",
      "",
      "Exit codes: 0 every horse is settled, 1 some failed, 2 a mistake of yours,",
      "3 stopped and resumable."
    })
public final class BackfillCommand implements Callable<Integer> {

  private final CommandContext session;

  @Mixin private SelectionOptions selection = new SelectionOptions();

  @Mixin private ExecutionOptions options = new ExecutionOptions();

  @Option(
      names = "--resume",
      description =
          "Continue a run that was stopped or died; start one where there is none."
              + " `studbook resume` lifts a pause.")
  private boolean resume;

  @Mixin private RacecardOptions racecardOptions = new RacecardOptions();

  public BackfillCommand(CommandContext session) {
    this.session = session;
  }

  @Override
  public Integer call() throws Exception {
    Optional<String> chosen = selection.given().or(racecardOptions::given);
    if (resume && chosen.isPresent()) {
      throw new UsageException(
          chosen.get()
              + " does not go with --resume: a run goes on with the horses it was planned with");
    }
    HorseSelection wanted = selection.selection(session.surroundings().workingDirectory());
    RacecardScanOptions racecards = racecardOptions.racecards(session.surroundings().clock());
    RunLauncher launch = new RunLauncher(session, options);
    return launch.follow((run, settings) -> run(launch, run, settings, wanted, racecards));
  }

  private int run(
      RunLauncher launch,
      RunExecutor run,
      Settings settings,
      HorseSelection wanted,
      RacecardScanOptions racecards)
      throws IOException {
    if (resume && !launch.isInBackground()) {
      Optional<RunRepository.StartResult> resumed =
          launch.watchingLocks(run, () -> run.backfill().resume(racecards));
      if (resumed.isPresent()) {
        return launch.begun(run, resumed.get());
      }
    }
    RunRepository runs = new RunRepository(run.store().database().jdbi());
    Optional<RunRepository.RunRow> unfinished = launch.watchingLocks(run, runs::unfinished);
    if (unfinished.filter(RunRepository.RunRow::isUnderWay).isPresent()) {
      throw RunLauncher.taken(unfinished.get(), runs.tally(unfinished.get().id()));
    }
    if (launch.isInBackground() && resume && unfinished.isPresent()) {
      launch.print(RunLauncher.continuing(run, unfinished.get()));
      return launch.inBackground(run);
    }
    BackfillPlan prospect =
        launch.watchingLocks(run, () -> run.backfill().prospect(wanted, racecards));
    if (prospect.outlook().toDo() == 0) {
      return launch.showNothing(
          prospect,
          settings,
          prospect.outlook().census().horses() == 0
              ? "Nothing to do: ra_horses has no rows; `studbook import` or `studbook discover`"
                  + " brings horses."
              : prospect.outlook().waiting().horses() > 0
                  ? "Nothing to do now: the other horses are enriched or settled."
                  : wanted.incomplete()
                      ? "Nothing to do: no horse lacks a field that the API was not asked for in"
                          + " the last 90 days."
                      : "Nothing to do: every horse is enriched or settled.");
    }
    launch.show(prospect, settings);
    Supplier<RunRepository.StartResult> plan = () -> run.backfill().plan(prospect, racecards);
    return unfinished.isPresent()
        ? launch.replace(unfinished.get(), run, plan)
        : launch.start(run, plan);
  }
}
