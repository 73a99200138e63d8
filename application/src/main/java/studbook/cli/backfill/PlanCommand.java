package studbook.cli.backfill;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import studbook.backfill.plan.BackfillPlan;
import studbook.cli.option.RateOptions;
import studbook.cli.progress.PlanText;
import studbook.cli.settings.Requirement;
import studbook.cli.settings.Settings;
import studbook.cli.support.CommandContext;
import studbook.cli.support.CommandEnvironment;
import studbook.cli.support.DatabaseSession;
import studbook.cli.support.ExitCode;
import studbook.json.TableCountsJson;
import studbook.store.run.PlanCounts;
import studbook.time.Rate;

/** {@code studbook plan}. */
@Command(
    name = "plan",
    description = {"Show what a backfill would do and how long it would take.", "Writes nothing."},
    footer = {"", "Example: studbook plan --rate 5"})
public final class PlanCommand implements Callable<Integer> {

  private final CommandContext context;

  @Mixin private RateOptions rates = new RateOptions();

  @Mixin private SelectionOptions selection = new SelectionOptions();

  @Mixin private RacecardOptions racecardOptions = new RacecardOptions();

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  public PlanCommand(CommandContext context) {
    this.context = context;
  }

  private record PlanJson(
      TableCountsJson tables,
      long pending,
      long incomplete,
      long recentlyCompleted,
      long waiting,
      Optional<Instant> nextRetryAt,
      long waitingForChange,
      long cached,
      long racecardDays,
      long estimatedRequests,
      double rateLimitPerSecond,
      Optional<Double> racecardsRateLimitPerSecond,
      Optional<Duration> estimatedSeconds,
      Optional<Instant> estimatedEndAt) {

    static PlanJson of(BackfillPlan plan, Settings settings, Instant now) {
      PlanCounts counts = plan.counts();
      Optional<Duration> duration =
          plan.estimate().duration(settings.rate(), settings.racecardsRate());
      return new PlanJson(
          TableCountsJson.of(counts.counts()),
          counts.toDo(),
          counts.incomplete(),
          counts.completedLately(),
          counts.delays().forTime(),
          counts.delays().next(),
          counts.delays().forChange(),
          plan.known(),
          plan.estimate().daysRead(),
          plan.estimate().requests(),
          settings.rate().perSecond(),
          settings.racecardsRate().map(Rate::perSecond),
          duration,
          duration.map(now::plus));
    }
  }

  @Override
  public Integer call() {
    CommandEnvironment environment = context.environment();
    Settings settings = context.settings(rates, Requirement.DATABASE);
    try (DatabaseSession database = DatabaseSession.existing(settings, context)) {
      database.requireReadable();
      BackfillPlan plan =
          BackfillPlan.preview(
              database.jdbi(),
              selection.selection(environment.workingDirectory()),
              racecardOptions.racecards(environment.clock(), true),
              environment.clock());
      if (json) {
        context.printJson(PlanJson.of(plan, settings, environment.clock().instant()));
      } else {
        new PlanText(plan, settings.rate(), settings.racecardsRate(), environment.clock())
            .lines()
            .forEach(line -> context.print(line, PlanText.LABEL));
      }
      return ExitCode.DONE;
    }
  }
}
