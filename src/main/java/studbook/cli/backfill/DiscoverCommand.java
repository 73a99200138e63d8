package studbook.cli.backfill;

import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import studbook.backfill.Discovery;
import studbook.backfill.plan.Racecards;
import studbook.cli.settings.Need;
import studbook.cli.settings.Settings;
import studbook.cli.support.ExitCode;
import studbook.cli.support.LockWatch;
import studbook.cli.support.Session;
import studbook.cli.support.Store;
import studbook.cli.support.Surroundings;
import studbook.cli.support.UserMistake;
import studbook.text.Json;
import studbook.text.Words;

/** {@code studbook discover}. */
@Command(
    name = "discover",
    description =
        "Reads the racecards of the coming days and inserts horses that ra_horses lacks, enriched"
            + " at once. Rows that stand are not touched.",
    footer = {
      "",
      "Example: studbook discover --days 3",
      "",
      "Exit codes: 0 every day was read, 1 some were not, 2 a mistake of yours."
    })
public final class DiscoverCommand implements Callable<Integer> {

  private final Session session;

  @Option(
      names = "--days",
      paramLabel = "N",
      description = "Read so many days, today and those that follow (${DEFAULT-VALUE}).")
  private int days = 2;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  public DiscoverCommand(Session session) {
    this.session = session;
  }

  private record Shown(
      String day,
      @Nullable String trouble,
      int runners,
      int inserted,
      int enriched,
      int leftOut,
      int refused) {

    static Shown of(Discovery.Day day) {
      return new Shown(
          day.day().toString(),
          day.trouble().orElse(null),
          day.runners(),
          day.inserted(),
          day.enriched(),
          day.leftOut(),
          day.refused().values().stream().mapToInt(Integer::intValue).sum());
    }
  }

  @Override
  public Integer call() throws InterruptedException {
    if (days < 1 || days > Racecards.DAYS_AHEAD + 1) {
      throw new UserMistake(
          "--days must be between 1 and %d, not %d: the API has racecards up to a week ahead"
              .formatted(Racecards.DAYS_AHEAD + 1, days));
    }
    Surroundings surroundings = session.surroundings();
    Settings settings = session.settings(Need.API, Need.DATABASE);
    LocalDate today = LocalDate.now(surroundings.clock().withZone(Racecards.ZONE));
    try (Store store = Store.open(settings, session)) {
      Discovery discovery =
          new Discovery(store.database(), Launch.setup(settings), Launch.time(surroundings));
      List<Discovery.Day> read =
          new LockWatch(session, store.database()).during(() -> discovery.read(today, days));
      if (json) {
        session.out().println(Json.pretty(read.stream().map(Shown::of).toList()));
      } else {
        read.forEach(this::print);
      }
      return read.stream().allMatch(day -> day.trouble().isEmpty())
          ? ExitCode.DONE
          : ExitCode.NOT_GOOD;
    }
  }

  private void print(Discovery.Day day) {
    if (day.trouble().isPresent()) {
      session.out().printf("%s  not read: %s%n", day.day(), day.trouble().get());
      return;
    }
    session
        .out()
        .printf(
            "%s  %s, %s inserted, %s of them enriched%n",
            day.day(),
            Words.count(day.runners(), "runner"),
            Words.count(day.inserted()),
            Words.count(day.enriched()));
    if (day.leftOut() > 0) {
      session.out().printf("            %s left out: no usable name%n", Words.count(day.leftOut()));
    }
    day.refused()
        .forEach((why, rows) ->
            session.out().printf("            %s left out: %s%n", Words.count(rows), why));
  }
}
