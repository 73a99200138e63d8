package studbook.report.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static studbook.report.figures.ReportFixture.START;
import static studbook.report.figures.ReportFixture.event;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import studbook.model.ErrorKind;
import studbook.model.PauseCause;
import studbook.report.chart.AxisTicks;
import studbook.report.chart.ChartShape;
import studbook.report.chart.RateChart;
import studbook.report.chart.TimeScale;
import studbook.store.run.RunRepository;
import studbook.store.statistics.ResponseTimeQueries;

/** The arithmetic of a report and of its charts. */
class ReportFiguresTest {

  @Test
  void theRateIsThatOfTheWorkAndItsStepsSumUpToTheHorses() {
    ReportFixture fixture = new ReportFixture();
    fixture.whole = Duration.ofMinutes(25);
    fixture.events.add(event(400, "stopped"));
    fixture.events.add(event(900, "restarted"));
    ExecutionReport report = fixture.report();
    assertThat(report.performance().working()).isEqualTo(Duration.ofSeconds(1_000));
    assertThat(report.performance().perSecond()).isEqualTo(1.0);
    assertThat(report.rate()).hasSizeBetween(110, 130);
    assertThat(report.performance().peak()).isEqualTo(1.0, within(1e-6));
    double horses =
        report.rate().stream()
            .mapToDouble(step ->
                step.perSecond() * Duration.between(step.from(), step.to()).toMillis() / 1e3)
            .sum();
    assertThat(horses).isEqualTo(1_000, within(1.0));
    assertThat(report.rate())
        .noneMatch(step ->
            step.to().isAfter(START.plusSeconds(401))
                && step.from().isBefore(START.plusSeconds(899)));
  }

  @Test
  void aHorsesLastFailureIsNoRetry() {
    RunPerformance performance =
        new ReportFixture()
            .failed(10)
            .error(ErrorKind.THROTTLED, 7, 0, "answered 429")
            .error(ErrorKind.REJECTED_VALUE, 5, 0, "dob left out")
            .report()
            .performance();
    assertThat(performance.retries()).isEqualTo(20 + 7);
    assertThat(performance.throttled()).isEqualTo(7);
    assertThat(performance.requestsPerHorse()).isEqualTo(1.02, within(1e-9));
    assertThat(performance.budgetUsed().orElseThrow()).isEqualTo(0.51, within(1e-9));
    assertThat(performance.fullestSecond()).isEqualTo(2);
  }

  @Test
  void responseTimesAreToldByPercentiles() {
    ResponseTimeDistribution distribution =
        ResponseTimeDistribution.of(
            List.of(count(10, 50), count(90, 40), count(100, 9), count(9_000, 1)));
    assertThat(distribution.answers()).isEqualTo(100);
    assertThat(distribution.median()).isEqualTo(Duration.ofMillis(10));
    assertThat(distribution.ninetieth()).isEqualTo(Duration.ofMillis(90));
    assertThat(distribution.ninetyNinth()).isEqualTo(Duration.ofMillis(100));
    assertThat(distribution.longest()).isEqualTo(Duration.ofSeconds(9));
    assertThat(ResponseTimeDistribution.of(List.of()).median()).isZero();
  }

  private static ResponseTimeQueries.TimeBucket count(long millis, long answers) {
    return new ResponseTimeQueries.TimeBucket(Duration.ofMillis(millis), answers);
  }

  @Test
  void axesHaveRoundNumbersThatReachTheTop() {
    assertThat(AxisTicks.upTo(50.4, 5)).containsExactly(0.0, 20.0, 40.0, 60.0);
    assertThat(AxisTicks.upTo(100, 5)).containsExactly(0.0, 20.0, 40.0, 60.0, 80.0, 100.0);
    assertThat(AxisTicks.upTo(0, 5)).containsExactly(0.0);
    assertThat(AxisTicks.upTo(3, 4)).containsExactly(0.0, 1.0, 2.0, 3.0);
  }

  @Test
  void aLongGapIsDrawnShortAndTicksAreRoundInTheZone() {
    Instant noon = START.plus(Duration.ofDays(2));
    TimeScale scale =
        new TimeScale(
            List.of(
                new TimeScale.ScalePart(START, START.plusSeconds(500), false),
                new TimeScale.ScalePart(START.plusSeconds(500), noon, true),
                new TimeScale.ScalePart(noon, noon.plusSeconds(500), false)),
            0,
            1_060);
    assertThat(scale.at(START.plusSeconds(500))).isEqualTo(500, within(1e-6));
    assertThat(scale.at(noon)).isEqualTo(560, within(1e-6));
    assertThat(scale.at(noon.plusSeconds(9_000))).isEqualTo(1_060, within(1e-6));
    assertThat(scale.at(START.minusSeconds(9))).isZero();
    assertThat(scale.step(5)).isEqualTo(Duration.ofMinutes(5));
    ZoneId nepal = ZoneId.of("Asia/Kathmandu"); // 5:45 from UTC: 14:00 is 19:45 there
    assertThat(scale.ticks(Duration.ofMinutes(10), nepal))
        .containsExactly(START.plusSeconds(300), noon.plusSeconds(300));
  }

  @Test
  void theRateChartHasAGapForAPauseAndTimesOfTheZone() {
    ReportFixture fixture = new ReportFixture();
    fixture.events.add(ReportFixture.paused(300, PauseCause.CREDENTIALS));
    fixture.events.add(event(500, "resumed"));
    List<ChartShape> shapes =
        new RateChart(fixture.report(), ReportFixture.CLOCK.getZone()).draw().shapes();
    assertThat(shapes)
        .filteredOn(shape ->
            shape instanceof ChartShape.BoxShape box && box.cssClass() == ChartShape.CssClass.GAP)
        .hasSize(1);
    assertThat(shapes)
        .filteredOn(shape ->
            shape instanceof ChartShape.PathShape path
                && path.cssClass() == ChartShape.CssClass.CURVE)
        .hasSize(2);
    assertThat(
            shapes.stream()
                .filter(ChartShape.TextLabel.class::isInstance)
                .map(ChartShape.TextLabel.class::cast))
        .extracting(ChartShape.TextLabel::text)
        .contains("paused 3 min 20 s", "06:02", "horses/s");
  }

  @Test
  void theDifferenceToTheEstimateIsExplainedByWhatWasNoted() {
    ReportFixture fixture = new ReportFixture();
    assertThat(DelayExplanation.of(fixture.report()))
        .containsExactly("The estimate of the duration was met.");
    fixture.whole = Duration.ofSeconds(1_600);
    fixture.events.add(ReportFixture.paused(300, PauseCause.CREDENTIALS));
    fixture.events.add(event(500, "resumed"));
    fixture.error(ErrorKind.THROTTLED, 7, 0, "answered 429");
    assertThat(DelayExplanation.of(fixture.report()))
        .containsExactly(
            "It took 10 min longer than estimated.",
            "For 3 min 20 s it was paused: the API rejected the credentials.",
            "The work itself took 6 min 40 s longer.",
            "580 more requests were sent than estimated; 7 followed a failed one.",
            "The API returned 429 (too many requests) 7 times; several in a row reduce the rate limit for ten minutes.");
    fixture.estimate = new RunRepository.RunEstimate(Optional.of(1_020L), Optional.empty());
    assertThat(DelayExplanation.of(fixture.report())).isEmpty();
  }
}
