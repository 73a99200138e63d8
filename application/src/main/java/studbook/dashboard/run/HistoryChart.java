package studbook.dashboard.run;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import studbook.dashboard.page.HtmlFormat;

/**
 * Lines over time as SVG. A script replaces it by a chart that one can point at.
 *
 * @param name of the data in the history, for the script
 * @param from the first time
 * @param to the last time
 */
public record HistoryChart(
    String name,
    String title,
    Instant from,
    Instant to,
    double top,
    List<Double> at,
    List<ChartSeries> series) {

  public static final int WIDTH = 600;
  public static final int HEIGHT = 160;
  private static final int LEFT = 44;
  private static final int RIGHT = WIDTH - 6;
  private static final int UPPER = 8;
  private static final int LOWER = HEIGHT - 22;
  private static final int LEVELS = 4;

  /** A line, with a value for each time. */
  public record ChartSeries(String label, List<Double> values) {

    public ChartSeries {
      values = List.copyOf(values);
    }
  }

  /** A horizontal line of the grid. */
  public record ChartLevel(double y, String label) {}

  public HistoryChart {
    at = List.copyOf(at);
    series = List.copyOf(series);
  }

  /** Empty with fewer than two times. */
  public static Optional<HistoryChart> of(
      String name, String title, List<Double> at, List<ChartSeries> series) {
    if (at.size() < 2) {
      return Optional.empty();
    }
    double highest =
        series.stream().mapToDouble(one -> Collections.max(one.values())).max().orElse(0);
    return Optional.of(
        new HistoryChart(
            name,
            title,
            instant(at.getFirst()),
            instant(at.getLast()),
            roundUp(Math.max(highest, 0.1)),
            at,
            series));
  }

  /** Whether every value is zero. */
  boolean isZero() {
    return series.stream().allMatch(line -> Collections.max(line.values()) == 0);
  }

  private static Instant instant(double seconds) {
    return Instant.ofEpochMilli(Math.round(seconds * 1e3));
  }

  /** The next of 1, 2, 4, 5, 8, 10 and their multiples by ten. */
  private static double roundUp(double value) {
    double unit = Math.pow(10, Math.floor(Math.log10(value)));
    return IntStream.of(1, 2, 4, 5, 8, 10)
        .mapToDouble(step -> step * unit)
        .filter(step -> step >= value * 0.999)
        .findFirst()
        .orElse(10 * unit);
  }

  /** The points of a line, for the attribute of the same name. */
  public String points(ChartSeries line) {
    double span = Math.max(1e-9, at.getLast() - at.getFirst());
    return IntStream.range(0, at.size())
        .mapToObj(i ->
            HtmlFormat.coordinate(LEFT + (RIGHT - LEFT) * (at.get(i) - at.getFirst()) / span)
                + ","
                + HtmlFormat.coordinate(y(line.values().get(i))))
        .collect(Collectors.joining(" "));
  }

  private double y(double value) {
    return LOWER - (LOWER - UPPER) * value / top;
  }

  /** The grid, from the lowest line. */
  public List<ChartLevel> levels() {
    return IntStream.rangeClosed(0, LEVELS)
        .mapToObj(i -> top * i / LEVELS)
        .map(value -> new ChartLevel(y(value), HtmlFormat.number(value, top < 10 ? 2 : 0)))
        .toList();
  }

  /** A sentence for readers who cannot see it. */
  public String description() {
    return series.stream()
        .map(line ->
            "%s: last %s, highest %s"
                .formatted(
                    line.label(),
                    HtmlFormat.number(line.values().getLast(), 2),
                    HtmlFormat.number(Collections.max(line.values()), 2)))
        .collect(Collectors.joining("; "));
  }
}
