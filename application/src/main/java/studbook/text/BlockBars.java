package studbook.text;

/** Bars and columns of block characters, with a resolution of an eighth of a character. */
public final class BlockBars {

  private static final int EIGHTHS = 8;
  private static final String FROM_THE_LEFT = " ▏▎▍▌▋▊▉█";
  private static final String FROM_BELOW = " ▁▂▃▄▅▆▇█";

  private BlockBars() {}

  /** A bar filled to {@code percent}, padded with blanks to {@code width} characters. */
  public static String bar(double percent, int width) {
    int eighths = (int) Math.round(Math.clamp(percent, 0, 100) / 100 * width * EIGHTHS);
    StringBuilder bar = new StringBuilder();
    for (int i = 0; i < width; i++) {
      bar.append(FROM_THE_LEFT.charAt(Math.clamp(eighths - (long) i * EIGHTHS, 0, EIGHTHS)));
    }
    return bar.toString();
  }

  /**
   * One character of a column.
   *
   * @param height of the column in characters
   * @param row counted from below, from 0
   */
  public static char column(double height, int row) {
    return FROM_BELOW.charAt(Math.clamp(Math.round((height - row) * EIGHTHS), 0, EIGHTHS));
  }
}
