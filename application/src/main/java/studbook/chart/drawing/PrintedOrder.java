package studbook.chart.drawing;

import java.text.Bidi;

/**
 * The characters of a line from left to right: Hebrew and Arabic words run the other way, within a
 * line that runs to the right.
 */
final class PrintedOrder {

  private PrintedOrder() {}

  /** The characters as they stand on paper, as Unicode code points. */
  static int[] of(String text) {
    Bidi bidi = new Bidi(text, Bidi.DIRECTION_LEFT_TO_RIGHT);
    int[] written = text.codePoints().toArray();
    if (bidi.isLeftToRight()) {
      return written;
    }
    Integer[] printed = new Integer[written.length];
    byte[] levels = new byte[written.length];
    int at = 0;
    for (int place = 0; place < written.length; place++) {
      levels[place] = (byte) bidi.getLevelAt(at);
      boolean reversed = levels[place] % 2 == 1;
      printed[place] = reversed ? mirrored(written[place]) : written[place];
      at += Character.charCount(written[place]);
    }
    Bidi.reorderVisually(levels, 0, printed, 0, printed.length);
    int[] characters = new int[printed.length];
    for (int place = 0; place < characters.length; place++) {
      characters[place] = printed[place];
    }
    return characters;
  }

  private static int mirrored(int character) {
    return switch (character) {
      case '(' -> ')';
      case ')' -> '(';
      case '[' -> ']';
      case ']' -> '[';
      default -> character;
    };
  }
}
