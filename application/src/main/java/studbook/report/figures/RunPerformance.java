package studbook.report.figures;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import studbook.model.ErrorKind;
import studbook.ratelimit.LimitReduction;
import studbook.store.run.RunCounts;
import studbook.store.run.RunRepository.RunRow;
import studbook.store.run.RunTimeline;
import studbook.store.run.RunTimeline.RunActivity;
import studbook.store.statistics.Bottleneck;
import studbook.store.statistics.ErrorSummaryQueries.ErrorGroup;
import studbook.store.statistics.RateCurve.RateStep;
import studbook.store.statistics.ThroughputSamples.ThroughputSample;

/**
 * The throughput and cost of a run. Pure.
 *
 * @param ended empty while it is unfinished
 * @param working without pauses, stops and the time after a process died
 * @param requests as counted by the processes; if a dead one's count is lost, by the work items
 * @param throttled responses 429
 * @param retries requests that repeated a failed one
 * @param budgetUsed share of the account's limit while the run worked, 0 to 1; empty if the rate is
 *     unlimited
 * @param fullestSecond maximum requests of one process in any one second
 * @param bounds bottlenecks and their durations, longest first
 */
public record RunPerformance(
    Instant started,
    Optional<Instant> ended,
    Duration elapsed,
    Duration working,
    double perSecond,
    double peak,
    long requests,
    double requestsPerHorse,
    long throttled,
    long retries,
    Optional<Double> budgetUsed,
    int fullestSecond,
    List<BottleneckShare> bounds) {

  /** A bottleneck and its duration, as recorded by the processes. */
  public record BottleneckShare(Bottleneck by, Duration lasted) {}

  public RunPerformance {
    bounds = List.copyOf(bounds);
  }

  static RunPerformance of(
      RunRow run,
      RunCounts counts,
      RunTimeline timeline,
      List<RateStep> rate,
      List<ThroughputSample> samples,
      List<ErrorGroup> errors,
      List<LimitReduction> lowered) {
    Duration working = timeline.working();
    long sent = samples.stream().mapToLong(ThroughputSample::sent).sum();
    long requests = Math.max(sent, counts.requests());
    return new RunPerformance(
        run.startedAt(),
        Optional.ofNullable(run.endedAt()).filter(_ -> !run.isUnfinished()),
        timeline.elapsed(),
        working,
        timeline.perSecond(counts.processed()),
        rate.stream().mapToDouble(RateStep::perSecond).max().orElse(0),
        requests,
        counts.processed() == 0 ? 0 : (double) requests / counts.processed(),
        entries(errors, ErrorKind.THROTTLED),
        retries(errors),
        timeline.limitUsed(requests, run.config().rate()),
        samples.stream().mapToInt(ThroughputSample::fullest).max().orElse(0),
        bounds(samples, lowered, timeline.in(RunActivity.PAUSED).isPositive()));
  }

  private static List<BottleneckShare> bounds(
      List<ThroughputSample> samples, List<LimitReduction> lowered, boolean paused) {
    return samples.stream()
        .collect(
            Collectors.groupingBy(
                sample -> bound(sample, lowered, paused),
                Collectors.reducing(Duration.ZERO, ThroughputSample::span, Duration::plus)))
        .entrySet()
        .stream()
        .map(entry -> new BottleneckShare(entry.getKey(), entry.getValue()))
        .sorted(
            Comparator.comparing(BottleneckShare::lasted)
                .reversed()
                .thenComparing(BottleneckShare::by))
        .toList();
  }

  /**
   * A process records that the limit is its bottleneck, whether reduced or not, and that it is
   * paused, also while it waits after failed requests without a pause of the run.
   */
  private static Bottleneck bound(
      ThroughputSample sample, List<LimitReduction> lowered, boolean paused) {
    if (sample.bottleneck() == Bottleneck.PAUSED && !paused) {
      return Bottleneck.FAILED_REQUESTS;
    }
    return sample.bottleneck() == Bottleneck.RATE_LIMIT
            && lowered.stream().anyMatch(reduction -> reduction.contains(sample.at()))
        ? Bottleneck.REDUCED_RATE_LIMIT
        : sample.bottleneck();
  }

  /** The share of the recorded time with this bottleneck, 0 to 1. */
  public double boundBy(Bottleneck what) {
    long all = bounds.stream().mapToLong(share -> share.lasted().toMillis()).sum();
    long its =
        bounds.stream()
            .filter(share -> share.by() == what)
            .mapToLong(share -> share.lasted().toMillis())
            .sum();
    return all == 0 ? 0 : (double) its / all;
  }

  private static long entries(List<ErrorGroup> errors, ErrorKind kind) {
    return errors.stream()
        .filter(group -> group.kind() == kind)
        .mapToLong(ErrorGroup::entries)
        .sum();
  }

  /** Each failed attempt was followed by another, except a horse's last. */
  private static long retries(List<ErrorGroup> errors) {
    return errors.stream()
        .filter(group -> isAttempt(group.kind()))
        .mapToLong(group -> Math.max(0, group.entries() - group.failed()))
        .sum();
  }

  private static boolean isAttempt(ErrorKind kind) {
    return switch (kind) {
      case TIMEOUT,
          CONNECTION,
          SERVER_ERROR,
          MALFORMED,
          WRONG_ID,
          TOO_LARGE,
          THROTTLED,
          UNAUTHORISED ->
          true;
      case DATABASE_REJECTED, REJECTED_VALUE -> false;
    };
  }
}
