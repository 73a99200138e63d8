package studbook.backfill.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import studbook.backfill.ManualTicker;
import studbook.backfill.progress.ProgressTracker;
import studbook.backfill.progress.ThroughputMeter;
import studbook.model.HorseId;
import studbook.model.HorseStatus;
import studbook.ratelimit.SharedRateLimit;
import studbook.store.outcome.Outcome;
import studbook.store.outcome.WriteResult;
import studbook.store.run.RunCounts;
import studbook.store.work.Lease;
import studbook.time.Rate;

/**
 * What is told about a run's speed and end: {@link DurationEstimate}, {@link ThroughputMeter},
 * {@link ProgressTracker}.
 */
class PlanFiguresTest {

  private final ManualTicker ticker = new ManualTicker();

  private static RunCounts tally(long total, long enriched, long requests) {
    return new RunCounts(total, enriched, 0, 0, 0, 0, 0, 0, 0, requests);
  }

  @Test
  void thePlansDurationIsTheLimitsLessItsMargin() {
    assertThat(DurationEstimate.requests(111_394)).isEqualTo(113_622);
    assertThat(
            DurationEstimate.duration(113_622, new Rate(2), SharedRateLimit.FIRST_MARGIN)
                .orElseThrow())
        .isBetween(Duration.ofHours(15), Duration.ofHours(17));
    assertThat(DurationEstimate.duration(0, new Rate(2), SharedRateLimit.FIRST_MARGIN))
        .contains(Duration.ZERO);
    assertThat(DurationEstimate.duration(100, Rate.UNLIMITED, SharedRateLimit.FIRST_MARGIN))
        .isEmpty();
    assertThat(DurationEstimate.duration(1_000, new Rate(50), Duration.ofMillis(150)))
        .as("a wider margin leaves less of each second")
        .contains(Duration.ofSeconds(23));
  }

  @Test
  void theRestUsesTheObservedRateUpToTheLimit() {
    RunCounts half = tally(2_000, 1_000, 1_000);
    assertThat(DurationEstimate.remaining(half, 1, new Rate(2)))
        .contains(Duration.ofSeconds(1_000));
    Duration bounded = DurationEstimate.remaining(half, 50, new Rate(2)).orElseThrow();
    assertThat(bounded.toMillis() / 1000.0).isCloseTo(1_000 / (2 * 0.985), within(1.0));
    assertThat(DurationEstimate.remaining(half, 0, new Rate(2))).contains(bounded);
    assertThat(DurationEstimate.remaining(half, 50, Rate.UNLIMITED))
        .contains(Duration.ofSeconds(20));
    assertThat(DurationEstimate.remaining(half, 0, Rate.UNLIMITED)).isEmpty();
    RunCounts done = tally(5, 5, 5);
    assertThat(DurationEstimate.remaining(done, 0, Rate.UNLIMITED)).contains(Duration.ZERO);
    assertThat(DurationEstimate.remaining(RunCounts.NOTHING, 0, new Rate(2)))
        .contains(Duration.ZERO);
  }

  @Test
  void twoRequestsAHorseTakeTwiceAsLong() {
    Duration one =
        DurationEstimate.remaining(tally(2_000, 1_000, 1_000), 99, new Rate(2)).orElseThrow();
    Duration two =
        DurationEstimate.remaining(tally(2_000, 1_000, 2_000), 99, new Rate(2)).orElseThrow();
    assertThat(two.toMillis()).isCloseTo(2 * one.toMillis(), within(5L));
  }

  @Test
  void aPaceIsOverTheLastFiveMinutes() {
    ThroughputMeter throughput = new ThroughputMeter(ticker, 1_000);
    assertThat(throughput.perSecond()).isZero();
    long processed = 1_000;
    for (int second = 0; second < 600; second++) {
      ticker.seconds(1);
      processed += 2;
      throughput.at(processed);
    }
    assertThat(throughput.perSecond()).isCloseTo(2, within(0.05));
    for (int second = 0; second < 310; second++) {
      ticker.seconds(1);
      processed += 8;
      throughput.at(processed);
    }
    assertThat(throughput.perSecond()).isCloseTo(8, within(0.05));
    ticker.seconds(3_000);
    assertThat(throughput.perSecond()).as("a pause shows").isLessThan(1);
  }

  @Test
  void progressAddsWhatWasWrittenAndNeverDecreases() {
    ProgressTracker progress = new ProgressTracker(tally(10, 2, 2), ticker);
    List<WriteResult> completed =
        List.of(
            written(HorseStatus.ENRICHED, true),
            written(HorseStatus.FAILED, false),
            written(HorseStatus.MISSING, false),
            new WriteResult.AlreadyWritten(outcome(HorseStatus.ENRICHED)),
            new WriteResult.LeaseLost(outcome(HorseStatus.ENRICHED)));
    AtomicInteger looks = new AtomicInteger();
    assertThat(
            progress.commit(() -> {
              // The commit may stand in the ledger already, and is not yet added.
              lookFromElsewhere(progress, looks);
              return completed;
            }))
        .isEqualTo(completed);
    assertThat(looks).hasValue(0);
    RunCounts expected = new RunCounts(10, 3, 0, 0, 0, 1, 0, 1, 1, 8);
    assertThat(progress.counts()).isEqualTo(expected);
    progress.refresh(() -> tally(10, 6, 12));
    assertThat(progress.counts().processed()).isEqualTo(6);
    assertThat(progress.counts().pending()).isEqualTo(4);
    assertThat(progress.counts().percent()).isEqualTo(60);
  }

  private static void lookFromElsewhere(ProgressTracker progress, AtomicInteger looks) {
    Thread pulse =
        Thread.ofPlatform()
            .start(() ->
                progress.refresh(() -> {
                  looks.incrementAndGet();
                  return tally(10, 5, 5);
                }));
    try {
      pulse.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static WriteResult written(HorseStatus status, boolean withPedigree) {
    return new WriteResult.RowWritten(outcome(status), status, withPedigree);
  }

  private static Outcome outcome(HorseStatus status) {
    return new Outcome(
        new Lease(1, 1, 1),
        new HorseId("hrs_1"),
        status,
        Optional.empty(),
        Optional.empty(),
        new Outcome.RequestTrace("pro", 200, 2, Duration.ZERO));
  }
}
