package studbook.cli.settings;

import java.util.List;

/**
 * The person's settings cannot be used. Holds every mistake at once, a sentence each, with the name
 * of the variable or flag and what it should look like, and never with its value.
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
