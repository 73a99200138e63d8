package studbook.bench.limit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import studbook.bench.environment.Measurement;

/**
 * How a run used a limit in a sliding second, by its arrivals at the API.
 *
 * @param share of the limit, by requests within it, without the warm-up
 * @param refused requests beyond the limit, including the warm-up
 * @param crowded when they came, in words
 */
record LimitUse(double share, int refused, String crowded) {

  private static final long SECOND = 1_000_000_000L;

  /**
   * The share is counted from an arrival to an arrival, so that the count is not off by a part of
   * one; and by whole windows, since within one the requests may lie closer together than between
   * two.
   *
   * @param arrivals in order, as monotonic nanoseconds
   */
  static LimitUse of(long[] arrivals, int limit, Duration warmUp, Duration steady) {
    if (arrivals.length <= 2 * limit) {
      throw new IllegalStateException("only " + arrivals.length + " requests");
    }
    int first = 0;
    while (arrivals[first] - arrivals[0] < warmUp.toNanos()) {
      first++;
    }
    int last = first;
    int refused = 0;
    while (last + limit < arrivals.length
        && arrivals[last + limit] - arrivals[first] <= steady.toNanos()) {
      for (int i = last + 1; i <= last + limit; i++) {
        refused += isRefused(arrivals, i, limit) ? 1 : 0;
      }
      last += limit;
    }
    double seconds = (arrivals[last] - arrivals[first]) / (double) SECOND;
    return new LimitUse(
        (last - first - refused) / seconds / limit,
        refusals(arrivals, limit).size(),
        crowded(arrivals, limit));
  }

  private static boolean isRefused(long[] arrivals, int index, int limit) {
    return index >= limit && arrivals[index] - arrivals[index - limit] < SECOND;
  }

  private static List<Integer> refusals(long[] arrivals, int limit) {
    List<Integer> refusals = new ArrayList<>();
    for (int i = limit; i < arrivals.length; i++) {
      if (isRefused(arrivals, i, limit)) {
        refusals.add(i);
      }
    }
    return refusals;
  }

  private static String crowded(long[] arrivals, int limit) {
    List<String> moments =
        refusals(arrivals, limit).stream()
            .map(i ->
                Measurement.text("%.1f s by ", (arrivals[i] - arrivals[0]) / 1e9)
                    + Measurement.text(
                        "%.0f ms", (SECOND - arrivals[i] + arrivals[i - limit]) / 1e6))
            .toList();
    return moments.isEmpty() ? "never more" : "more after " + String.join(", ", moments);
  }
}
