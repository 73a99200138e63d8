package studbook.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Set;
import studbook.cli.settings.Need;
import studbook.cli.settings.Settings;
import studbook.cli.settings.SettingsException;
import studbook.cli.settings.SettingsLoader;
import studbook.store.DatabaseAddress;
import studbook.text.Style;

/** One call of the program: its surroundings and its global options. */
final class Session {

  private final Surroundings surroundings;
  private final GlobalOptions options;
  private final StopSignal stopSignal;

  Session(Surroundings surroundings, GlobalOptions options, StopSignal stopSignal) {
    this.surroundings = surroundings;
    this.options = options;
    this.stopSignal = stopSignal;
  }

  Surroundings surroundings() {
    return surroundings;
  }

  /** Where a command says what a signal should do. */
  StopSignal stopSignal() {
    return stopSignal;
  }

  PrintStream out() {
    return surroundings.out();
  }

  /** Colours where a person sits and has not set NO_COLOR. */
  Style style() {
    boolean plain = !surroundings.environment().getOrDefault("NO_COLOR", "").isEmpty();
    return surroundings.terminal() && !plain ? Style.COLOURED : Style.PLAIN;
  }

  /** Columns that a table may take; without end where nobody looks at a terminal. */
  int width() throws IOException {
    if (!surroundings.terminal()) {
      return Integer.MAX_VALUE;
    }
    try (Screen screen = Screen.of(surroundings)) {
      return screen.width();
    }
  }

  /** The settings for a command with these needs; all mistakes are listed at once. */
  Settings settings(Need... needs) {
    return new SettingsLoader(surroundings.environment(), surroundings.workingDirectory())
        .load(options.flags(), Set.of(needs));
  }

  /**
   * The database's address as the environment and the files give it now; {@code before} where they
   * give none or cannot be read.
   */
  DatabaseAddress newest(DatabaseAddress before) {
    try {
      return settings(Need.DATABASE).database().orElse(before);
    } catch (SettingsException e) {
      return before;
    }
  }

  /** Says something that is not the command's result, on stderr. */
  void say(String sentence) {
    surroundings.err().println(sentence);
  }
}
