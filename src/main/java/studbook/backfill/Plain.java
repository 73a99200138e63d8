package studbook.backfill;

/** Makes text from outside harmless to look at. */
final class Plain {

  private static final int LONGEST = 60;

  private Plain() {}

  /** At most sixty characters on one line, without control, format or direction characters. */
  static String excerpt(String text) {
    String head = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    return head.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "\uFFFD");
  }
}
