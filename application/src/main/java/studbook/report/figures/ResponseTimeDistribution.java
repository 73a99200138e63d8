package studbook.report.figures;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import studbook.store.statistics.ResponseTimeQueries;

/**
 * How long answers took, in figures that say it at a glance. Pure.
 *
 * @param answers how many there were
 * @param bars equal ranges from zero on; the last holds what is longer too
 */
public record ResponseTimeDistribution(
    long answers,
    Duration median,
    Duration ninetieth,
    Duration ninetyNinth,
    Duration longest,
    List<ResponseTimeBar> bars) {

  private static final int MOST_BARS = 24;
  private static final long[] WIDTHS = {1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1_000, 2_000};

  /**
   * So many answers took at least {@code from} and less than {@code to}.
   *
   * @param open whether what took longer is counted too
   */
  public record ResponseTimeBar(Duration from, Duration to, boolean open, long answers) {}

  public ResponseTimeDistribution {
    bars = List.copyOf(bars);
  }

  /** Of counts that begin with the quickest. */
  static ResponseTimeDistribution of(List<ResponseTimeQueries.TimeBucket> counts) {
    long all = counts.stream().mapToLong(ResponseTimeQueries.TimeBucket::answers).sum();
    Duration ninetyNinth = percentile(counts, all, 0.99);
    return new ResponseTimeDistribution(
        all,
        percentile(counts, all, 0.5),
        percentile(counts, all, 0.9),
        ninetyNinth,
        percentile(counts, all, 1),
        all == 0 ? List.of() : bars(counts, ninetyNinth.toMillis()));
  }

  /** The least time within which so great a part of the answers came. */
  private static Duration percentile(
      List<ResponseTimeQueries.TimeBucket> counts, long all, double part) {
    long wanted = (long) Math.ceil(all * part);
    long seen = 0;
    for (ResponseTimeQueries.TimeBucket count : counts) {
      seen += count.answers();
      if (seen >= wanted) {
        return count.took();
      }
    }
    return Duration.ZERO;
  }

  private static List<ResponseTimeBar> bars(
      List<ResponseTimeQueries.TimeBucket> counts, long usual) {
    long width = width(usual + 1);
    int number = (int) Math.ceilDiv(usual + 1, width);
    long[] heights = new long[number];
    boolean beyond = false;
    for (ResponseTimeQueries.TimeBucket count : counts) {
      long bar = count.took().toMillis() / width;
      beyond |= bar >= number;
      heights[(int) Math.min(bar, number - 1)] += count.answers();
    }
    List<ResponseTimeBar> bars = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      bars.add(
          new ResponseTimeBar(
              Duration.ofMillis(i * width),
              Duration.ofMillis((i + 1) * width),
              beyond && i == number - 1,
              heights[i]));
    }
    return bars;
  }

  private static long width(long range) {
    for (long width : WIDTHS) {
      if (range <= width * MOST_BARS) {
        return width;
      }
    }
    return Math.ceilDiv(range, MOST_BARS * 1_000L) * 1_000;
  }
}
