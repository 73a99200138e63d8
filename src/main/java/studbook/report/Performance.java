package studbook.report;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import studbook.store.ErrorGroups;
import studbook.store.ErrorKind;
import studbook.store.Runs;
import studbook.store.Samples;
import studbook.store.Tally;

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
 */
record Performance(
    Instant started,
    Optional<Instant> ended,
    Duration whole,
    Duration working,
    double perSecond,
    double peak,
    long requests,
    double requestsPerHorse,
    long throttled,
    long retries,
    Optional<Double> budgetUsed,
    int fullestSecond) {

  static Performance of(
      Runs.Run run,
      Tally tally,
      Timeline timeline,
      RateCurve curve,
      List<Samples.Sample> samples,
      List<ErrorGroups.Group> errors) {
    Duration working = timeline.in(Timeline.Doing.WORKING);
    double seconds = working.toMillis() / 1e3;
    long sent = samples.stream().mapToLong(Samples.Sample::sent).sum();
    long requests = Math.max(sent, tally.requests());
    double allowed = run.told().rate().perSecond() * seconds;
    return new Performance(
        run.startedAt(),
        Optional.ofNullable(run.endedAt()).filter(_ -> !run.isUnfinished()),
        timeline.whole(),
        working,
        seconds > 0 ? tally.processed() / seconds : 0,
        curve.peak(),
        requests,
        tally.processed() == 0 ? 0 : (double) tally.requests() / tally.processed(),
        entries(errors, ErrorKind.THROTTLED),
        retries(errors),
        run.told().rate().isUnlimited() || seconds == 0
            ? Optional.empty()
            : Optional.of(requests / allowed),
        samples.stream().mapToInt(Samples.Sample::fullest).max().orElse(0));
  }

  private static long entries(List<ErrorGroups.Group> errors, ErrorKind kind) {
    return errors.stream()
        .filter(group -> group.kind() == kind)
        .mapToLong(ErrorGroups.Group::entries)
        .sum();
  }

  /** Each attempt that failed was followed by another, but for a horse's last. */
  private static long retries(List<ErrorGroups.Group> errors) {
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
      case DATABASE_REFUSED, REJECTED_VALUE -> false;
    };
  }
}
