package studbook.chart.drawing;

/**
 * A colour of a drawing.
 *
 * @param name its CSS class
 * @param light on white paper, as 0xRRGGBB
 * @param dark the same on a dark screen
 */
public record DrawingColour(String name, int light, int dark) {

  static final DrawingColour PAPER = new DrawingColour("paper", 0xFFFFFF, 0x141A17);
  static final DrawingColour INK = new DrawingColour("ink", 0x1D2521, 0xE3E9E5);
  static final DrawingColour FAINT = new DrawingColour("faint", 0x5C6963, 0x9EAAA3);
  static final DrawingColour LINE = new DrawingColour("line", 0x9AA7A0, 0x56635C);
  static final DrawingColour SIRE = new DrawingColour("sire", 0xEFF4F8, 0x1B252D);
  static final DrawingColour DAM = new DrawingColour("dam", 0xFAF2EF, 0x2E2320);
  static final DrawingColour BAD = new DrawingColour("bad", 0xA3261D, 0xFF8F83);

  /** In degrees; colours of neighbouring indexes differ much, and none returns soon. */
  private static final double GOLDEN_ANGLE = 137.508;

  private static final double FIRST_HUE = 215;

  /** Relative luminance: a contrast of 5 to white, and of 7 to the dark paper. */
  private static final double ON_WHITE = 0.16;

  private static final double ON_DARK = 0.37;

  /**
   * The colour of a repeated ancestor: its own hue, in a lightness that is legible on the paper.
   */
  static DrawingColour ofMark(int index) {
    double hue = (FIRST_HUE + index * GOLDEN_ANGLE) % 360;
    return new DrawingColour("mark" + index, shade(hue, ON_WHITE), shade(hue, ON_DARK));
  }

  /** {@code #1D2521}. */
  static String css(int colour) {
    return "#%06X".formatted(colour);
  }

  /** The shade of a hue that has this luminance, by bisection. */
  private static int shade(double hue, double luminance) {
    double low = 0;
    double high = 1;
    for (int i = 0; i < 12; i++) {
      double middle = (low + high) / 2;
      if (luminance(rgb(hue, middle)) < luminance) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return rgb(hue, high);
  }

  /** From hue and lightness, with a saturation of 70%. */
  private static int rgb(double hue, double lightness) {
    double chroma = 0.7 * Math.min(lightness, 1 - lightness);
    int rgb = 0;
    for (int channel : new int[] {0, 8, 4}) { // red, green, blue
      double k = (channel + hue / 30) % 12;
      double value = lightness - chroma * Math.clamp(Math.min(k - 3, 9 - k), -1, 1);
      rgb = rgb << 8 | (int) Math.round(value * 255);
    }
    return rgb;
  }

  /** As WCAG 2 defines it. */
  static double luminance(int rgb) {
    return 0.2126 * linear(rgb >> 16)
        + 0.7152 * linear(rgb >> 8 & 0xFF)
        + 0.0722 * linear(rgb & 0xFF);
  }

  private static double linear(int channel) {
    double value = channel / 255.0;
    return value <= 0.03928 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
  }
}
