package studbook.cli.settings;

import java.util.List;

/**
 * Invalid settings. Contains all errors, a sentence each, with the name of the variable or flag and
 * its format, never its value.
 */
public final class SettingsException extends RuntimeException {

  private final List<String> mistakes;

  SettingsException(List<String> mistakes) {
    super(String.join("\n", mistakes));
    this.mistakes = List.copyOf(mistakes);
  }

  public List<String> mistakes() {
    return mistakes;
  }
}
