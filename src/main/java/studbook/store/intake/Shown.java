package studbook.store.intake;

/** Text of a hostile file, made fit for a terminal: short, and without what moves a cursor. */
final class Shown {

  private static final int LONGEST = 40;

  private Shown() {}

  static String quoted(String text) {
    return "'" + plain(text) + "'";
  }

  static String plain(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .limit(LONGEST)
        .forEach(point -> shown.appendCodePoint(Column.isUnprintable(point) ? '\uFFFD' : point));
    return text.codePointCount(0, text.length()) > LONGEST
        ? shown.append('…').toString()
        : shown.toString();
  }
}
