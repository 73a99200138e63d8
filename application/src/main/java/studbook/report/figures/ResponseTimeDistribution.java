package studbook.report.figures;

import java.time.Duration;
import java.util.List;
import studbook.store.statistics.ResponseTimeQueries.TimeBucket;

/**
 * Response times of a run, as percentiles. Pure.
 *
 * @param answers number of responses
 */
public record ResponseTimeDistribution(
    long answers, Duration median, Duration ninetieth, Duration ninetyNinth, Duration longest) {

  /** Computes it from counts, fastest first. */
  static ResponseTimeDistribution of(List<TimeBucket> counts) {
    long all = counts.stream().mapToLong(TimeBucket::answers).sum();
    return new ResponseTimeDistribution(
        all,
        percentile(counts, all, 0.5),
        percentile(counts, all, 0.9),
        percentile(counts, all, 0.99),
        percentile(counts, all, 1));
  }

  /** The shortest time within which the given share of responses came. */
  private static Duration percentile(List<TimeBucket> counts, long all, double part) {
    long wanted = (long) Math.ceil(all * part);
    long seen = 0;
    for (TimeBucket count : counts) {
      seen += count.answers();
      if (seen >= wanted) {
        return count.took();
      }
    }
    return Duration.ZERO;
  }
}
