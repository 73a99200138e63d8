package studbook.cli.setup;

import static studbook.text.HumanFormat.count;

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
import studbook.racingapi.ProfileResponse.NotFound;
import studbook.store.database.Schema;
import studbook.store.outcome.UserTables;
import studbook.store.table.DatabaseProfile;
import studbook.store.table.DatabaseProfile.RowSecurityMode;
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

  private final CommandContext context;

  @Mixin private ApiOptions api = new ApiOptions();
  private final List<CheckLine> lines = new ArrayList<>();

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  public CheckCommand(CommandContext context) {
    this.context = context;
  }

  private record CheckLine(String check, boolean ok, String message) {}

  private record CheckJson(boolean ok, List<CheckLine> checks) {}

  private interface CheckStep {
    String at() throws Exception;
  }

  @Override
  public Integer call() throws Exception {
    Settings settings = context.settings(api, Requirement.API, Requirement.DATABASE);
    line(
        "Settings",
        () ->
            "rate %s, timeout %s"
                .formatted(
                    settings.rate(), HumanFormat.duration(settings.api().orElseThrow().timeout())));
    line("Directory", () -> folder(settings.home()));
    try (DatabaseSession database = open(settings)) {
      line(
          "Database",
          () ->
              new LockWatch(context, database.database(), LONGEST_LOCK_WAIT)
                  .during(() -> database(database)));
      line("API", () -> api(database, settings));
    } catch (RuntimeException e) {
      add("Database", false, context.sentence(e));
      add("API", false, "not checked: the shared rate limit is stored in the database");
    }
    boolean good = lines.stream().allMatch(CheckLine::ok);
    if (json) {
      context.printJson(new CheckJson(good, lines));
    }
    return good ? ExitCode.DONE : ExitCode.USAGE_ERROR;
  }

  /** Creates nothing in a database that has another owner. */
  private DatabaseSession open(Settings settings) {
    return settings.database().isPresent()
        ? DatabaseSession.connect(settings, context)
        : DatabaseSession.open(settings, context);
  }

  private void line(String what, CheckStep step) {
    try {
      add(what, true, step.at());
    } catch (Exception e) {
      add(what, false, context.sentence(e));
    }
  }

  private void add(String what, boolean ok, String message) {
    lines.add(new CheckLine(what.toLowerCase(Locale.ROOT), ok, message));
    if (!json) {
      context.print("%-9s %s  %s".formatted(what, ok ? "ok    " : "FAILED", message), INDENT);
    }
  }

  private static String folder(Path home) throws IOException {
    LogDirectory logDirectory = LogDirectory.in(home);
    Files.delete(Files.createTempFile(logDirectory.folder(), "check", ".tmp"));
    return home.toString();
  }

  private static String database(DatabaseSession database) {
    Jdbi jdbi = database.jdbi();
    List<String> missing = new Schema(database.database()).missing();
    if (!missing.isEmpty()) {
      return uninitialised(database, missing);
    }
    new UserTables(jdbi).verifyWritable();
    TableCounts counts = TableCounts.take(jdbi);
    DatabaseProfile profile = DatabaseProfile.read(jdbi);
    String hidden =
        counts.horses() == 0 && profile.rowSecurity() == RowSecurityMode.ACTIVE
            ? " (row level security is on: do its policies hide them?)"
            : "";
    return "%s, writable: %s%s, %s with dob, as role %s%s, PostgreSQL %s, schema %s"
        .formatted(
            database.place(),
            count(counts.horses(), "horse"),
            hidden,
            count(counts.enriched()),
            SafeText.excerpt(profile.role(), LONGEST_NAME),
            profile.rowSecurity().text(),
            profile.version(),
            SafeText.excerpt(profile.schema(), LONGEST_NAME));
  }

  private static String uninitialised(DatabaseSession database, List<String> missing) {
    List<String> grants =
        database.jdbi().withHandle(handle -> new MissingGrants(handle).toCreate());
    if (!grants.isEmpty()) {
      throw new UsageException(
          "%s is not initialised, and this database user may not do it; run as the owner: %s"
              .formatted(database.place(), String.join(" ", grants)));
    }
    return "%s, not initialised: `studbook init` or the first backfill creates %s"
        .formatted(database.place(), String.join(", ", missing));
  }

  private String api(DatabaseSession database, Settings settings) throws InterruptedException {
    CommandEnvironment environment = context.environment();
    ApiConnectionCheck connectionCheck =
        new ApiConnectionCheck(
            database.database(), RunLauncher.setup(settings, environment), environment.time());
    ProfileResponse response =
        new Schema(database.database()).isUpToDate()
            ? connectionCheck.request()
            : connectionCheck.requestUnlimited();
    String base = settings.api().orElseThrow().base().toString();
    return switch (response) {
      case ProfileResponse.Found _, ProfileResponse.Basic _, NotFound _ -> base + " responds";
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
