package studbook.monitor;

import static studbook.text.HumanFormat.moment;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import studbook.store.statistics.RateCurve;
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
   * @param curve with at least one bucket
   * @param width in characters, of margin and columns together
   * @param rows of the columns
   */
  static List<String> lines(RateCurve curve, Clock clock, int width, int rows) {
    List<OptionalDouble> columns = columns(curve, Math.max(1, width - MARGIN));
    double top = columns.stream().mapToDouble(rate -> rate.orElse(0)).max().orElse(0);
    List<String> lines = new ArrayList<>();
    for (int row = rows - 1; row >= 0; row--) {
      StringBuilder line = new StringBuilder(margin(row, rows, top));
      for (OptionalDouble rate : columns) {
        line.append(cell(rate, top, row, rows));
      }
      lines.add(line.toString().stripTrailing());
    }
    lines.add(axis(curve, clock, columns.size()));
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

  private static String axis(RateCurve curve, Clock clock, int columns) {
    String from = moment(curve.buckets().getFirst().from(), clock);
    String title = "horses/s";
    String to = moment(curve.buckets().getLast().to(), clock);
    int free = columns - from.length() - title.length() - to.length();
    String start = " ".repeat(MARGIN) + from;
    return free < 2
        ? start + " " + title
        : start + " ".repeat(free / 2) + title + " ".repeat(free - free / 2) + to;
  }

  /** The rate in each of {@code count} equal parts of the time; empty without work. */
  static List<OptionalDouble> columns(RateCurve curve, int count) {
    Instant begin = curve.buckets().getFirst().from();
    double length = Duration.between(begin, curve.buckets().getLast().to()).toNanos();
    return IntStream.range(0, count)
        .mapToObj(i ->
            column(
                curve,
                begin.plusNanos((long) (length * i / count)),
                begin.plusNanos((long) (length * (i + 1) / count))))
        .toList();
  }

  private static OptionalDouble column(RateCurve curve, Instant from, Instant to) {
    double worked = curve.timeline().working(from, to).toNanos();
    return worked < LEAST_WORKED * Duration.between(from, to).toNanos()
        ? OptionalDouble.empty()
        : OptionalDouble.of(curve.rate(from, to));
  }
}
