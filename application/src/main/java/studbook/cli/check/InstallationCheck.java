package studbook.cli.check;

import static studbook.text.HumanFormat.count;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.Jdbi;
import studbook.backfill.ApiConnectionCheck;
import studbook.backfill.files.LogDirectory;
import studbook.cli.backfill.RunLauncher;
import studbook.cli.settings.Settings;
import studbook.cli.support.CommandContext;
import studbook.cli.support.CommandEnvironment;
import studbook.cli.support.DatabaseSession;
import studbook.cli.support.LockWatch;
import studbook.cli.support.UsageException;
import studbook.model.SafeText;
import studbook.racingapi.ProfileResponse;
import studbook.racingapi.ProfileResponse.NotFound;
import studbook.store.database.Schema;
import studbook.store.outcome.UserTables;
import studbook.store.table.DatabaseProfile;
import studbook.store.table.DatabaseProfile.RowSecurityMode;
import studbook.store.table.TableCounts;
import studbook.text.HumanFormat;

/** Checks settings, directory, database and API, one line each. */
public final class InstallationCheck {

  /** The checked parts of an installation. */
  public enum CheckedPart {
    SETTINGS("Settings"),
    DIRECTORY("Directory"),
    DATABASE("Database"),
    API("API");

    private final String title;

    CheckedPart(String title) {
      this.title = title;
    }
  }

  /**
   * The result of a check.
   *
   * @param check the part in lower case
   * @param message what works, or why it does not and what to do
   */
  public record CheckLine(String check, boolean ok, String message) {

    static CheckLine of(CheckedPart part, boolean ok, String message) {
      return new CheckLine(part.title.toLowerCase(Locale.ROOT), ok, message);
    }
  }

  private interface CheckStep {
    String message() throws Exception;
  }

  private static final int LONGEST_NAME = 63;

  /** Columns before the message of a check. */
  private static final int INDENT = 18;

  private static final Duration LONGEST_LOCK_WAIT = Duration.ofSeconds(10);

  private final CommandContext context;
  private final Settings settings;

  public InstallationCheck(CommandContext context, Settings settings) {
    this.context = context;
    this.settings = settings;
  }

  /** The rate and the timeout; they were validated as they were loaded. */
  public CheckLine settings() {
    return line(
        CheckedPart.SETTINGS,
        () ->
            "rate %s, timeout %s"
                .formatted(
                    settings.rate(), HumanFormat.duration(settings.api().orElseThrow().timeout())));
  }

  /** Whether files can be created in the home directory. */
  public CheckLine directory() {
    return line(CheckedPart.DIRECTORY, () -> directory(settings.home()));
  }

  /** Whether the user's tables fit and can be written; a trial write is rolled back. */
  public CheckLine database(DatabaseSession database) {
    return line(
        CheckedPart.DATABASE,
        () ->
            new LockWatch(context, database.database(), LONGEST_LOCK_WAIT)
                .during(() -> tables(database)));
  }

  /** Whether the API accepts the account; sends one or two requests. */
  public CheckLine api(DatabaseSession database) {
    return line(CheckedPart.API, () -> request(database));
  }

  /** A check that could not be made. */
  public static CheckLine failed(CheckedPart part, String message) {
    return CheckLine.of(part, false, message);
  }

  /** Prints a line, wrapped on a narrow terminal. */
  public static void print(CommandContext context, CheckLine line) {
    String title = CheckedPart.valueOf(line.check().toUpperCase(Locale.ROOT)).title;
    context.print(
        "%-9s %s  %s".formatted(title, line.ok() ? "ok    " : "FAILED", line.message()), INDENT);
  }

  private CheckLine line(CheckedPart part, CheckStep step) {
    try {
      return CheckLine.of(part, true, step.message());
    } catch (Exception e) {
      return CheckLine.of(part, false, context.sentence(e));
    }
  }

  private static String directory(Path home) throws IOException {
    LogDirectory logDirectory = LogDirectory.in(home);
    Files.delete(Files.createTempFile(logDirectory.folder(), "check", ".tmp"));
    return home.toString();
  }

  private static String tables(DatabaseSession database) {
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
    database.requireCreatable();
    return "%s, not initialised: `studbook init` or the first backfill creates %s"
        .formatted(database.place(), String.join(", ", missing));
  }

  private String request(DatabaseSession database) throws InterruptedException {
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
