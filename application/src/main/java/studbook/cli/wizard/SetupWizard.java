package studbook.cli.wizard;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import studbook.cli.check.InstallationCheck;
import studbook.cli.check.InstallationCheck.CheckLine;
import studbook.cli.check.InstallationCheck.CheckedPart;
import studbook.cli.settings.Requirement;
import studbook.cli.settings.SettingName;
import studbook.cli.settings.Settings;
import studbook.cli.support.CommandContext;
import studbook.cli.support.DatabaseSession;
import studbook.cli.support.ExitCode;
import studbook.cli.terminal.AnswerPrompt;
import studbook.cli.terminal.AnswerPrompt.InputEndedException;
import studbook.cli.wizard.DatabaseStep.ConnectedDatabase;
import studbook.store.database.Schema;
import studbook.store.mapping.MappingRepository;

/**
 * Sets up an installation on an existing database: connects, finds the tables, creates views and
 * Studbook's schema, checks everything as {@code check} does, and keeps the settings. Each change
 * is made as a whole, after it was agreed to.
 */
public final class SetupWizard {

  private final WizardDialog dialog;
  private final CommandContext context;
  private final WizardOptions options;
  private final Map<String, String> answers = new LinkedHashMap<>();
  private boolean prepared;

  private SetupWizard(WizardDialog dialog, WizardOptions options) {
    this.dialog = dialog;
    this.context = dialog.context();
    this.options = options;
  }

  /** Runs it; asks questions on a terminal only. Returns the exit code. */
  public static int run(CommandContext context, WizardOptions options) throws IOException {
    if (options.isNonInteractive() || !context.environment().terminal()) {
      context.settings(Requirement.API, Requirement.DATABASE);
      return new SetupWizard(new WizardDialog(context, Optional.empty()), options).run();
    }
    context.settings();
    try (AnswerPrompt prompt = AnswerPrompt.open(context)) {
      return new SetupWizard(new WizardDialog(context, Optional.of(prompt)), options).run();
    }
  }

  private int run() throws IOException {
    try {
      dialog.heading("Database");
      boolean ready = prepareDatabase();
      dialog.heading("Account of The Racing API");
      AccountStep account = new AccountStep(dialog);
      answers.putAll(account.missing());
      boolean good = check(ready, account);
      new SaveStep(dialog, options).save(toSave(), good);
      finish(ready, good);
      return ready && good ? ExitCode.DONE : ExitCode.USAGE_ERROR;
    } catch (InputEndedException e) {
      context.println("");
      context.println(
          prepared
              ? "Stopped. The views are there; .env.local was not written."
              : "Stopped. Nothing was changed.");
      return ExitCode.STOPPED;
    }
  }

  /** Whether Studbook's tables exist, or can be created. */
  private boolean prepareDatabase() throws InputEndedException, IOException {
    ConnectedDatabase connected = new DatabaseStep(dialog).connect();
    try (DatabaseSession session = connected.session()) {
      answers.putAll(connected.answers());
      dialog.heading("Tables");
      TableStep step = new TableStep(dialog, options, new MappingRepository(session.jdbi()));
      boolean ready = step.prepare();
      prepared = step.hasCreatedViews();
      return ready;
    }
  }

  private boolean check(boolean ready, AccountStep account) throws InputEndedException {
    boolean requests =
        !options.skipsApi()
            && dialog.agrees("Test the account with one or two requests?", true, true);
    while (true) {
      dialog.heading("Checks");
      List<CheckLine> lines = lines(ready, requests);
      Optional<CheckLine> failed = lines.stream().filter(line -> !line.ok()).findFirst();
      boolean onlyApi = failed.filter(line -> line.equals(lines.getLast())).isPresent() && requests;
      if (!onlyApi
          || !account.isChangeable()
          || !dialog.ask().agrees("Enter the account again?", true)) {
        return failed.isEmpty();
      }
      answers.putAll(account.again());
    }
  }

  private List<CheckLine> lines(boolean ready, boolean requests) {
    CommandContext with = context.withVariables(answers);
    Settings settings = with.settings(Requirement.API, Requirement.DATABASE);
    InstallationCheck check = new InstallationCheck(with, settings);
    List<CheckLine> lines = new ArrayList<>();
    add(lines, check.settings());
    add(lines, check.directory());
    try (DatabaseSession session = DatabaseSession.connect(settings, with)) {
      if (ready) {
        add(lines, database(check, session, settings, with));
      }
      if (requests) {
        add(lines, check.api(session));
      }
    } catch (RuntimeException e) {
      if (context.stopSignal().isStopping()) {
        throw e;
      }
      add(lines, InstallationCheck.failed(CheckedPart.DATABASE, with.sentence(e)));
    }
    return lines;
  }

  /** Creates what is missing, unless the first check says that this user may not. */
  private static CheckLine database(
      InstallationCheck check, DatabaseSession session, Settings settings, CommandContext with) {
    CheckLine before = check.database(session);
    if (!before.ok() || new Schema(session.database()).isUpToDate()) {
      return before;
    }
    try (DatabaseSession migrated = DatabaseSession.open(settings, with)) {
      return check.database(migrated);
    }
  }

  private void add(List<CheckLine> lines, CheckLine line) {
    InstallationCheck.print(context, line);
    lines.add(line);
  }

  /** The answers; with --save also what the environment has. */
  private Map<String, String> toSave() {
    Map<String, String> variables = new LinkedHashMap<>();
    if (options.saves()) {
      for (SettingName name :
          List.of(
              SettingName.DATABASE_URL,
              SettingName.RACING_API_USERNAME,
              SettingName.RACING_API_PASSWORD)) {
        String value = context.environment().environment().getOrDefault(name.name(), "");
        if (!value.isBlank()) {
          variables.put(name.name(), value);
        }
      }
    }
    variables.putAll(answers);
    return variables;
  }

  private void finish(boolean ready, boolean good) {
    context.println("");
    if (!ready) {
      dialog.say("Next: run the statements as the owner, then `studbook init --wizard` again.");
    } else if (good) {
      dialog.say("Ready. Next: `studbook plan`, then `studbook backfill --test` for ten horses.");
    } else {
      dialog.say("Correct what failed, then run `studbook check`.");
    }
  }
}
