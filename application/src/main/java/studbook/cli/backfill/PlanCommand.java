package studbook.cli.backfill;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import studbook.backfill.plan.BackfillPlan;
import studbook.backfill.plan.RequestEstimate;
import studbook.cli.inspect.RunSummary;
import studbook.cli.option.RateOptions;
import studbook.cli.progress.PlanText;
import studbook.cli.settings.Requirement;
import studbook.cli.settings.Settings;
import studbook.cli.support.CommandContext;
import studbook.cli.support.CommandEnvironment;
import studbook.cli.support.DatabaseSession;
import studbook.cli.support.ExitCode;
import studbook.store.run.PlanCounts;
import studbook.text.JsonFormat;
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
      long horses,
      long enriched,
      long toDo,
      long incomplete,
      long settledLately,
      long waiting,
      @Nullable String waitingUntil,
      long waitingForChange,
      long known,
      long racecardDays,
      long requests,
      @Nullable Double requestsPerSecond,
      @Nullable Double racecardRequestsPerSecond,
      @Nullable Long seconds,
      @Nullable String doneAt) {}

  @Override
  public Integer call() {
    CommandEnvironment surroundings = session.surroundings();
    Settings settings = session.settings(rates, Requirement.DATABASE);
    try (DatabaseSession store = DatabaseSession.existing(settings, session)) {
      store.requireReadable();
      BackfillPlan prospect =
          BackfillPlan.look(
              store.database().jdbi(),
              selection.selection(surroundings.workingDirectory()),
              racecardOptions.racecards(surroundings.clock(), true),
              surroundings.clock());
      if (json) {
        session.out().println(json(prospect, settings));
      } else {
        new PlanText(prospect, settings.rate(), settings.racecardsRate(), surroundings.clock())
            .lines()
            .forEach(line -> session.print(line, PlanText.LABEL));
      }
      return ExitCode.DONE;
    }
  }

  private String json(BackfillPlan prospect, Settings settings) {
    PlanCounts outlook = prospect.outlook();
    RequestEstimate forecast = prospect.forecast();
    @Nullable Duration duration =
        forecast.duration(settings.rate(), settings.racecardsRate()).orElse(null);
    return JsonFormat.pretty(
        new PlanJson(
            outlook.census().horses(),
            outlook.census().enriched(),
            outlook.toDo(),
            outlook.incomplete(),
            outlook.settled(),
            outlook.waiting().forTime(),
            outlook
                .waiting()
                .next()
                .map(time -> RunSummary.time(time, session.surroundings().clock()))
                .orElse(null),
            outlook.waiting().forChange(),
            prospect.known(),
            forecast.daysRead(),
            forecast.requests(),
            perSecond(settings.rate()),
            settings.racecardsRate().map(PlanCommand::perSecond).orElse(null),
            duration == null ? null : duration.toSeconds(),
            duration == null
                ? null
                : JsonFormat.time(
                    OffsetDateTime.now(session.surroundings().clock()).plus(duration))));
  }

  private static @Nullable Double perSecond(Rate rate) {
    return rate.isUnlimited() ? null : rate.perSecond();
  }
}
