package studbook.cli.wizard;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import studbook.cli.settings.Requirement;
import studbook.cli.settings.SettingName;
import studbook.cli.settings.SettingsException;
import studbook.cli.support.CommandContext;
import studbook.cli.terminal.AnswerPrompt.InputEndedException;

/** Finds out the account of The Racing API. */
final class AccountStep {

  private static final List<SettingName> NAMES =
      List.of(SettingName.RACING_API_USERNAME, SettingName.RACING_API_PASSWORD);

  private final WizardDialog dialog;
  private final CommandContext context;

  AccountStep(WizardDialog dialog) {
    this.dialog = dialog;
    this.context = dialog.context();
  }

  /** The variables that the settings lack. */
  Map<String, String> missing() throws InputEndedException {
    Map<String, String> answers = new LinkedHashMap<>();
    for (SettingName name : NAMES) {
      Optional<String> source = context.settingSource(name);
      if (source.isPresent()) {
        dialog.say("%s (from %s)".formatted(name, source.get()));
      } else if (dialog.isInteractive()) {
        ask(name, answers);
      }
    }
    return answers;
  }

  /** Both variables again; empty if they cannot be changed here. */
  Map<String, String> again() throws InputEndedException {
    Map<String, String> answers = new LinkedHashMap<>();
    for (SettingName name : NAMES) {
      ask(name, answers);
    }
    return answers;
  }

  /** Whether another answer would have an effect. */
  boolean isChangeable() {
    return dialog.isInteractive()
        && NAMES.stream()
            .map(context::settingSource)
            .flatMap(Optional::stream)
            .noneMatch("environment"::equals);
  }

  private void ask(SettingName name, Map<String, String> answers) throws InputEndedException {
    String question = name == SettingName.RACING_API_USERNAME ? "User name: " : "Password: ";
    while (true) {
      String answer = dialog.ask().secret(question);
      if (answer.isBlank()) {
        continue;
      }
      try {
        context.withVariables(Map.of(name.name(), answer)).settings(new Requirement[0]);
        answers.put(name.name(), answer);
        return;
      } catch (SettingsException e) {
        e.mistakes().forEach(mistake -> dialog.warn(mistake + "."));
      }
    }
  }
}
