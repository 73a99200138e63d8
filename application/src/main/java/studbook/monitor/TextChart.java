package studbook.monitor;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import studbook.text.BlockBars;
import studbook.text.HumanFormat;

/** Horses a second over the time of a run, as columns with a gap without work. */
final class TextChart {

  private static final int MARGIN = 8;

  /** A column with less working time says too little about a rate. */
  private static final double LEAST_WORKED = 0.1;

  private TextChart() {}

  /**
   * The columns with an axis of time below.
   *
   * @param course oldest first; at least one
   * @param width in characters, of margin and columns together
   * @param rows of the columns
   */
  static List<String> lines(List<WorkInterval> course, Clock clock, int width, int rows) {
    List<OptionalDouble> columns = columns(course, Math.max(1, width - MARGIN));
    double top = columns.stream().mapToDouble(rate -> rate.orElse(0)).max().orElse(0);
    List<String> lines = new ArrayList<>();
    for (int row = rows - 1; row >= 0; row--) {
      StringBuilder line = new StringBuilder(margin(row, rows, top));
      for (OptionalDouble rate : columns) {
        line.append(cell(rate, top, row, rows));
      }
      lines.add(line.toString().stripTrailing());
    }
    lines.add(axis(course, clock, columns.size()));
    return lines;
  }

  private static String margin(int row, int rows, double top) {
    String label = row == rows - 1 ? HumanFormat.rate(top) : row == 0 ? "0" : "";
    return "%7s▕".formatted(label);
  }

  private static char cell(OptionalDouble rate, double top, int row, int rows) {
    if (rate.isEmpty()) {
      return ' ';
    }
    char cell = top == 0 ? ' ' : BlockBars.column(rate.getAsDouble() / top * rows, row);
    return cell == ' ' && row == 0 ? '▁' : cell;
  }

  private static String axis(List<WorkInterval> course, Clock clock, int columns) {
    String from = HumanFormat.moment(course.getFirst().from(), clock);
    String title = "horses/s";
    String to = HumanFormat.moment(course.getLast().to(), clock);
    int free = columns - from.length() - title.length() - to.length();
    String start = " ".repeat(MARGIN) + from;
    return free < 2
        ? start + " " + title
        : start + " ".repeat(free / 2) + title + " ".repeat(free - free / 2) + to;
  }

  /** The rate in each of {@code count} equal parts of the time; empty without work. */
  static List<OptionalDouble> columns(List<WorkInterval> course, int count) {
    Instant begin = course.getFirst().from();
    double length = seconds(begin, course.getLast().to()) / count;
    double[] horses = new double[count];
    double[] worked = new double[count];
    for (WorkInterval interval : course) {
      double from = seconds(begin, interval.from()) / length;
      double to = seconds(begin, interval.to()) / length;
      for (int i = Math.clamp((long) from, 0, count - 1); i < Math.min(to, count); i++) {
        double share = Math.max(0, Math.min(to, i + 1) - Math.max(from, i)) / (to - from);
        horses[i] += share * interval.horses();
        worked[i] += share * interval.worked().toMillis() / 1e3;
      }
    }
    OptionalDouble[] rates = new OptionalDouble[count];
    Arrays.setAll(
        rates,
        i ->
            worked[i] < LEAST_WORKED * length
                ? OptionalDouble.empty()
                : OptionalDouble.of(horses[i] / worked[i]));
    return List.of(rates);
  }

  private static double seconds(Instant from, Instant to) {
    return Duration.between(from, to).toNanos() / 1e9;
  }
}
