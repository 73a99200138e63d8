package studbook.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import studbook.model.RunState;
import studbook.store.run.RunStatus;
import studbook.store.statistics.Bottleneck;
import studbook.store.statistics.RateCurve;

class MonitorDataTest {

  private static MonitorData.RunMetrics of(MonitorFixture scene) {
    return scene.figures().run().orElseThrow();
  }

  @Test
  void averagesAreOverTheTimeThatWasNotPaused() {
    MonitorData.RunMetrics run = of(new MonitorFixture());
    assertThat(run.worked()).isEqualTo(Duration.ofMinutes(90));
    assertThat(run.average().orElseThrow().horses()).isEqualTo(4.8148);
    assertThat(run.now().orElseThrow().horses()).isCloseTo(4.8, within(1e-9));
    assertThat(run.limitUsedNow().orElseThrow()).isCloseTo(98, within(1e-7));
    assertThat(run.elapsed()).isEqualTo(Duration.ofHours(2));
    assertThat(run.fullest()).isEqualTo(5);
    assertThat(run.throttled()).isEqualTo(120);
  }

  @Test
  void onlyARunningRunHasARateNowAndAnEnd() {
    MonitorData.RunMetrics running = of(new MonitorFixture());
    assertThat(running.eta()).contains(MonitorFixture.NOW.plus(Duration.ofHours(5)));
    assertThat(running.bound()).contains(Bottleneck.RATE_LIMIT);
    for (MonitorFixture scene :
        List.of(
            new MonitorFixture().state(RunState.PAUSED, "x"),
            new MonitorFixture().state(RunState.STOPPED, "x"),
            new MonitorFixture().state(RunState.FINISHED, null),
            new MonitorFixture().dead())) {
      MonitorData.RunMetrics run = of(scene);
      assertThat(run.now()).isEmpty();
      assertThat(run.eta()).isEmpty();
      assertThat(run.average()).isPresent();
    }
    assertThat(of(new MonitorFixture().dead()).status()).isEqualTo(RunStatus.DIED);
    assertThat(of(new MonitorFixture().state(RunState.PAUSED, "x").dead()).status())
        .isEqualTo(RunStatus.DIED);
  }

  @Test
  void withoutALimitNoShareIsUsed() {
    MonitorData.RunMetrics run = of(new MonitorFixture().unlimited());
    assertThat(run.limitUsed()).isEmpty();
  }

  @Test
  void theChartHasAGapForAPauseAtAnyWidth() {
    RateCurve curve = of(new MonitorFixture()).curve();
    for (int width : List.of(4, 40, 71, 400)) {
      List<OptionalDouble> columns = TextChart.columns(curve, width);
      assertThat(columns).hasSize(width);
      assertThat(columns.stream().flatMapToDouble(OptionalDouble::stream))
          .isNotEmpty()
          .allSatisfy(rate -> assertThat(rate).isCloseTo(4.8, within(1e-6)));
      assertThat(columns.get(width * 5 / 8)).isEmpty();
      assertThat(columns.getFirst()).isPresent();
      assertThat(columns.getLast()).isPresent();
    }
  }
}
