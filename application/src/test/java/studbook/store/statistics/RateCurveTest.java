package studbook.store.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import studbook.store.run.RunTimeline;
import studbook.store.run.RunTimeline.RunActivity;
import studbook.store.run.RunTimeline.TimelineSpan;
import studbook.store.statistics.RateCurve.RateStep;
import studbook.store.statistics.ThroughputHistory.HistoryBucket;

/** A run of two minutes, paused from the 30th to the 60th second: 60 horses before, 240 after. */
class RateCurveTest {

  private static final Instant START = Instant.parse("2026-03-03T10:00:00Z");

  private final RateCurve curve =
      new RateCurve(
          List.of(bucket(0, 60, 60), bucket(60, 120, 240)),
          new RunTimeline(
              List.of(
                  span(RunActivity.WORKING, 0, 30),
                  span(RunActivity.PAUSED, 30, 60),
                  span(RunActivity.WORKING, 60, 120))));

  private static Instant at(long second) {
    return START.plusSeconds(second);
  }

  private static HistoryBucket bucket(long from, long to, double horses) {
    return new HistoryBucket(at(from), at(to), horses, 0, 0, 0);
  }

  private static TimelineSpan span(RunActivity activity, long from, long to) {
    return new TimelineSpan(activity, at(from), at(to), Optional.empty());
  }

  @Test
  void theRateIsThatOfTheWorkingTime() {
    assertThat(curve.rate(at(0), at(60))).isEqualTo(2, within(1e-9));
    assertThat(curve.rate(at(70), at(80))).isEqualTo(4, within(1e-9));
    assertThat(curve.rate(at(30), at(90))).isEqualTo((30 + 120) / (15.0 + 30), within(1e-9));
    assertThat(curve.rate(at(120), at(130))).isZero();
  }

  @Test
  void theStepsAreThoseOfTheWorkAndLeaveThePauseOut() {
    List<RateStep> steps = curve.steps();
    assertThat(steps).hasSize(90);
    assertThat(steps).noneMatch(step -> step.to().isAfter(at(30)) && step.from().isBefore(at(60)));
    assertThat(steps.stream().mapToDouble(RateStep::perSecond).sum()).isEqualTo(300, within(1e-6));
  }

  @Test
  void aRunWithoutSamplesHasNoSteps() {
    assertThat(new RateCurve(List.of(), curve.timeline()).steps()).isEmpty();
  }
}
