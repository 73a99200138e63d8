package studbook.report.chart;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A part of a drawing. Its look is a CSS class. */
public sealed interface ChartShape {

  /** The meaning of a shape. */
  enum CssClass {
    AXIS,
    GRID,
    AREA,
    CURVE,
    MARK,
    GAP,
    FAINT,
    TEXT;

    /** As in a style sheet. */
    public String css() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Which end, or the middle, of a label its point is. */
  enum TextAnchor {
    START,
    MIDDLE,
    END;

    /** As in SVG. */
    public String svg() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  CssClass cssClass();

  /** A filled rectangle. */
  record BoxShape(double x, double y, double width, double height, CssClass cssClass)
      implements ChartShape {}

  record LineShape(double x1, double y1, double x2, double y2, CssClass cssClass)
      implements ChartShape {}

  /** A line through points; an area is filled. */
  record PathShape(List<ChartPoint> points, CssClass cssClass) implements ChartShape {

    public PathShape {
      points = List.copyOf(points);
    }

    /** {@code 0,10 20,5}, as in SVG. */
    public String svg() {
      return points.stream()
          .map(point -> number(point.x()) + "," + number(point.y()))
          .collect(Collectors.joining(" "));
    }
  }

  /** Text; an upright one is read from below. */
  record TextLabel(
      double x, double y, String text, TextAnchor anchor, boolean upright, CssClass cssClass)
      implements ChartShape {

    public static TextLabel at(
        double x, double y, String text, TextAnchor anchor, CssClass cssClass) {
      return new TextLabel(x, y, text, anchor, false, cssClass);
    }
  }

  record ChartPoint(double x, double y) {}

  /** To a tenth of a point, which is invisible. */
  static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
