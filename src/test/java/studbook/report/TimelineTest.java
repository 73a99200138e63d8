package studbook.report;

import static org.assertj.core.api.Assertions.assertThat;
import static studbook.report.Draft.START;
import static studbook.report.Draft.event;
import static studbook.report.Draft.paused;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import studbook.report.Timeline.Doing;
import studbook.store.PauseCause;
import studbook.store.RunEvents;
import studbook.store.Samples;

class TimelineTest {

  private static Timeline until(
      long second, boolean alive, List<Samples.Sample> samples, RunEvents.Event... events) {
    return Timeline.of(START, List.of(events), samples, START.plusSeconds(second), alive);
  }

  private static List<String> told(Timeline timeline) {
    return timeline.spans().stream()
        .map(span -> span.doing().text() + " " + span.duration().toSeconds())
        .toList();
  }

  @Test
  void pausesAndStopsAreNoWork() {
    Timeline timeline =
        until(
            100,
            true,
            List.of(),
            event(0, "planned"),
            paused(10, PauseCause.CREDENTIALS),
            event(30, "went on"),
            event(50, "stopped"),
            event(90, "resumed"),
            event(100, "finished"));
    assertThat(told(timeline))
        .containsExactly("working 10", "paused 20", "working 20", "stopped 40", "working 10");
    assertThat(timeline.in(Doing.WORKING)).isEqualTo(Duration.ofSeconds(40));
    assertThat(timeline.paused(PauseCause.CREDENTIALS)).isEqualTo(Duration.ofSeconds(20));
    assertThat(timeline.paused(PauseCause.API)).isZero();
    assertThat(timeline.whole()).isEqualTo(Duration.ofSeconds(100));
  }

  @Test
  void aPauseForAnotherReasonBeginsWhereTheFirstEnds() {
    Timeline timeline =
        until(
            60,
            true,
            List.of(),
            paused(10, PauseCause.API),
            paused(20, PauseCause.DATABASE),
            event(50, "went on"));
    assertThat(timeline.paused(PauseCause.API)).isEqualTo(Duration.ofSeconds(10));
    assertThat(timeline.paused(PauseCause.DATABASE)).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void aProcessThatDiedIsDeadFromItsLastSignUntilAnotherGoesOn() {
    Draft draft = new Draft();
    List<Samples.Sample> samples = List.of(draft.sample(10), draft.sample(20), draft.sample(70));
    assertThat(told(until(80, true, samples, event(0, "planned"), event(60, "resumed"))))
        .containsExactly("working 20", "dead 40", "working 20");
    assertThat(told(until(100, false, samples, event(0, "planned"), event(60, "resumed"))))
        .containsExactly("working 20", "dead 40", "working 10", "dead 30");
  }

  @Test
  void whatIsUnderWayLastsUntilNow() {
    assertThat(told(until(30, true, List.of(), paused(10, PauseCause.API))))
        .containsExactly("working 10", "paused 20");
    assertThat(told(until(0, true, List.of()))).isEmpty();
  }
}
