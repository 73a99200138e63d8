package studbook.report.chart;

import static studbook.report.chart.Shape.Label.at;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import studbook.report.chart.Shape.Anchor;
import studbook.report.chart.Shape.Look;
import studbook.report.figures.AnswerSpread;
import studbook.report.figures.Moments;
import studbook.text.Words;

/** How long answers took, as bars. Pure. */
public record AnswerChart(AnswerSpread spread) {

  private static final int WIDTH = 720;
  private static final int HEIGHT = 230;
  private static final double LEFT = 52;
  private static final double RIGHT = WIDTH - 14;
  private static final double TOP = 40;
  private static final double BOTTOM = HEIGHT - 30;
  private static final int MOST_LABELS = 8;

  public Drawing draw() {
    List<AnswerSpread.Bar> bars = spread.bars();
    long most = bars.stream().mapToLong(AnswerSpread.Bar::answers).max().orElse(1);
    List<Double> levels = Ticks.upTo((double) most, 4);
    List<Shape> shapes = new ArrayList<>();
    shapes.add(at(LEFT - 40, 16, "answers", Anchor.START, Look.FAINT));
    for (double level : levels) {
      double y = BOTTOM - level / levels.getLast() * (BOTTOM - TOP);
      shapes.add(new Shape.Line(LEFT, y, RIGHT, y, Look.GRID));
      if (level == Math.rint(level)) {
        shapes.add(at(LEFT - 8, y + 4, Words.count((long) level), Anchor.END, Look.FAINT));
      }
    }
    double width = (RIGHT - LEFT) / bars.size();
    int every = Math.ceilDiv(bars.size(), MOST_LABELS);
    for (int i = 0; i < bars.size(); i++) {
      AnswerSpread.Bar bar = bars.get(i);
      double x = LEFT + i * width;
      double height = bar.answers() / levels.getLast() * (BOTTOM - TOP);
      shapes.add(new Shape.Box(x + 1, BOTTOM - height, Math.max(1, width - 2), height, Look.BAR));
      if (i % every == 0) {
        shapes.add(new Shape.Line(x, BOTTOM, x, BOTTOM + 5, Look.AXIS));
        shapes.add(at(x, BOTTOM + 19, Moments.millis(bar.from()), Anchor.MIDDLE, Look.FAINT));
      }
    }
    shapes.add(new Shape.Line(LEFT, BOTTOM, RIGHT, BOTTOM, Look.AXIS));
    addMark(shapes, spread.median(), "half", 14);
    addMark(shapes, spread.ninetieth(), "90%", 30);
    return new Drawing(
        "answers",
        "How long answers took",
        "Half of the answers came within %s, 99%% within %s."
            .formatted(Moments.millis(spread.median()), Moments.millis(spread.ninetyNinth())),
        WIDTH,
        HEIGHT,
        shapes);
  }

  private void addMark(List<Shape> shapes, Duration moment, String text, double y) {
    Duration whole = spread.bars().getLast().to();
    double x = LEFT + (RIGHT - LEFT) * moment.toMillis() / Math.max(1, whole.toMillis());
    boolean atEnd = x > RIGHT - 110;
    shapes.add(new Shape.Line(x, y - 10, x, BOTTOM, Look.MARK));
    shapes.add(
        at(
            x + (atEnd ? -6 : 6),
            y,
            text + " within " + Moments.millis(moment),
            atEnd ? Anchor.END : Anchor.START,
            Look.FAINT));
  }
}
