package studbook.report.chart;

import static studbook.report.chart.ChartShape.TextLabel.at;
import static studbook.text.HumanFormat.rate;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import studbook.report.chart.ChartShape.BoxShape;
import studbook.report.chart.ChartShape.ChartPoint;
import studbook.report.chart.ChartShape.CssClass;
import studbook.report.chart.ChartShape.LineShape;
import studbook.report.chart.ChartShape.PathShape;
import studbook.report.chart.ChartShape.TextAnchor;
import studbook.report.chart.ChartShape.TextLabel;
import studbook.report.chart.TimeScale.ScalePart;
import studbook.report.figures.DisplayNames;
import studbook.report.figures.ExecutionReport;
import studbook.report.figures.RunPerformance;
import studbook.store.run.RunTimeline.RunActivity;
import studbook.store.run.RunTimeline.TimelineSpan;
import studbook.store.statistics.RateCurve.RateStep;
import studbook.text.HumanFormat;

/** The rate over time, with a gap where the run did not work. Pure. */
public record RateChart(ExecutionReport report, ZoneId zone) {

  private static final int WIDTH = 720;
  private static final int HEIGHT = 250;
  private static final double LEFT = 52;
  private static final double RIGHT = WIDTH - 14;
  private static final double TOP = 30;
  private static final double BOTTOM = HEIGHT - 30;
  private static final int MOST_TICKS = 9;
  private static final double BETWEEN_TICKS = 72;
  private static final double NARROWEST_LABELLED_GAP = 12;

  public SvgChart draw() {
    TimeScale time =
        new TimeScale(
            report.timeline().spans().stream()
                .map(span ->
                    new ScalePart(span.from(), span.to(), span.activity() != RunActivity.WORKING))
                .toList(),
            LEFT,
            RIGHT);
    List<Double> levels = AxisTicks.upTo(Math.max(report.performance().peak(), 0.1), 5);
    double top = levels.getLast();
    List<ChartShape> shapes = new ArrayList<>();
    shapes.add(at(LEFT - 40, 16, "horses/s", TextAnchor.START, CssClass.FAINT));
    for (double level : levels) {
      double y = y(level, top);
      shapes.add(new LineShape(LEFT, y, RIGHT, y, CssClass.GRID));
      shapes.add(at(LEFT - 8, y + 4, plain(level), TextAnchor.END, CssClass.FAINT));
    }
    addGaps(shapes, time);
    addCurves(shapes, time, top);
    addAverage(shapes, top);
    addTicks(shapes, time);
    shapes.add(new LineShape(LEFT, BOTTOM, RIGHT, BOTTOM, CssClass.AXIS));
    return new SvgChart(
        "rate", "Horses per second over time", description(), WIDTH, HEIGHT, shapes);
  }

  private String description() {
    RunPerformance performance = report.performance();
    String zoneName =
        DateTimeFormatter.ofPattern("zzz", Locale.UK).format(report.run().startedAt().atZone(zone));
    return "On average %s horses/s while the run worked, at most %s; times in %s."
        .formatted(rate(performance.perSecond()), rate(performance.peak()), zoneName);
  }

  private static double y(double level, double top) {
    return BOTTOM - level / top * (BOTTOM - TOP);
  }

  private static String plain(double level) {
    return level == Math.rint(level)
        ? HumanFormat.count((long) level)
        : String.format(Locale.UK, "%.2f", level).replaceAll("0$", "");
  }

  private void addGaps(List<ChartShape> shapes, TimeScale time) {
    for (TimelineSpan span : report.timeline().spans()) {
      double from = time.at(span.from());
      double width = time.at(span.to()) - from;
      if (span.activity() == RunActivity.WORKING || width < 0.5) {
        continue;
      }
      shapes.add(new BoxShape(from, TOP, width, BOTTOM - TOP, CssClass.GAP));
      if (width >= NARROWEST_LABELLED_GAP) {
        String text =
            DisplayNames.of(span.activity()) + " " + HumanFormat.duration(span.duration());
        shapes.add(
            new TextLabel(
                from + width / 2 + 4,
                (TOP + BOTTOM) / 2,
                text,
                TextAnchor.MIDDLE,
                true,
                CssClass.FAINT));
      }
    }
  }

  /**
   * One curve for each span without a gap; level at both ends, so that nothing is invented there.
   */
  private void addCurves(List<ChartShape> shapes, TimeScale time, double top) {
    for (TimelineSpan span : report.timeline().workingSpans()) {
      List<RateStep> steps =
          report.rate().stream()
              .filter(step -> !step.from().isBefore(span.from()) && !step.to().isAfter(span.to()))
              .toList();
      if (!steps.isEmpty()) {
        List<ChartPoint> points = new ArrayList<>();
        points.add(point(time.at(steps.getFirst().from()), steps.getFirst(), top));
        for (RateStep step : steps) {
          points.add(point((time.at(step.from()) + time.at(step.to())) / 2, step, top));
        }
        points.add(point(time.at(steps.getLast().to()), steps.getLast(), top));
        List<ChartPoint> area = new ArrayList<>(points);
        area.addFirst(new ChartPoint(points.getFirst().x(), BOTTOM));
        area.addLast(new ChartPoint(points.getLast().x(), BOTTOM));
        shapes.add(new PathShape(area, CssClass.AREA));
        shapes.add(new PathShape(points, CssClass.CURVE));
      }
    }
  }

  private static ChartPoint point(double x, RateStep step, double top) {
    return new ChartPoint(x, y(step.perSecond(), top));
  }

  private void addAverage(List<ChartShape> shapes, double top) {
    double average = report.performance().perSecond();
    double y = y(Math.min(average, top), top);
    shapes.add(new LineShape(LEFT, y, RIGHT, y, CssClass.MARK));
    shapes.add(
        at(
            RIGHT,
            16,
            "- - -  average %s horses/s".formatted(rate(average)),
            TextAnchor.END,
            CssClass.FAINT));
  }

  private void addTicks(List<ChartShape> shapes, TimeScale time) {
    Duration step = time.step(MOST_TICKS);
    DateTimeFormatter hour =
        DateTimeFormatter.ofPattern(
            step.toMinutes() < 1 ? "HH:mm:ss" : step.toDays() < 1 ? "HH:mm" : "d MMM", Locale.UK);
    DateTimeFormatter newDay = DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.UK);
    double last = -BETWEEN_TICKS;
    LocalDate day = LocalDate.ofInstant(report.run().startedAt(), zone);
    for (Instant tick : time.ticks(step, zone)) {
      double x = time.at(tick);
      if (x - last < BETWEEN_TICKS || x > RIGHT - 20) {
        continue;
      }
      last = x;
      LocalDate today = LocalDate.ofInstant(tick, zone);
      boolean isNewDay = !today.equals(day) && step.toDays() < 1;
      day = today;
      String text = (isNewDay ? newDay : hour).format(tick.atZone(zone));
      shapes.add(new LineShape(x, BOTTOM, x, BOTTOM + 5, CssClass.AXIS));
      shapes.add(at(x, BOTTOM + 19, text, TextAnchor.MIDDLE, CssClass.FAINT));
    }
  }
}
