package studbook.cli.wizard;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import studbook.cli.settings.EnvFileUpdate;
import studbook.cli.support.CommandContext;
import studbook.cli.support.UsageException;
import studbook.cli.terminal.AnswerPrompt.InputEndedException;

/** Keeps the answers in .env.local, or says which variables to set. */
final class SaveStep {

  private static final String FILE = ".env.local";

  private final WizardDialog dialog;
  private final CommandContext context;
  private final WizardOptions options;

  SaveStep(WizardDialog dialog, WizardOptions options) {
    this.dialog = dialog;
    this.context = dialog.context();
    this.options = options;
  }

  /**
   * Writes the file if the user agrees.
   *
   * @param usual the answer of an empty line
   */
  void save(Map<String, String> variables, boolean usual) throws InputEndedException, IOException {
    if (variables.isEmpty()) {
      return;
    }
    String names = String.join(", ", variables.keySet());
    if (!options.saves() && !dialog.isInteractive()) {
      return;
    }
    dialog.heading("Settings");
    if (!options.saves() && dialog.isInteractive()) {
      dialog.say("%s can keep %s.".formatted(FILE, names));
    }
    if (options.saves() || dialog.agrees("Write it, readable by you only?", usual, false)) {
      Path file = context.environment().workingDirectory().resolve(FILE);
      try {
        dialog.say(
            new EnvFileUpdate(file).set(variables)
                ? "%s has %s. Keep it out of version control.".formatted(FILE, names)
                : "%s has these values already.".formatted(FILE));
      } catch (IllegalArgumentException e) {
        throw new UsageException(String.valueOf(e.getMessage()));
      }
      return;
    }
    if (dialog.isInteractive()) {
      dialog.say("Nothing is saved. Set these variables before you use Studbook:");
      variables.keySet().forEach(name -> context.println("  export %s='…'".formatted(name)));
    }
  }
}
