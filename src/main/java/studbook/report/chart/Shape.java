package studbook.report.chart;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A part of a drawing. Its look is a name that a style sheet explains. */
public sealed interface Shape {

  /** What a shape means. */
  enum Look {
    AXIS,
    GRID,
    BAR,
    AREA,
    CURVE,
    MARK,
    GAP,
    GOOD,
    FAIR,
    POOR,
    BAD,
    FAINT,
    TEXT,
    STRONG;

    /** As a style sheet spells it. */
    public String css() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Which of its ends, or its middle, a label's point is. */
  enum Anchor {
    START,
    MIDDLE,
    END;

    /** As SVG spells it. */
    public String svg() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  Look look();

  /** A filled rectangle. */
  record Box(double x, double y, double width, double height, Look look) implements Shape {}

  record Line(double x1, double y1, double x2, double y2, Look look) implements Shape {}

  /** A line through points, one after another; an area is filled. */
  record Path(List<Point> points, Look look) implements Shape {

    public Path {
      points = List.copyOf(points);
    }

    /** {@code 0,10 20,5}, as SVG has it. */
    public String svg() {
      return points.stream()
          .map(point -> number(point.x()) + "," + number(point.y()))
          .collect(Collectors.joining(" "));
    }
  }

  /** Text; an upright one is read from below. */
  record Label(double x, double y, String text, Anchor anchor, boolean upright, Look look)
      implements Shape {

    public static Label at(double x, double y, String text, Anchor anchor, Look look) {
      return new Label(x, y, text, anchor, false, look);
    }
  }

  record Point(double x, double y) {}

  /** To a tenth of a point, which nobody sees. */
  static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
