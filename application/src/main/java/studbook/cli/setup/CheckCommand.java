package studbook.cli.setup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jdbi.v3.core.Jdbi;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import studbook.backfill.ApiConnectionCheck;
import studbook.backfill.files.LogDirectory;
import studbook.cli.backfill.RunLauncher;
import studbook.cli.option.ApiOptions;
import studbook.cli.settings.Requirement;
import studbook.cli.settings.Settings;
import studbook.cli.support.CommandContext;
import studbook.cli.support.CommandEnvironment;
import studbook.cli.support.DatabaseSession;
import studbook.cli.support.ExitCode;
import studbook.cli.support.LockWatch;
import studbook.cli.support.UsageException;
import studbook.model.SafeText;
import studbook.racingapi.ProfileResponse;
import studbook.store.database.Schema;
import studbook.store.outcome.UserTables;
import studbook.store.table.DatabaseProfile;
import studbook.store.table.MissingGrants;
import studbook.store.table.TableCounts;
import studbook.text.HumanFormat;

/** {@code studbook check}. */
@Command(
    name = "check",
    description = {
      "Verify settings, directory, database and API, one line each.",
      "Sends one or two requests."
    },
    exitCodeList = {"0:Everything works.", "2:A check failed."},
    footer = {"", "Example: studbook check && studbook backfill"})
public final class CheckCommand implements Callable<Integer> {

  private static final int LONGEST_NAME = 63;

  /** Columns before the message of a check. */
  private static final int INDENT = 18;

  private static final Duration LONGEST_LOCK_WAIT = Duration.ofSeconds(10);

  private final CommandContext session;

  @Mixin private ApiOptions api = new ApiOptions();
  private final List<CheckLine> lines = new ArrayList<>();

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  public CheckCommand(CommandContext session) {
    this.session = session;
  }

  private record CheckLine(String check, boolean ok, String message) {}

  private record CheckJson(boolean ok, List<CheckLine> checks) {}

  private interface CheckStep {
    String at() throws Exception;
  }

  @Override
  public Integer call() throws Exception {
    Settings settings = session.settings(api, Requirement.API, Requirement.DATABASE);
    line(
        "Settings",
        () ->
            "rate "
                + settings.rate()
                + ", timeout "
                + HumanFormat.duration(settings.api().orElseThrow().timeout()));
    line("Directory", () -> folder(settings.home()));
    try (DatabaseSession store = open(settings)) {
      line(
          "Database",
          () ->
              new LockWatch(session, store.database(), LONGEST_LOCK_WAIT)
                  .during(() -> database(store)));
      line("API", () -> api(store, settings));
    } catch (RuntimeException e) {
      line(
          "Database",
          () -> {
            throw e;
          });
      line(
          "API",
          () -> {
            throw new UsageException(
                "not checked: the shared rate limit is stored in the database");
          });
    }
    boolean good = lines.stream().allMatch(CheckLine::ok);
    if (json) {
      session.printJson(new CheckJson(good, lines));
    }
    return good ? ExitCode.DONE : ExitCode.MISTAKE;
  }

  /** Creates nothing in a database that has another owner. */
  private DatabaseSession open(Settings settings) {
    return settings.database().isPresent()
        ? DatabaseSession.connect(settings, session)
        : DatabaseSession.open(settings, session);
  }

  private void line(String what, CheckStep look) {
    CheckLine line = looked(what, look);
    lines.add(line);
    if (!json) {
      session.print(
          "%-9s %s  %s".formatted(what, line.ok() ? "ok    " : "FAILED", line.message()), INDENT);
    }
  }

  private CheckLine looked(String what, CheckStep look) {
    String name = what.toLowerCase(Locale.ROOT);
    try {
      return new CheckLine(name, true, look.at());
    } catch (Exception e) {
      return new CheckLine(name, false, session.sentence(e));
    }
  }

  private static String folder(Path home) throws IOException {
    LogDirectory logs = LogDirectory.in(home);
    Files.delete(Files.createTempFile(logs.folder(), "check", ".tmp"));
    return home.toString();
  }

  private static String database(DatabaseSession store) {
    Jdbi jdbi = store.jdbi();
    List<String> missing = new Schema(store.database()).missing();
    if (!missing.isEmpty()) {
      return uninitialised(store, missing);
    }
    new UserTables(jdbi).proveWritable();
    TableCounts census = TableCounts.take(jdbi);
    DatabaseProfile profile = DatabaseProfile.read(jdbi);
    String hidden =
        census.horses() == 0 && profile.rowSecurity() == DatabaseProfile.RowSecurityMode.ACTIVE
            ? " (row level security is on: do its policies hide them?)"
            : "";
    return "%s, writable: %s%s, %s with dob, as role %s%s, PostgreSQL %s, schema %s"
        .formatted(
            store.place(),
            HumanFormat.count(census.horses(), "horse"),
            hidden,
            HumanFormat.count(census.enriched()),
            SafeText.excerpt(profile.role(), LONGEST_NAME),
            profile.rowSecurity().text(),
            profile.version(),
            SafeText.excerpt(profile.schema(), LONGEST_NAME));
  }

  private static String uninitialised(DatabaseSession store, List<String> missing) {
    List<String> grants = store.jdbi().withHandle(handle -> new MissingGrants(handle).toCreate());
    if (!grants.isEmpty()) {
      throw new UsageException(
          "%s is not initialised, and this database user may not do it; run as the owner: %s"
              .formatted(store.place(), String.join(" ", grants)));
    }
    return "%s, not initialised: `studbook init` or the first backfill creates %s"
        .formatted(store.place(), String.join(", ", missing));
  }

  private String api(DatabaseSession store, Settings settings) throws InterruptedException {
    CommandEnvironment surroundings = session.surroundings();
    ApiConnectionCheck acquaintance =
        new ApiConnectionCheck(store.database(), RunLauncher.setup(settings), surroundings.time());
    ProfileResponse answer =
        new Schema(store.database()).stands()
            ? acquaintance.ask()
            : acquaintance.askWithoutBudget();
    String base = settings.api().orElseThrow().base().toString();
    return switch (answer) {
      case ProfileResponse.Found _, ProfileResponse.Basic _, ProfileResponse.NotFound _ ->
          base + " responds";
      case ProfileResponse.Throttled _ ->
          throw new UsageException(
              base
                  + " answered 429: another client uses the account's limit, or RACING_API_RATE is"
                  + " too high");
      case ProfileResponse.Unauthorised(int status) ->
          throw new UsageException(
              base + " answered " + status + ": check RACING_API_USERNAME and RACING_API_PASSWORD");
      case ProfileResponse.Unavailable(var _, String message, boolean _, var _) ->
          throw new UsageException(base + ": " + message);
      case ProfileResponse.Malformed(var _, String message) ->
          throw new UsageException(base + " is not The Racing API: " + message);
    };
  }
}
