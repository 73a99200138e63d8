package studbook.cli.wizard;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import studbook.cli.settings.Requirement;
import studbook.cli.settings.SettingName;
import studbook.cli.settings.Settings;
import studbook.cli.settings.SettingsException;
import studbook.cli.support.CommandContext;
import studbook.cli.support.DatabaseSession;
import studbook.cli.support.ErrorMessages;
import studbook.cli.support.UsageException;
import studbook.cli.terminal.AnswerPrompt.InputEndedException;
import studbook.store.connection.DatabaseAddress;

/** Finds out which database has the horses, and connects to it. */
final class DatabaseStep {

  private static final String VARIABLE = "DATABASE_URL";

  /** What Supabase displays in place of the password. */
  private static final String PLACEHOLDER = ":[YOUR-PASSWORD]";

  private static final String FORM = "postgresql://user:password@host:5432/database";

  private static final String EXAMPLE = FORM + "?sslmode=require";

  private final WizardDialog dialog;
  private final CommandContext context;

  DatabaseStep(WizardDialog dialog) {
    this.dialog = dialog;
    this.context = dialog.context();
  }

  /**
   * An open database.
   *
   * @param answers the variables that the user gave
   */
  record ConnectedDatabase(DatabaseSession session, Map<String, String> answers) {}

  ConnectedDatabase connect() throws InputEndedException {
    Optional<String> source =
        context
            .settingSource(SettingName.DATABASE_URL)
            .or(() -> context.settingSource(SettingName.SUPABASE_DB_URL));
    if (source.isPresent()) {
      Optional<ConnectedDatabase> given = given(source.get());
      if (given.isPresent()) {
        return given.get();
      }
    } else if (!dialog.isInteractive()) {
      throw new UsageException(
          "%s is not set: set it in the environment, .env.local or .env to the database with your horses, as in %s"
              .formatted(VARIABLE, EXAMPLE));
    }
    dialog.say("The connection string of the database with your horses:");
    dialog.say("  " + FORM);
    dialog.say("Supabase: Project → Connect → Session pooler.");
    while (true) {
      Optional<ConnectedDatabase> asked = ask();
      if (asked.isPresent()) {
        return asked.get();
      }
    }
  }

  /** The database of the settings; empty if another is wanted. */
  private Optional<ConnectedDatabase> given(String source) throws InputEndedException {
    boolean fixed = !dialog.isInteractive() || source.equals("environment");
    try {
      Settings settings = context.settings(Requirement.DATABASE);
      DatabaseAddress address = settings.database().orElseThrow();
      String found = "%s (from %s)".formatted(address.location(), source);
      if (fixed) {
        dialog.say(found);
      } else if (!dialog.ask().agrees("Use " + found + "?", true)) {
        return Optional.empty();
      }
      return Optional.of(
          new ConnectedDatabase(DatabaseSession.connect(settings, context), Map.of()));
    } catch (RuntimeException e) {
      if (fixed || context.stopSignal().isStopping()) {
        throw e;
      }
      dialog.warn(sentence(e));
      return Optional.empty();
    }
  }

  private Optional<ConnectedDatabase> ask() throws InputEndedException {
    String url = dialog.ask().masked("Database URL: ", UrlMask::masked);
    if (url.isEmpty()) {
      dialog.warn(
          "Without a database of your own you need no wizard: `studbook init` creates one, and"
              + " `studbook import` loads horses from a file. Ctrl-C ends this.");
      return Optional.empty();
    }
    try {
      url = withPassword(url.replace(PLACEHOLDER, ""));
      Map<String, String> answers = Map.of(VARIABLE, url);
      CommandContext with = context.withVariables(answers);
      Settings settings = with.settings(Requirement.DATABASE);
      dialog.say("Connecting to %s …".formatted(settings.database().orElseThrow().location()));
      return Optional.of(new ConnectedDatabase(DatabaseSession.connect(settings, with), answers));
    } catch (RuntimeException e) {
      if (context.stopSignal().isStopping()) {
        throw e;
      }
      dialog.warn(sentence(e));
      return Optional.empty();
    }
  }

  /** Asks for the password if the URL has none. */
  private String withPassword(String url) throws InputEndedException {
    Settings settings = context.withVariables(Map.of(VARIABLE, url)).settings(Requirement.DATABASE);
    DatabaseAddress address = settings.database().orElseThrow();
    if (address.password().isPresent()) {
      return url;
    }
    String password =
        dialog
            .ask()
            .secret(
                "Password of %s (Enter: none): "
                    .formatted(ErrorMessages.oneLine(address.username().reveal())));
    return password.isEmpty()
        ? url
        : url
            + (url.contains("?") ? "&" : "?")
            + "password="
            + URLEncoder.encode(password, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private String sentence(RuntimeException e) {
    return e instanceof SettingsException settings
        ? String.join("; ", settings.mistakes())
        : ErrorMessages.sentence(e);
  }
}
