package studbook.cli;

import java.io.PrintStream;
import java.util.Set;
import studbook.cli.settings.Need;
import studbook.cli.settings.Settings;
import studbook.cli.settings.SettingsLoader;

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

  /** The settings for a command with these needs; all mistakes are listed at once. */
  Settings settings(Need... needs) {
    return new SettingsLoader(surroundings.environment(), surroundings.workingDirectory())
        .load(options.flags(), Set.of(needs));
  }

  /** Says something that is not the command's result, on stderr. */
  void say(String sentence) {
    surroundings.err().println(sentence);
  }
}
