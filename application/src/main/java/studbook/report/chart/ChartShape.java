package studbook.report.chart;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A part of a drawing. Its look is a name that a style sheet explains. */
public sealed interface ChartShape {

  /** What a shape means. */
  enum CssClass {
    AXIS,
    GRID,
    AREA,
    CURVE,
    MARK,
    GAP,
    FAINT,
    TEXT;

    /** As a style sheet spells it. */
    public String css() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Which of its ends, or its middle, a label's point is. */
  enum TextAnchor {
    START,
    MIDDLE,
    END;

    /** As SVG spells it. */
    public String svg() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  CssClass look();

  /** A filled rectangle. */
  record BoxShape(double x, double y, double width, double height, CssClass look)
      implements ChartShape {}

  record LineShape(double x1, double y1, double x2, double y2, CssClass look)
      implements ChartShape {}

  /** A line through points, one after another; an area is filled. */
  record PathShape(List<ChartPoint> points, CssClass look) implements ChartShape {

    public PathShape {
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
  record TextLabel(
      double x, double y, String text, TextAnchor anchor, boolean upright, CssClass look)
      implements ChartShape {

    public static TextLabel at(double x, double y, String text, TextAnchor anchor, CssClass look) {
      return new TextLabel(x, y, text, anchor, false, look);
    }
  }

  record ChartPoint(double x, double y) {}

  /** To a tenth of a point, which nobody sees. */
  static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
