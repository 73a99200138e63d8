package studbook.cli.backfill;

import static studbook.text.HumanFormat.count;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import studbook.backfill.HorseDiscovery;
import studbook.backfill.HorseDiscovery.DiscoveredDay;
import studbook.backfill.plan.RacecardScanOptions;
import studbook.cli.option.ApiOptions;
import studbook.cli.settings.Requirement;
import studbook.cli.settings.Settings;
import studbook.cli.support.CommandContext;
import studbook.cli.support.CommandEnvironment;
import studbook.cli.support.DatabaseSession;
import studbook.cli.support.ExitCode;
import studbook.cli.support.LockWatch;
import studbook.cli.support.UsageException;

/** {@code studbook discover}. */
@Command(
    name = "discover",
    description = {
      "Insert new horses from the racecards of the coming days.",
      "Confirms horses that ra_horses has, and changes what the API has changed."
    },
    exitCodeList = {
      "0:Every day was read.",
      "1:Some days could not be read.",
      "2:Usage or configuration error."
    },
    footer = {"", "Example: studbook discover --days 3"})
public final class DiscoverCommand implements Callable<Integer> {

  private final CommandContext context;

  @Mixin private ApiOptions api = new ApiOptions();

  @Option(
      names = "--days",
      paramLabel = "N",
      description = "Number of days to read, from today (${DEFAULT-VALUE}).")
  private int days = 2;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  public DiscoverCommand(CommandContext context) {
    this.context = context;
  }

  private record DiscoverJson(
      LocalDate day,
      Optional<String> error,
      int runners,
      int inserted,
      int enriched,
      int confirmed,
      int changed,
      int raised,
      int skipped,
      int rejected) {

    static DiscoverJson of(DiscoveredDay day) {
      return new DiscoverJson(
          day.day(),
          day.failure(),
          day.runners(),
          day.inserted(),
          day.enriched(),
          day.confirmed().compared(),
          day.confirmed().changed(),
          day.confirmed().raised(),
          day.leftOut(),
          day.refused().values().stream().mapToInt(Integer::intValue).sum());
    }
  }

  @Override
  public Integer call() throws InterruptedException {
    if (days < 1 || days > RacecardScanOptions.DAYS_AHEAD + 1) {
      throw new UsageException(
          "--days must be between 1 and %d, not %d: the API has racecards up to a week ahead"
              .formatted(RacecardScanOptions.DAYS_AHEAD + 1, days));
    }
    CommandEnvironment environment = context.environment();
    Settings settings = context.settings(api, Requirement.API, Requirement.DATABASE);
    LocalDate today = LocalDate.now(environment.clock().withZone(RacecardScanOptions.ZONE));
    try (DatabaseSession database = DatabaseSession.open(settings, context)) {
      HorseDiscovery discovery =
          new HorseDiscovery(
              database.database(), RunLauncher.setup(settings, environment), environment.time());
      List<DiscoveredDay> read =
          new LockWatch(context, database.database()).during(() -> discovery.read(today, days));
      if (json) {
        context.printJson(read.stream().map(DiscoverJson::of).toList());
      } else {
        read.forEach(this::print);
      }
      return read.stream().allMatch(day -> day.failure().isEmpty())
          ? ExitCode.DONE
          : ExitCode.DONE_WITH_FAILURES;
    }
  }

  private void print(DiscoveredDay day) {
    if (day.failure().isPresent()) {
      context.out().printf("%s  not read: %s%n", day.day(), day.failure().get());
      return;
    }
    context
        .out()
        .printf(
            "%s  %s, %s inserted, %s of them enriched, %s confirmed%n",
            day.day(),
            count(day.runners(), "runner"),
            count(day.inserted()),
            count(day.enriched()),
            count(day.confirmed().compared()));
    if (day.confirmed().changed() > 0) {
      context
          .out()
          .printf(
              "            %s changed (`studbook changes`)%n",
              count(day.confirmed().changed(), "horse"));
    }
    if (day.confirmed().raised() > 0) {
      context
          .out()
          .printf(
              "            %s to review (`studbook review`)%n",
              count(day.confirmed().raised(), "horse"));
    }
    if (day.leftOut() > 0) {
      context.out().printf("            %s skipped: no usable name%n", count(day.leftOut()));
    }
    day.refused()
        .forEach(
            (why, rows) -> context.out().printf("            %s rejected: %s%n", count(rows), why));
  }
}
