package studbook.dashboard.run;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import studbook.store.statistics.ErrorSummaryQueries.ErrorCount;
import studbook.store.statistics.ResponseTimeQueries.ResponseTimes;
import studbook.store.statistics.ThroughputHistory;
import studbook.store.statistics.ThroughputHistory.HistoryBucket;

/**
 * A run over time, for charts: columns of equal length.
 *
 * @param at the end of each part, in seconds since 1970
 * @param horsesPerSecond completed
 * @param requestsPerSecond sent by all processes
 * @param throttled responses 429 in the part
 * @param responsesAt the end of each part for response times, in seconds since 1970
 * @param medianSeconds of the response time
 * @param p95Seconds 95 of 100 responses took no longer
 * @param errorsAt the end of each part for errors, in seconds since 1970
 * @param errors entries of the error log in the part, without those of 429
 */
public record RunHistory(
    List<Double> at,
    List<Double> horsesPerSecond,
    List<Double> requestsPerSecond,
    List<Long> throttled,
    List<Double> responsesAt,
    List<Double> medianSeconds,
    List<Double> p95Seconds,
    List<Double> errorsAt,
    List<Long> errors) {

  /**
   * What needs a look at every outcome or error of the run.
   *
   * @param times of responses, in parts
   * @param errors in parts
   */
  record OutcomeHistory(List<ResponseTimes> times, List<ErrorCount> errors) {

    static final OutcomeHistory NONE = new OutcomeHistory(List.of(), List.of());

    OutcomeHistory {
      times = List.copyOf(times);
      errors = List.copyOf(errors);
    }
  }

  static RunHistory of(ThroughputHistory throughput, OutcomeHistory outcomes) {
    List<HistoryBucket> buckets = throughput.stretches();
    List<ResponseTimes> times = outcomes.times();
    return new RunHistory(
        buckets.stream().map(bucket -> seconds(bucket.to())).toList(),
        buckets.stream().map(bucket -> bucket.horses() / length(bucket)).toList(),
        buckets.stream().map(bucket -> bucket.sent() / length(bucket)).toList(),
        buckets.stream().map(HistoryBucket::throttled).toList(),
        times.stream().map(part -> seconds(part.to())).toList(),
        times.stream().map(part -> part.median().toMillis() / 1e3).toList(),
        times.stream().map(part -> part.p95().toMillis() / 1e3).toList(),
        outcomes.errors().stream().map(part -> seconds(part.to())).toList(),
        outcomes.errors().stream().map(ErrorCount::entries).toList());
  }

  private static double seconds(Instant instant) {
    return instant.toEpochMilli() / 1e3;
  }

  private static double length(HistoryBucket bucket) {
    return Math.max(1, Duration.between(bucket.from(), bucket.to()).toMillis()) / 1e3;
  }

  /** The charts; without those that have nothing to show. */
  public List<HistoryChart> charts() {
    return List.of(
            HistoryChart.of(
                "rate",
                "Horses and requests per second",
                at,
                List.of(
                    new HistoryChart.ChartSeries("horses/s", horsesPerSecond),
                    new HistoryChart.ChartSeries("requests/s", requestsPerSecond))),
            HistoryChart.of(
                "response",
                "Response time in seconds",
                responsesAt,
                List.of(
                    new HistoryChart.ChartSeries("median", medianSeconds),
                    new HistoryChart.ChartSeries("p95", p95Seconds))),
            HistoryChart.of(
                "throttled",
                "Responses 429",
                at,
                List.of(
                    new HistoryChart.ChartSeries(
                        "429", throttled.stream().map(Long::doubleValue).toList()))),
            HistoryChart.of(
                "errors",
                "Errors",
                errorsAt,
                List.of(
                    new HistoryChart.ChartSeries(
                        "errors", errors.stream().map(Long::doubleValue).toList()))))
        .stream()
        .flatMap(Optional::stream)
        .filter(chart -> !chart.isZero())
        .toList();
  }
}
