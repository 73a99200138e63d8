package studbook.model;

/** Text from outside: whether it may be written, and how it is displayed. */
public final class SafeText {

  private SafeText() {}

  /**
   * Whether a value has only characters of names: no controls, line separators, direction overrides
   * or unpaired surrogates.
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

  /** Removes invisible characters at both ends: white space of every kind, zero-width marks. */
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
   * The beginning of a text for a terminal or log: one line, with U+FFFD for controls, formatting
   * and direction marks, unpaired surrogates, private and unassigned characters, which could
   * deceive a terminal or a reader.
   *
   * @param longest in Unicode characters; longer text ends in an ellipsis
   */
  public static String excerpt(String text, int longest) {
    boolean whole = text.codePointCount(0, text.length()) <= longest;
    String head = whole ? text : text.substring(0, text.offsetByCodePoints(0, longest)) + "…";
    return head.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "\uFFFD").strip();
  }
}
