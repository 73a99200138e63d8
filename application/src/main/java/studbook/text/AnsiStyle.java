package studbook.text;

/** Colours and weights of a terminal, or none. Colour never carries information of its own. */
public enum AnsiStyle {
  /** ANSI escape sequences. */
  COLOURED,
  /** Plain text: a file, a pipe, or NO_COLOR is set. */
  PLAIN;

  private static final String RESET = "\u001B[0m";

  public String good(String text) {
    return in("\u001B[32m", text);
  }

  public String warning(String text) {
    return in("\u001B[33m", text);
  }

  public String bad(String text) {
    return in("\u001B[31m", text);
  }

  public String strong(String text) {
    return in("\u001B[1m", text);
  }

  public String faint(String text) {
    return in("\u001B[2m", text);
  }

  private String in(String sequence, String text) {
    return this == PLAIN || text.isEmpty() ? text : sequence + text + RESET;
  }
}
