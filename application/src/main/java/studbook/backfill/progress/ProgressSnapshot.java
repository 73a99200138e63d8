package studbook.backfill.progress;

import java.time.Duration;
import java.util.Optional;
import studbook.backfill.pause.PauseInfo;
import studbook.backfill.plan.DurationEstimate;
import studbook.backfill.plan.RequestEstimate;
import studbook.backfill.plan.WorkerConfig;
import studbook.store.racecard.RacecardScanProgress;
import studbook.store.run.RunCounts;
import studbook.store.statistics.Bottleneck;

/**
 * The progress of a run at one moment.
 *
 * @param perSecond horses a second over the last minutes
 * @param remaining until it is done, if known
 * @param pause why nothing happens now, in a sentence
 * @param bound the bottleneck
 * @param racecardScan progress of the racecard scan
 */
public record ProgressSnapshot(
    long run,
    RunCounts counts,
    double perSecond,
    Optional<Duration> remaining,
    Optional<String> pause,
    Bottleneck bound,
    RacecardScanProgress racecardScan) {

  public static ProgressSnapshot of(
      WorkerConfig config,
      ProgressTracker progress,
      Optional<PauseInfo> pause,
      Bottleneck bottleneck,
      RacecardScanProgress scan) {
    RunCounts counts = progress.counts();
    return new ProgressSnapshot(
        config.run(),
        counts,
        progress.perSecond(),
        remaining(config, counts, progress.perSecond(), pause, scan),
        pause.map(PauseInfo::sentence),
        pause.isPresent() ? Bottleneck.PAUSED : bottleneck,
        scan);
  }

  /** Not known while the run is paused, unless the end of the pause is. */
  private static Optional<Duration> remaining(
      WorkerConfig config,
      RunCounts counts,
      double perSecond,
      Optional<PauseInfo> pause,
      RacecardScanProgress scan) {
    Optional<Duration> work =
        scan.left() == 0
            ? DurationEstimate.remaining(counts, perSecond, config.rate())
            : new RequestEstimate(counts.total(), scan.days())
                .remaining(scan.left(), counts.pending(), config.rate(), config.racecardsRate());
    return pause.isEmpty() ? work : pause.get().left().flatMap(left -> work.map(left::plus));
  }
}
