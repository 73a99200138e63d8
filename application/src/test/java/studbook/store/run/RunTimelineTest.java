package studbook.store.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import studbook.model.PauseCause;
import studbook.store.run.RunTimeline.RunActivity;
import studbook.store.work.RunEventRepository.RunEvent;
import studbook.store.work.RunEventType;

class RunTimelineTest {

  private static final Instant START = Instant.parse("2026-03-03T14:00:00Z");

  private static final List<PauseCause> PAUSES =
      List.of(PauseCause.API, PauseCause.CREDENTIALS, PauseCause.MANUAL);

  private static RunEvent event(long second, String event) {
    return new RunEvent(
        START.plusSeconds(second), RunEventType.of(event), Optional.empty(), Optional.empty());
  }

  private static RunEvent paused(long second, PauseCause cause) {
    return new RunEvent(
        START.plusSeconds(second), RunEventType.PAUSED, Optional.of("why"), Optional.of(cause));
  }

  private static RunEvent outageOver(long second) {
    return new RunEvent(
        START.plusSeconds(second),
        RunEventType.RESUMED,
        Optional.empty(),
        Optional.of(PauseCause.DATABASE));
  }

  private static NavigableSet<Instant> samples(long... seconds) {
    return Arrays.stream(seconds)
        .mapToObj(START::plusSeconds)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static RunTimeline until(
      long second, boolean alive, NavigableSet<Instant> samples, RunEvent... events) {
    return RunTimeline.of(START, List.of(events), samples, START.plusSeconds(second), alive);
  }

  private static List<String> described(RunTimeline timeline) {
    return timeline.spans().stream()
        .map(span -> span.activity().text() + " " + span.duration().toSeconds())
        .toList();
  }

  @Test
  void pausesAndStopsAreNoWork() {
    RunTimeline timeline =
        until(
            100,
            true,
            samples(5, 49, 95),
            event(0, "planned"),
            paused(10, PauseCause.CREDENTIALS),
            event(30, "resumed"),
            event(50, "stopped"),
            event(90, "restarted"),
            event(100, "finished"));
    assertThat(described(timeline))
        .containsExactly("working 10", "paused 20", "working 20", "stopped 40", "working 10");
    assertThat(timeline.working()).isEqualTo(Duration.ofSeconds(40));
    assertThat(timeline.working(START.plusSeconds(5), START.plusSeconds(35)))
        .isEqualTo(Duration.ofSeconds(10));
    assertThat(timeline.paused(PauseCause.CREDENTIALS)).isEqualTo(Duration.ofSeconds(20));
    assertThat(timeline.paused(PauseCause.API)).isZero();
    assertThat(timeline.elapsed()).isEqualTo(Duration.ofSeconds(100));
    assertThat(timeline.perSecond(200)).isEqualTo(5);
  }

  @Test
  void aPauseForAnotherReasonBeginsWhereTheFirstEnds() {
    RunTimeline timeline =
        until(
            60,
            true,
            samples(),
            paused(10, PauseCause.API),
            paused(20, PauseCause.MANUAL),
            event(50, "resumed"));
    assertThat(timeline.paused(PauseCause.API)).isEqualTo(Duration.ofSeconds(10));
    assertThat(timeline.paused(PauseCause.MANUAL)).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void aPauseOutlastsTheDeathOfTheOwnerAndAnyOtherEvent() {
    RunTimeline timeline =
        until(
            134,
            true,
            samples(133),
            event(0, "planned"),
            event(1, "racecards"),
            paused(22, PauseCause.MANUAL),
            event(50, "taken_over"),
            event(60, "limit_lowered"));
    assertThat(described(timeline)).containsExactly("working 22", "paused 112");
  }

  @Test
  void anOutageOfTheDatabaseDoesNotEndAnotherPause() {
    RunTimeline timeline =
        until(
            100,
            true,
            samples(99),
            paused(10, PauseCause.MANUAL),
            paused(20, PauseCause.DATABASE),
            outageOver(50),
            event(70, "resumed"),
            paused(80, PauseCause.DATABASE),
            outageOver(90));
    assertThat(described(timeline))
        .containsExactly("working 10", "paused 60", "working 10", "paused 10", "working 10");
    assertThat(timeline.paused(PauseCause.DATABASE)).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void aProcessThatDiedIsDeadFromItsLastSignUntilAnotherContinues() {
    NavigableSet<Instant> samples = samples(10, 20, 70);
    assertThat(described(until(80, true, samples, event(0, "planned"), event(60, "restarted"))))
        .containsExactly("working 20", "dead 40", "working 20");
    assertThat(described(until(100, false, samples, event(0, "planned"), event(60, "restarted"))))
        .containsExactly("working 20", "dead 40", "working 10", "dead 30");
  }

  @Test
  void aPersonWhoEndsADeadRunDoesNotAddToItsWork() {
    for (String end : List.of("cancelled", "superseded", "stopped")) {
      assertThat(described(until(500, true, samples(10, 20), event(500, end))))
          .as(end)
          .containsExactly("working 20", "dead 480");
      assertThat(described(until(500, true, samples(10, 495), event(500, end))))
          .as(end + ", alive")
          .containsExactly("working 500");
    }
  }

  @Test
  void theCurrentSpanLastsUntilNow() {
    assertThat(described(until(30, true, samples(), paused(10, PauseCause.API))))
        .containsExactly("working 10", "paused 20");
    assertThat(described(until(0, true, samples()))).isEmpty();
  }

  /** Second by second: what the run does is chosen at random, and recorded beside its events. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233})
  void countsEverySecondOfARandomRunOnce(long seed) {
    Random random = new Random(seed);
    List<RunEvent> events = new ArrayList<>(List.of(event(0, "planned")));
    NavigableSet<Instant> samples = new TreeSet<>();
    RunActivity now = RunActivity.WORKING;
    int outage = 0;
    int working = 0;
    int length = 2_000;
    for (int second = 0; second < length; second++) {
      if (now != RunActivity.STOPPED && now != RunActivity.DEAD && outage == 0) {
        samples.add(START.plusSeconds(second));
      }
      int chance = random.nextInt(outage > 0 ? 1_000 : 60);
      switch (now) {
        case WORKING -> {
          if (chance == 0) {
            events.add(paused(second, PAUSES.get(random.nextInt(PAUSES.size()))));
            now = RunActivity.PAUSED;
          } else if (chance == 1) {
            events.add(event(second, "stopped"));
            now = RunActivity.STOPPED;
          } else if (chance == 2) {
            now = RunActivity.DEAD;
          } else if (chance < 6) {
            events.add(
                event(second, List.of("taken_over", "racecards", "limit_lowered").get(chance - 3)));
          }
        }
        case PAUSED -> {
          if (chance == 0) {
            events.add(event(second, "resumed"));
            now = RunActivity.WORKING;
          } else if (chance < 5) {
            events.add(event(second, "taken_over"));
          }
        }
        case STOPPED, DEAD -> {
          if (chance == 0) {
            events.add(event(second, "restarted"));
            now = RunActivity.WORKING;
          }
        }
      }
      if (outage > 0) {
        outage--;
      } else if ((now == RunActivity.WORKING || now == RunActivity.PAUSED)
          && chance == 30
          && second < length - 30) {
        outage = 5 + random.nextInt(20);
        events.add(paused(second, PauseCause.DATABASE));
        events.add(outageOver(second + outage));
      }
      if (now == RunActivity.WORKING && outage == 0) {
        working++;
      }
    }
    events.sort(Comparator.comparing(RunEvent::at));
    RunTimeline timeline =
        RunTimeline.of(START, events, samples, START.plusSeconds(length), now != RunActivity.DEAD);
    assertThat(timeline.elapsed().plus(deadAtTheEnd(timeline)))
        .isEqualTo(Duration.ofSeconds(length));
    assertThat(timeline.working()).as("seed %d", seed).isEqualTo(Duration.ofSeconds(working));
  }

  private static Duration deadAtTheEnd(RunTimeline timeline) {
    RunTimeline.TimelineSpan last = timeline.spans().getLast();
    return last.activity() == RunActivity.DEAD ? last.duration() : Duration.ZERO;
  }
}
