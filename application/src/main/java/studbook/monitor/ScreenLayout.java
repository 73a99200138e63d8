package studbook.monitor;

import java.util.List;

/**
 * Distributes the free lines of the screen.
 *
 * @param chart without its axis; 0 if it does not fit
 * @param errors without their heading
 * @param airy whether there are blank lines between blocks
 */
record ScreenLayout(int chart, int errors, boolean airy) {

  private static final int FEWEST_ERRORS = 5;
  private static final int LOWEST_CHART = 2;
  private static final int HIGHEST_CHART = 16;
  private static final int AXIS_AND_HEADING = 2;
  private static final int BLANKS = 4;
  private static final int USUAL_CHART = 6;

  /**
   * Distributes them: five errors first, then a low chart, then blank lines, then more of both.
   *
   * @param errors available
   */
  static ScreenLayout of(int lines, int errors) {
    int fewest = Math.min(FEWEST_ERRORS, errors);
    int left = lines - AXIS_AND_HEADING - fewest;
    boolean airy = left >= 2 * LOWEST_CHART + BLANKS;
    int free = left - (airy ? BLANKS : 0);
    int more = Math.clamp((free - USUAL_CHART) / 2, 0, errors - fewest);
    int chart = Math.min(HIGHEST_CHART, free - more);
    return chart < LOWEST_CHART
        ? new ScreenLayout(0, Math.clamp(lines - 1L, 0, fewest), false)
        : new ScreenLayout(chart, Math.min(errors, fewest + free - chart), airy);
  }

  /** The lines between two blocks. */
  List<String> blank() {
    return airy ? List.of("") : List.of();
  }
}
