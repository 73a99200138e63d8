package studbook.quality;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import studbook.model.PauseCause;
import studbook.store.work.RunEventRepository.RunEvent;
import studbook.store.work.RunEventType;

class CriticalOutageTest {

  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private static RunEvent at(int minute, String event, @Nullable PauseCause cause) {
    return new RunEvent(
        START.plus(Duration.ofMinutes(minute)),
        RunEventType.of(event),
        Optional.empty(),
        Optional.ofNullable(cause));
  }

  private static List<CriticalOutage> critical(int now, RunEvent... events) {
    return CriticalOutage.critical(
        7, List.of(events), START.plus(Duration.ofMinutes(now)), LONGEST);
  }

  @Test
  void aPauseIsCriticalFromTenMinutesOn() {
    RunEvent planned = at(0, "planned", null);
    RunEvent paused = at(1, "paused", PauseCause.CREDENTIALS);
    assertThat(critical(90, planned, paused, at(11, "resumed", null))).isEmpty();
    assertThat(critical(90, planned, paused, at(12, "resumed", null)))
        .singleElement()
        .satisfies(outage -> assertThat(outage.length(START)).isEqualTo(Duration.ofMinutes(11)));
    assertThat(critical(11, planned, paused)).isEmpty();
    assertThat(critical(12, planned, paused)).as("and lasts").hasSize(1);
  }

  @Test
  void onlyAResumeEndsAPause() {
    RunEvent paused = at(0, "paused", PauseCause.CREDENTIALS);
    assertThat(
            critical(
                90,
                paused,
                at(2, "taken_over", null),
                at(3, "racecards", null),
                at(30, "resumed", null)))
        .singleElement()
        .satisfies(outage -> assertThat(outage.length(START)).isEqualTo(Duration.ofMinutes(30)));
  }

  @Test
  void anOutageOfTheDatabaseEndsWithItsSecondEvent() {
    assertThat(
            critical(
                90, at(0, "paused", PauseCause.DATABASE), at(5, "resumed", PauseCause.DATABASE)))
        .isEmpty();
  }

  @Test
  void transientCausesAreNotCritical() {
    for (PauseCause cause : List.of(PauseCause.API, PauseCause.API_LIMIT)) {
      assertThat(critical(600, at(0, "paused", cause))).isEmpty();
      assertThat(critical(600, at(0, "stopped", cause))).isEmpty();
    }
    assertThat(critical(600, at(0, "stopped", null))).as("by a signal").isEmpty();
  }

  @Test
  void anEndIsCriticalHoweverShortItWas() {
    RunEvent refused = at(1, "stopped", PauseCause.CREDENTIALS);
    assertThat(critical(1, at(0, "planned", null), refused)).hasSize(1);
    assertThat(critical(90, refused, at(5, "restarted", null))).as("and was none").isEmpty();
    assertThat(critical(90, refused, at(50, "restarted", null))).hasSize(1);
  }

  @Test
  void pausesOfOneCauseInARowAreOnePause() {
    assertThat(
            critical(
                90,
                at(0, "paused", PauseCause.DATABASE),
                at(6, "paused", PauseCause.DATABASE),
                at(12, "resumed", null)))
        .hasSize(1);
    assertThat(
            critical(
                90,
                at(0, "paused", PauseCause.DATABASE),
                at(6, "paused", PauseCause.API),
                at(90, "resumed", null)))
        .isEmpty();
  }
}
