package studbook.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.kagkarlsson.scheduler.testhelper.ManualScheduler;
import com.github.kagkarlsson.scheduler.testhelper.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import studbook.service.ScheduleFixture.RecordingRunner;
import studbook.service.job.ServiceJob;
import studbook.store.schedule.OccurrenceResult;

/** Two services, of which one has a clock that steps by an hour: each occurrence runs once. */
class ClockStepTest {

  private static final ServiceJob JOB = ServiceJob.DISCOVER;
  private static final Duration HOUR = Duration.ofHours(1);

  private final ScheduleFixture fixture = new ScheduleFixture("2026-03-02T05:30:00Z");
  private final SettableClock stepping = new SettableClock();
  private final RecordingRunner first = new RecordingRunner();
  private final RecordingRunner second = new RecordingRunner();

  // Set by start.
  @SuppressWarnings("NullAway.Init")
  private ManualScheduler right;

  @SuppressWarnings("NullAway.Init")
  private ManualScheduler wrong;

  private void start(Duration step) {
    fixture.crons.put(JOB, "10 6 * * *");
    stepping.set(fixture.clock.now().plus(step));
    right = fixture.start(first);
    wrong = fixture.start(second, stepping);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  /** Both look for due jobs when the right clock shows this. */
  private void at(String time, Duration step) {
    fixture.clock.set(Instant.parse(time));
    stepping.set(fixture.clock.now().plus(step));
    wrong.runAnyDueExecutions();
    right.runAnyDueExecutions();
    wrong.runAnyDueExecutions();
  }

  private int runs() {
    return first.ran.size() + second.ran.size();
  }

  @Test
  void forwardsAndBack() {
    start(Duration.ZERO);
    at("2026-03-02T05:30:00Z", HOUR);
    assertThat(second.ran).as("an hour early").containsExactly(JOB);
    at("2026-03-02T05:31:00Z", Duration.ZERO);
    at("2026-03-02T06:10:30Z", Duration.ZERO);
    at("2026-03-03T06:10:30Z", HOUR.negated());
    at("2026-03-03T07:10:30Z", HOUR.negated());
    assertThat(fixture.occurrences(JOB))
        .containsExactly("2026-03-02T06:10:00Z done 1", "2026-03-03T06:10:00Z done 1");
    assertThat(runs()).isEqualTo(2);
  }

  @Test
  void backWhileItRunsTheJob() {
    start(Duration.ZERO);
    second.work =
        () -> {
          stepping.set(stepping.now().minus(HOUR));
          return Optional.of(OccurrenceResult.DONE);
        };
    fixture.clock.set(Instant.parse("2026-03-02T06:10:30Z"));
    stepping.set(fixture.clock.now());
    wrong.runAnyDueExecutions();
    assertThat(second.ran).containsExactly(JOB);
    second.work = () -> Optional.of(OccurrenceResult.DONE);
    at("2026-03-02T06:11:00Z", HOUR.negated());
    at("2026-03-02T07:11:00Z", HOUR.negated());
    at("2026-03-03T06:10:30Z", Duration.ZERO);
    assertThat(fixture.occurrences(JOB))
        .containsExactly("2026-03-02T06:10:00Z done 1", "2026-03-03T06:10:00Z done 1");
    assertThat(runs()).isEqualTo(2);
  }
}
