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
import picocli.CommandLine.Option;
import studbook.backfill.Acquaintance;
import studbook.backfill.files.LogsFolder;
import studbook.cli.backfill.Launch;
import studbook.cli.settings.Need;
import studbook.cli.settings.Settings;
import studbook.cli.support.ExitCode;
import studbook.cli.support.LockWatch;
import studbook.cli.support.Session;
import studbook.cli.support.Store;
import studbook.cli.support.Surroundings;
import studbook.cli.support.UserMistake;
import studbook.model.Printable;
import studbook.racingapi.Answer;
import studbook.store.database.Schema;
import studbook.store.outcome.HorseTables;
import studbook.store.table.Census;
import studbook.store.table.DatabaseProfile;
import studbook.store.table.MissingGrants;
import studbook.text.Json;
import studbook.text.Words;

/** {@code studbook check}. */
@Command(
    name = "check",
    description = "Verifies settings, folder, database and API (one or two requests), a line each.",
    footer = {"", "Example: studbook check && studbook backfill"})
public final class CheckCommand implements Callable<Integer> {

  private static final int LONGEST_NAME = 63;

  /** Columns before what is said of a check. */
  private static final int INDENT = 18;

  private static final Duration LONGEST_LOCK_WAIT = Duration.ofSeconds(10);

  private final Session session;
  private final List<Line> lines = new ArrayList<>();

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  public CheckCommand(Session session) {
    this.session = session;
  }

  private record Line(String check, boolean ok, String said) {}

  private record Shown(boolean ok, List<Line> checks) {}

  private interface Look {
    String at() throws Exception;
  }

  @Override
  public Integer call() throws Exception {
    Settings settings = session.settings(Need.API, Need.DATABASE);
    line(
        "Settings",
        () ->
            "rate "
                + settings.rate()
                + ", timeout "
                + Words.duration(settings.api().orElseThrow().timeout()));
    line("Folder", () -> folder(settings.home()));
    try (Store store = open(settings)) {
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
            throw new UserMistake("not asked: the budget of its requests is kept in the database");
          });
    }
    boolean good = lines.stream().allMatch(Line::ok);
    if (json) {
      session.out().println(Json.pretty(new Shown(good, lines)));
    }
    return good ? ExitCode.DONE : ExitCode.MISTAKE;
  }

  /** In a database that somebody else owns nothing is made. */
  private Store open(Settings settings) {
    return settings.database().isPresent()
        ? Store.connect(settings, session)
        : Store.open(settings, session);
  }

  private void line(String what, Look look) {
    Line line = looked(what, look);
    lines.add(line);
    if (!json) {
      session.print(
          "%-9s %s  %s".formatted(what, line.ok() ? "ok    " : "FAILED", line.said()), INDENT);
    }
  }

  private Line looked(String what, Look look) {
    String name = what.toLowerCase(Locale.ROOT);
    try {
      return new Line(name, true, look.at());
    } catch (Exception e) {
      return new Line(name, false, session.sentence(e));
    }
  }

  private static String folder(Path home) throws IOException {
    LogsFolder logs = LogsFolder.in(home);
    Files.delete(Files.createTempFile(logs.folder(), "check", ".tmp"));
    return home.toString();
  }

  private static String database(Store store) {
    Jdbi jdbi = store.database().jdbi();
    List<String> missing = new Schema(store.database()).missing();
    if (!missing.isEmpty()) {
      return uninitialised(store, missing);
    }
    new HorseTables(jdbi).proveWritable();
    Census census = Census.take(jdbi);
    DatabaseProfile profile = DatabaseProfile.read(jdbi);
    String hidden =
        census.horses() == 0 && profile.rowSecurity() == DatabaseProfile.RowSecurityMode.ACTIVE
            ? " (row level security is on: do its policies hide them?)"
            : "";
    return "%s, may be written: %s%s, %s with dob, as role %s%s, PostgreSQL %s, schema %s"
        .formatted(
            store.place(),
            Words.count(census.horses(), "horse"),
            hidden,
            Words.count(census.enriched()),
            Printable.excerpt(profile.role(), LONGEST_NAME),
            profile.rowSecurity().text(),
            profile.version(),
            Printable.excerpt(profile.schema(), LONGEST_NAME));
  }

  private static String uninitialised(Store store, List<String> missing) {
    List<String> grants =
        store.database().jdbi().withHandle(handle -> new MissingGrants(handle).toCreate());
    if (!grants.isEmpty()) {
      throw new UserMistake(
          "%s is not initialised, and this database user may not do it; as the owner run %s"
              .formatted(store.place(), String.join(" ", grants)));
    }
    return "%s, not initialised: `studbook init` or the first backfill creates %s"
        .formatted(store.place(), String.join(", ", missing));
  }

  private String api(Store store, Settings settings) throws InterruptedException {
    Surroundings surroundings = session.surroundings();
    Acquaintance acquaintance =
        new Acquaintance(store.database(), Launch.setup(settings), Launch.time(surroundings));
    Answer answer =
        new Schema(store.database()).stands()
            ? acquaintance.ask()
            : acquaintance.askWithoutBudget();
    String base = settings.api().orElseThrow().base().toString();
    return switch (answer) {
      case Answer.Found _, Answer.Basic _, Answer.NotFound _ -> base + " answers";
      case Answer.Throttled _ ->
          throw new UserMistake(
              base
                  + " answered 429: somebody else uses the account's limit, or RACING_API_RATE is"
                  + " too high");
      case Answer.Unauthorised(int status) ->
          throw new UserMistake(
              base
                  + " answered "
                  + status
                  + ": look at RACING_API_USERNAME and RACING_API_PASSWORD");
      case Answer.Unavailable(var _, String message, boolean _, var _) ->
          throw new UserMistake(base + ": " + message);
      case Answer.Malformed(var _, String message) ->
          throw new UserMistake(base + " is no Racing API: " + message);
    };
  }
}
