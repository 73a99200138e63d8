package studbook.model;

/** Text from outside: whether it may be written, and how it may be shown. */
public final class SafeText {

  private SafeText() {}

  /**
   * Whether a value holds nothing that no name holds: no control characters, line separators,
   * direction overrides, or halves of surrogates.
   */
  public static boolean is(String text) {
    int next;
    for (int index = 0; index < text.length(); index = next) {
      int codePoint = text.codePointAt(index);
      if (isUnprintable(codePoint)) {
        return false;
      }
      next = index + Character.charCount(codePoint);
    }
    return true;
  }

  /** Without what shows nothing at its ends: white space of every kind, marks of no width. */
  public static String trimmed(String text) {
    int begin = 0;
    int end = text.length();
    while (begin < end && showsNothing(text.charAt(begin))) {
      begin++;
    }
    while (end > begin && showsNothing(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(begin, end);
  }

  private static boolean showsNothing(char c) {
    return Character.isWhitespace(c)
        || Character.isSpaceChar(c)
        || Character.getType(c) == Character.FORMAT;
  }

  private static boolean isUnprintable(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default ->
          (codePoint >= 0x202A && codePoint <= 0x202E)
              || (codePoint >= 0x2066 && codePoint <= 0x2069);
    };
  }

  /**
   * The beginning of a text, fit for a terminal and a log: on one line, and without what a terminal
   * or a reader's eye could be deceived by: controls, formatting and direction marks, halves of
   * surrogates, private and unassigned characters, each shown as U+FFFD.
   *
   * @param longest in characters of Unicode; what is longer ends in an ellipsis
   */
  public static String excerpt(String text, int longest) {
    boolean whole = text.codePointCount(0, text.length()) <= longest;
    String head = whole ? text : text.substring(0, text.offsetByCodePoints(0, longest)) + "…";
    return head.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "\uFFFD").strip();
  }
}
