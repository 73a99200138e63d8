package studbook.cli.backfill;

import static studbook.text.HumanFormat.count;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import studbook.backfill.plan.AncestorForecast;
import studbook.backfill.plan.AncestorForecast.GenerationForecast;
import studbook.backfill.plan.BackfillPlan;
import studbook.backfill.plan.RacecardScanOptions;
import studbook.cli.support.CommandContext;
import studbook.cli.support.ExitCode;
import studbook.cli.support.UsageException;
import studbook.model.RunState;
import studbook.store.pedigree.MissingAncestors;
import studbook.store.run.AncestorSelection;
import studbook.store.run.HorseSelection;
import studbook.store.run.RunKind;
import studbook.store.run.RunRepository;
import studbook.store.run.RunRepository.RunRow;

/** {@code studbook ancestors}. */
@Command(
    name = "ancestors",
    description = {
      "Request sires and dams that the database lacks, generation by generation.",
      "Each generation is a run. Its horses are stored in studbook.ancestor, where pedigrees and the"
          + " SQL functions of the schema studbook find them; ra_horses stays as it is. An unfinished"
          + " run of this command is planned again: what it stored is not requested again."
    },
    exitCodeList = {
      "0:Every generation is requested.",
      "1:Done, but some horses failed.",
      "2:Usage or configuration error.",
      "3:Stopped or paused; can be resumed.",
      "4:Internal error."
    },
    footer = {
      "",
      "Examples: studbook ancestors --dry-run",
      "          studbook ancestors --generations 3 --max-requests 20000"
    })
public final class AncestorsCommand implements Callable<Integer> {

  private static final int MOST_GENERATIONS = 60;

  private final CommandContext context;

  @Mixin private ExecutionOptions options = new ExecutionOptions();

  @Option(
      names = "--generations",
      paramLabel = "N",
      description = "Generations to request, counted from the horses of ra_horses (5).")
  private int generations = 5;

  @Option(
      names = "--max-requests",
      paramLabel = "M",
      description =
          "Maximum number of requests, the nearest generation first; repeated ones may exceed it.")
  private @Nullable Long maxRequests;

  @Option(
      names = "--into-ra-horses",
      description = "Insert the ancestors into ra_horses and ra_horse_pedigree instead.")
  private boolean intoUserTables;

  @Option(names = "--dry-run", description = "Show the requests of each generation and end.")
  private boolean dryRun;

  @Option(names = "--json", description = "Print the plan as JSON; with --dry-run only.")
  private boolean json;

  public AncestorsCommand(CommandContext context) {
    this.context = context;
  }

  /** The plan as JSON. */
  private record AncestorsPlanJson(
      List<GenerationPlanJson> generations, long requests, double rateLimitPerSecond) {}

  private record GenerationPlanJson(
      int generation, long horses, Optional<Long> sires, boolean estimated, long requests) {}

  @Override
  public Integer call() throws Exception {
    if (generations < 1 || generations > MOST_GENERATIONS) {
      throw new UsageException(
          "--generations must be from 1 to %d, not %d".formatted(MOST_GENERATIONS, generations));
    }
    if (maxRequests != null && maxRequests < 1) {
      throw new UsageException("--max-requests must be 1 or more, not " + maxRequests);
    }
    if (json && !dryRun) {
      throw new UsageException(
          "--json needs --dry-run; `studbook report --format json` describes a run");
    }
    RunLauncher launcher = new RunLauncher(context, options);
    return launcher.execute(run -> run(launcher, run));
  }

  private int run(RunLauncher launcher, RunExecutor run) throws IOException {
    Optional<RunRow> unfinished =
        dryRun
            ? Optional.empty()
            : RefreshCommand.replaceable(launcher, run, EnumSet.of(RunKind.ANCESTORS));
    AncestorForecast forecast = launcher.watchingLocks(run, () -> forecast(run));
    if (json) {
      context.printJson(json(forecast, run));
      return ExitCode.DONE;
    }
    if (forecast.generations().isEmpty()) {
      context.print("Nothing to do: every ancestor that is named is stored or unknown.", 0);
      return ExitCode.DONE;
    }
    lines(forecast).forEach(line -> context.print(line, 0));
    if (dryRun) {
      context.print("Nothing was requested: --dry-run.", 0);
      return ExitCode.DONE;
    }
    return requestGenerations(launcher, run, unfinished);
  }

  private AncestorForecast forecast(RunExecutor run) {
    MissingAncestors missing = new MissingAncestors(run.database().jdbi());
    return AncestorForecast.of(missing.counts(), missing.parentsPerHorse(), generations);
  }

  private static AncestorsPlanJson json(AncestorForecast forecast, RunExecutor run) {
    return new AncestorsPlanJson(
        forecast.generations().stream()
            .map(one ->
                new GenerationPlanJson(
                    one.generation(), one.horses(), one.sires(), one.estimated(), one.requests()))
            .toList(),
        forecast.requests(),
        run.settings().rate().perSecond());
  }

  private static List<String> lines(AncestorForecast forecast) {
    return forecast.generations().stream().map(AncestorsCommand::line).toList();
  }

  private static String line(GenerationForecast one) {
    return "Generation %d: %s%s%s"
        .formatted(
            one.generation(),
            one.estimated() ? "about " : "",
            count(one.requests(), "request"),
            one.sires()
                .map(sires ->
                    " for %s and %s"
                        .formatted(count(sires, "sire"), count(one.horses() - sires, "dam")))
                .orElse(", estimated from the generation before"));
  }

  /** One run after the other; the first asks for confirmation. */
  private int requestGenerations(RunLauncher launcher, RunExecutor run, Optional<RunRow> unfinished)
      throws IOException {
    RunRepository runRepository = new RunRepository(run.database().jdbi());
    int exitCode = ExitCode.DONE;
    long left = maxRequests == null ? Long.MAX_VALUE : maxRequests;
    boolean begun = false;
    for (int generation = 1; generation <= generations && left > 0; generation++) {
      BackfillPlan plan = plan(launcher, run, generation, left);
      if (plan.counts().toDo() == 0) {
        continue;
      }
      launcher.show(plan, run);
      Supplier<RunRepository.StartResult> start = () -> run.backfill().ancestors(plan);
      long before = runRepository.latest().map(RunRow::id).orElse(0L);
      int code =
          begun
              ? launcher.startRun(run, launcher.watchingLocks(run, start))
              : unfinished.isPresent()
                  ? launcher.replace(unfinished.get(), run, start)
                  : launcher.start(run, start);
      Optional<RunRow> ended = finished(runRepository, before);
      if (ended.isEmpty() || launcher.isInBackground()) {
        return code;
      }
      exitCode = Math.max(exitCode, code);
      left -= runRepository.counts(ended.get().id()).requests();
      begun = true;
    }
    return exitCode;
  }

  private BackfillPlan plan(RunLauncher launcher, RunExecutor run, int generation, long left) {
    HorseSelection selection =
        HorseSelection.ancestors(
            new AncestorSelection(generation, intoUserTables), Optional.of(left));
    return launcher.watchingLocks(
        run, () -> run.backfill().preview(selection, RacecardScanOptions.NONE));
  }

  /** The run that began after another one, if it is finished. */
  private static Optional<RunRow> finished(RunRepository runRepository, long before) {
    return runRepository
        .latest()
        .filter(run -> run.id() > before && run.state() == RunState.FINISHED);
  }
}
