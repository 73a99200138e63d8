package studbook.text;

/** Colours and weights of a terminal, or none. Colour never carries information of its own. */
public enum AnsiStyle {
  /** ANSI escape sequences. */
  COLOURED,
  /** Plain text: a file, a pipe, or NO_COLOR is set. */
  PLAIN;

  /** Of the palette of 256 colours; neighbours differ most. */
  private static final int[] CATEGORIES = {
    33, 166, 35, 163, 136, 98, 160, 37, 130, 70, 205, 67, 101, 175
  };

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

  /**
   * One of 14 colours that are legible on light and dark backgrounds; the same again after these.
   */
  public String category(int index, String text) {
    return in("\u001B[1;38;5;" + CATEGORIES[index % CATEGORIES.length] + "m", text);
  }

  private String in(String sequence, String text) {
    return this == PLAIN || text.isEmpty() ? text : sequence + text + RESET;
  }
}
