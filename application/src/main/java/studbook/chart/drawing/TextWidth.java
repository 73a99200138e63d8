package studbook.chart.drawing;

import java.text.Normalizer;
import studbook.text.HumanFormat;

/**
 * The width of text in Helvetica, Arial and Liberation Sans, which have the same metrics: Adobe's
 * font metrics of Helvetica. Other characters than Latin letters are estimated.
 */
final class TextWidth {

  /** Of the characters from space to tilde, in thousandths of the font size. */
  private static final short[] WIDTHS = {
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, // space to /
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, // 0 to ?
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, // @ to O
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, // P to _
    333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, // ` to o
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584 // p to ~
  };

  private static final int OTHER = 600;
  private static final int IDEOGRAPH = 1000;
  private static final int FIRST_IDEOGRAPH = 0x2E80;
  private static final double BOLD = 1.07;

  /** To which share of its width text may be condensed before it is shortened. */
  private static final double CONDENSED = 0.82;

  private TextWidth() {}

  static double of(String text, double size, boolean bold) {
    double width =
        Normalizer.normalize(text, Normalizer.Form.NFD).codePoints().map(TextWidth::of).sum();
    return width / 1000 * size * (bold ? BOLD : 1);
  }

  private static int of(int character) {
    if (Character.getType(character) == Character.NON_SPACING_MARK) {
      return 0;
    }
    if (character >= ' ' && character <= '~') {
      return WIDTHS[character - ' '];
    }
    return character >= FIRST_IDEOGRAPH ? IDEOGRAPH : OTHER;
  }

  /** The text, or its beginning with an ellipsis if it does not fit even condensed. */
  static String shortened(String text, double longest, double size, boolean bold) {
    String shortened = text;
    for (int length = text.codePointCount(0, text.length());
        length > 1 && of(shortened, size, bold) * CONDENSED > longest;
        length--) {
      shortened = HumanFormat.shortened(text, length - 1);
    }
    return shortened;
  }
}
