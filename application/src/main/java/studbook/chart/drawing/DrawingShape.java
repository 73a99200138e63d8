package studbook.chart.drawing;

import java.util.List;
import java.util.Optional;

/** A part of a drawing, in points from the upper left corner. */
public sealed interface DrawingShape {

  /**
   * A rectangle.
   *
   * @param radius of its corners
   */
  record RectangleShape(
      double x,
      double y,
      double width,
      double height,
      double radius,
      Optional<DrawingColour> fill,
      Optional<DrawingColour> stroke,
      boolean dashed)
      implements DrawingShape {

    static RectangleShape filled(
        double x, double y, double width, double height, double radius, DrawingColour fill) {
      return new RectangleShape(
          x, y, width, height, radius, Optional.of(fill), Optional.empty(), false);
    }
  }

  /** A line through points. */
  record LineSequence(List<LinePoint> points, DrawingColour colour) implements DrawingShape {

    public LineSequence {
      points = List.copyOf(points);
    }
  }

  /** A point of a line. */
  record LinePoint(double x, double y) {}

  /**
   * A line of text.
   *
   * @param x its left end
   * @param y its baseline
   * @param width to which renderers fit it, whatever font they have
   */
  record TextLine(
      double x,
      double y,
      double width,
      String text,
      double size,
      boolean bold,
      DrawingColour colour)
      implements DrawingShape {

    private static final double SMALLEST = 0.66;

    /**
     * Text in its natural width. If that is more than {@code longest}, its letters are smaller,
     * then condensed, and its end is left out.
     */
    static TextLine at(
        double x,
        double y,
        double longest,
        String text,
        double size,
        boolean bold,
        DrawingColour colour) {
      double natural = TextWidth.of(text, size, bold);
      double smaller = natural <= longest ? size : size * Math.max(SMALLEST, longest / natural);
      String fitting = TextWidth.shortened(text, longest, smaller, bold);
      double width = Math.min(longest, TextWidth.of(fitting, smaller, bold));
      return new TextLine(x, y, width, fitting, smaller, bold, colour);
    }

    double end() {
      return x + width;
    }
  }
}
