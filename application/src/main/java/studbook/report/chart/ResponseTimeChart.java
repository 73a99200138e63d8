package studbook.report.chart;

import static studbook.report.chart.ChartShape.TextLabel.at;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import studbook.report.chart.ChartShape.CssClass;
import studbook.report.chart.ChartShape.TextAnchor;
import studbook.report.figures.ResponseTimeDistribution;
import studbook.report.figures.TimeFormat;
import studbook.text.HumanFormat;

/** How long answers took, as bars. Pure. */
public record ResponseTimeChart(ResponseTimeDistribution spread) {

  private static final int WIDTH = 720;
  private static final int HEIGHT = 230;
  private static final double LEFT = 52;
  private static final double RIGHT = WIDTH - 14;
  private static final double TOP = 40;
  private static final double BOTTOM = HEIGHT - 30;
  private static final int MOST_LABELS = 8;

  public SvgChart draw() {
    List<ResponseTimeDistribution.ResponseTimeBar> bars = spread.bars();
    long most =
        bars.stream().mapToLong(ResponseTimeDistribution.ResponseTimeBar::answers).max().orElse(1);
    List<Double> levels = AxisTicks.upTo((double) most, 4);
    List<ChartShape> shapes = new ArrayList<>();
    shapes.add(at(LEFT - 40, 16, "answers", TextAnchor.START, CssClass.FAINT));
    for (double level : levels) {
      double y = BOTTOM - level / levels.getLast() * (BOTTOM - TOP);
      shapes.add(new ChartShape.LineShape(LEFT, y, RIGHT, y, CssClass.GRID));
      if (level == Math.rint(level)) {
        shapes.add(
            at(LEFT - 8, y + 4, HumanFormat.count((long) level), TextAnchor.END, CssClass.FAINT));
      }
    }
    double width = (RIGHT - LEFT) / bars.size();
    int every = Math.ceilDiv(bars.size(), MOST_LABELS);
    for (int i = 0; i < bars.size(); i++) {
      ResponseTimeDistribution.ResponseTimeBar bar = bars.get(i);
      double x = LEFT + i * width;
      double height = bar.answers() / levels.getLast() * (BOTTOM - TOP);
      shapes.add(
          new ChartShape.BoxShape(
              x + 1, BOTTOM - height, Math.max(1, width - 2), height, CssClass.BAR));
      if (i % every == 0) {
        shapes.add(new ChartShape.LineShape(x, BOTTOM, x, BOTTOM + 5, CssClass.AXIS));
        shapes.add(
            at(x, BOTTOM + 19, TimeFormat.millis(bar.from()), TextAnchor.MIDDLE, CssClass.FAINT));
      }
    }
    shapes.add(new ChartShape.LineShape(LEFT, BOTTOM, RIGHT, BOTTOM, CssClass.AXIS));
    addMark(shapes, spread.median(), "half", 14);
    addMark(shapes, spread.ninetieth(), "90%", 30);
    return new SvgChart(
        "answers",
        "How long answers took",
        "Half of the answers came within %s, 99%% within %s."
            .formatted(TimeFormat.millis(spread.median()), TimeFormat.millis(spread.ninetyNinth())),
        WIDTH,
        HEIGHT,
        shapes);
  }

  private void addMark(List<ChartShape> shapes, Duration moment, String text, double y) {
    Duration whole = spread.bars().getLast().to();
    double x = LEFT + (RIGHT - LEFT) * moment.toMillis() / Math.max(1, whole.toMillis());
    boolean atEnd = x > RIGHT - 110;
    shapes.add(new ChartShape.LineShape(x, y - 10, x, BOTTOM, CssClass.MARK));
    shapes.add(
        at(
            x + (atEnd ? -6 : 6),
            y,
            text + " within " + TimeFormat.millis(moment),
            atEnd ? TextAnchor.END : TextAnchor.START,
            CssClass.FAINT));
  }
}
