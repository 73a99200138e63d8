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

  private final CommandContext session;

  @Mixin private RateOptions rates = new RateOptions();

  @Mixin private SelectionOptions selection = new SelectionOptions();

  @Mixin private RacecardOptions racecardOptions = new RacecardOptions();

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  public PlanCommand(CommandContext session) {
    this.session = session;
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
      PlanCounts counts = plan.outlook();
      Optional<Duration> duration =
          plan.forecast().duration(settings.rate(), settings.racecardsRate());
      return new PlanJson(
          TableCountsJson.of(counts.census()),
          counts.toDo(),
          counts.incomplete(),
          counts.settled(),
          counts.waiting().forTime(),
          counts.waiting().next(),
          counts.waiting().forChange(),
          plan.known(),
          plan.forecast().daysRead(),
          plan.forecast().requests(),
          settings.rate().perSecond(),
          settings.racecardsRate().map(Rate::perSecond),
          duration,
          duration.map(now::plus));
    }
  }

  @Override
  public Integer call() {
    CommandEnvironment surroundings = session.surroundings();
    Settings settings = session.settings(rates, Requirement.DATABASE);
    try (DatabaseSession store = DatabaseSession.existing(settings, session)) {
      store.requireReadable();
      BackfillPlan prospect =
          BackfillPlan.look(
              store.jdbi(),
              selection.selection(surroundings.workingDirectory()),
              racecardOptions.racecards(surroundings.clock(), true),
              surroundings.clock());
      if (json) {
        session.printJson(PlanJson.of(prospect, settings, surroundings.clock().instant()));
      } else {
        new PlanText(prospect, settings.rate(), settings.racecardsRate(), surroundings.clock())
            .lines()
            .forEach(line -> session.print(line, PlanText.LABEL));
      }
      return ExitCode.DONE;
    }
  }
}
