package studbook.chart.drawing;

import java.util.ArrayList;
import java.util.List;

/**
 * The boxes of one generation, in points.
 *
 * @param x left edge of the boxes
 * @param width of the boxes
 * @param top upper edge of the chart
 * @param slot height of the chart for each box
 */
record ChartColumn(int generation, double x, double width, double top, double slot) {

  private static final double BETWEEN_COLUMNS = 11;
  private static final double BETWEEN_BOXES = 2;
  private static final double HIGHEST = 34;
  private static final double LEAST_FOR_TWO_LINES = 18;

  /** A box of one line needs more width than one of two. */
  private static final double WIDER = 1.35;

  /** The columns of a chart in a rectangle. */
  static List<ChartColumn> of(
      int generations, double left, double top, double width, double height) {
    double weights = 0;
    for (int generation = 0; generation <= generations; generation++) {
      weights += weight(height / (1 << generation));
    }
    double unit = (width - generations * BETWEEN_COLUMNS) / weights;
    List<ChartColumn> columns = new ArrayList<>();
    double x = left;
    for (int generation = 0; generation <= generations; generation++) {
      double slot = height / (1 << generation);
      columns.add(new ChartColumn(generation, x, unit * weight(slot), top, slot));
      x += unit * weight(slot) + BETWEEN_COLUMNS;
    }
    return columns;
  }

  private static double weight(double slot) {
    return height(slot) >= LEAST_FOR_TWO_LINES ? 1 : WIDER;
  }

  private static double height(double slot) {
    return Math.min(HIGHEST, slot - Math.min(BETWEEN_BOXES, slot / 6));
  }

  double height() {
    return height(slot);
  }

  boolean hasTwoLines() {
    return height() >= LEAST_FOR_TWO_LINES;
  }

  /** Font size of names. */
  double nameSize() {
    return hasTwoLines()
        ? Math.clamp((height() - 4) / 2.4, 6.5, 9.5)
        : Math.min(7.5, height() * 0.74);
  }

  /** The middle of the box of a place. */
  double middle(int number) {
    return top + (number - (1 << generation) + 0.5) * slot;
  }

  /** The middle of the space before the next column, where brackets fork. */
  double fork() {
    return right() + BETWEEN_COLUMNS / 2;
  }

  double right() {
    return x + width;
  }
}
