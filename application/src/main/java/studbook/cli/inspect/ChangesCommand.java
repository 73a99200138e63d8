package studbook.cli.inspect;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import studbook.cli.support.CommandContext;
import studbook.cli.support.DatabaseSession;
import studbook.cli.support.ExitCode;
import studbook.cli.support.UsageException;
import studbook.json.ChangeJson;
import studbook.json.ChangesJson;
import studbook.store.change.ChangeQueries;
import studbook.store.change.RecordedChange;
import studbook.text.AgeFormat;

/** {@code studbook changes}. */
@Command(
    name = "changes",
    description = {
      "Show values that Studbook changed in ra_horses and ra_horse_pedigree.",
      "Newest first; values that a backfill filled are not among them."
    },
    footer = {
      "",
      "Examples: studbook changes --since 7d",
      "          studbook changes --horse hrs_5341245 --field sex_code"
    })
public final class ChangesCommand implements Callable<Integer> {

  private final CommandContext context;

  @Option(names = "--horse", paramLabel = "ID", description = "Horse whose changes to show.")
  private @Nullable String horse;

  @Option(
      names = "--since",
      paramLabel = "D",
      description = "First day of the changes to show, such as 2026-01-31, or an age such as 7d.")
  private @Nullable String since;

  @Option(
      names = "--field",
      paramLabel = "F",
      description = "Column whose changes to show, such as dob or sire_id.")
  private @Nullable String field;

  @Option(names = "--limit", paramLabel = "N", description = "Maximum number of changes (100).")
  private int limit = 100;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  public ChangesCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    if (limit < 1) {
      throw new UsageException("--limit must be 1 or more, not " + limit);
    }
    ChangeQueries.ChangeFilter filter =
        new ChangeQueries.ChangeFilter(
            Optional.ofNullable(horse),
            Optional.ofNullable(since).map(text -> moment(text, context.environment().clock())),
            Optional.ofNullable(field).map(text -> text.strip().toLowerCase(Locale.ROOT)));
    try (DatabaseSession database = DatabaseSession.existing(context)) {
      List<RecordedChange> changes = new ChangeQueries(database.jdbi()).newest(filter, limit);
      if (json) {
        context.printJson(new ChangesJson(changes.stream().map(ChangeJson::of).toList()));
      } else if (changes.isEmpty()) {
        context.out().println("No changes.");
      } else {
        ChangeTable.withHorses(changes, context.style(), context.environment().clock())
            .lines(context.width())
            .forEach(context.out()::println);
      }
      return ExitCode.DONE;
    }
  }

  private static Instant moment(String text, Clock clock) {
    return AgeFormat.parse(text)
        .map(
            age -> ZonedDateTime.ofInstant(clock.instant(), clock.getZone()).minus(age).toInstant())
        .orElseGet(() -> startOfDay(text, clock));
  }

  private static Instant startOfDay(String text, Clock clock) {
    try {
      return LocalDate.parse(text.strip()).atStartOfDay(clock.getZone()).toInstant();
    } catch (DateTimeException e) {
      throw new UsageException(
          "--since must be a day such as 2026-01-31, or " + AgeFormat.DESCRIPTION);
    }
  }
}
