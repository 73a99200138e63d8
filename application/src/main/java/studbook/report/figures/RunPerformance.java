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
import studbook.store.run.RunRepository;
import studbook.store.run.RunTimeline;
import studbook.store.statistics.Bottleneck;
import studbook.store.statistics.ErrorSummaryQueries;
import studbook.store.statistics.ThroughputSamples;

/**
 * How fast a run went, and what it cost. Pure.
 *
 * @param ended empty while it is unfinished
 * @param working without pauses, stops and the time after a process died
 * @param requests as the processes counted them; where that was lost with one of them, as the
 *     ledger did
 * @param throttled answers 429
 * @param retries requests that repeated one which had failed
 * @param budgetUsed of what the account's rate allowed while the run worked, 0 to 1; empty where
 *     the rate is unlimited
 * @param fullestSecond most requests that one process sent in any one second
 * @param bounds what limited the rate and how long, the longest first
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

  /** What limited the rate for so long, as its processes noted it. */
  public record BottleneckShare(Bottleneck by, Duration lasted) {}

  public RunPerformance {
    bounds = List.copyOf(bounds);
  }

  static RunPerformance of(
      RunRepository.RunRow run,
      RunCounts tally,
      RunTimeline timeline,
      RateCurve curve,
      List<ThroughputSamples.ThroughputSample> samples,
      List<ErrorSummaryQueries.ErrorGroup> errors,
      List<LimitReduction> lowered) {
    Duration working = timeline.working();
    double seconds = working.toMillis() / 1e3;
    long sent = samples.stream().mapToLong(ThroughputSamples.ThroughputSample::sent).sum();
    long requests = Math.max(sent, tally.requests());
    double allowed = run.told().rate().perSecond() * seconds;
    return new RunPerformance(
        run.startedAt(),
        Optional.ofNullable(run.endedAt()).filter(_ -> !run.isUnfinished()),
        timeline.elapsed(),
        working,
        timeline.perSecond(tally.processed()),
        curve.peak(),
        requests,
        tally.processed() == 0 ? 0 : (double) requests / tally.processed(),
        entries(errors, ErrorKind.THROTTLED),
        retries(errors),
        run.told().rate().isUnlimited() || seconds == 0
            ? Optional.empty()
            : Optional.of(requests / allowed),
        samples.stream().mapToInt(ThroughputSamples.ThroughputSample::fullest).max().orElse(0),
        bounds(samples, lowered, timeline.in(RunTimeline.RunActivity.PAUSED).isPositive()));
  }

  private static List<BottleneckShare> bounds(
      List<ThroughputSamples.ThroughputSample> samples,
      List<LimitReduction> lowered,
      boolean paused) {
    return samples.stream()
        .collect(
            Collectors.groupingBy(
                sample -> bound(sample, lowered, paused),
                Collectors.reducing(
                    Duration.ZERO, ThroughputSamples.ThroughputSample::span, Duration::plus)))
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
   * A process notes that the limit bounds it, whether it was lowered or not, and that it is paused,
   * also where it waits after failed requests without a pause of the run.
   */
  private static Bottleneck bound(
      ThroughputSamples.ThroughputSample sample, List<LimitReduction> lowered, boolean paused) {
    if (sample.bound() == Bottleneck.PAUSED && !paused) {
      return Bottleneck.FAILED_REQUESTS;
    }
    return sample.bound() == Bottleneck.RATE_LIMIT
            && lowered.stream().anyMatch(one -> one.contains(sample.at()))
        ? Bottleneck.REDUCED_RATE_LIMIT
        : sample.bound();
  }

  /** Part of the noted time in which something limited the rate, 0 to 1. */
  public double boundBy(Bottleneck what) {
    long all = bounds.stream().mapToLong(bound -> bound.lasted().toMillis()).sum();
    long its =
        bounds.stream()
            .filter(bound -> bound.by() == what)
            .mapToLong(bound -> bound.lasted().toMillis())
            .sum();
    return all == 0 ? 0 : (double) its / all;
  }

  private static long entries(List<ErrorSummaryQueries.ErrorGroup> errors, ErrorKind kind) {
    return errors.stream()
        .filter(group -> group.kind() == kind)
        .mapToLong(ErrorSummaryQueries.ErrorGroup::entries)
        .sum();
  }

  /** Each attempt that failed was followed by another, but for a horse's last. */
  private static long retries(List<ErrorSummaryQueries.ErrorGroup> errors) {
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
