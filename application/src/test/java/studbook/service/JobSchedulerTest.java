package studbook.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.kagkarlsson.scheduler.testhelper.ManualScheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import studbook.service.ScheduleFixture.RecordingRunner;
import studbook.service.job.ServiceJob;
import studbook.store.schedule.OccurrenceResult;
import studbook.store.schedule.ScheduleQueries;

/** When a job runs, and when it does not. */
class JobSchedulerTest {

  private static final ServiceJob JOB = ServiceJob.DISCOVER;

  private final RecordingRunner runner = new RecordingRunner();
  private ScheduleFixture fixture = new ScheduleFixture("2026-03-02T00:00:00Z");

  @BeforeEach
  void daily() {
    fixture.crons.put(JOB, "10 6 * * *");
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void aMissedOccurrenceIsCaughtUpOnce() {
    fixture.start(runner);
    fixture.pass(Duration.ofDays(3).plusHours(8));
    ManualScheduler later = fixture.start(runner);
    later.runAnyDueExecutions();
    later.runAnyDueExecutions();
    assertThat(runner.ran).containsExactly(JOB);
    assertThat(fixture.occurrences(JOB))
        .containsExactly(
            "2026-03-02T06:10:00Z done 1",
            "2026-03-03T06:10:00Z missed 1",
            "2026-03-04T06:10:00Z missed 1",
            "2026-03-05T06:10:00Z missed 1");
    assertThat(fixture.next(JOB)).isEqualTo(Instant.parse("2026-03-06T06:10:00Z"));
    assertThat(fixture.events.heard).containsExactly("discover 2026-03-02T06:10:00Z missed 3");
  }

  @Test
  void anOccurrenceWhoseJobStillRunsIsSkipped() {
    ManualScheduler service = fixture.start(runner);
    fixture.untilNextIsDue();
    runner.work =
        () -> {
          fixture.pass(Duration.ofHours(30));
          return Optional.of(OccurrenceResult.NOT_GOOD);
        };
    service.runAnyDueExecutions();
    assertThat(fixture.occurrences(JOB))
        .containsExactly("2026-03-02T06:10:00Z not_good 1", "2026-03-03T06:10:00Z skipped 1");
    assertThat(fixture.next(JOB)).isEqualTo(Instant.parse("2026-03-04T06:10:00Z"));
  }

  @Test
  void aJobWaitsForARunAndIsRunOnceAfterwards() {
    ManualScheduler service = fixture.start(runner);
    fixture.untilNextIsDue();
    runner.obstacle = Optional.of("run 7 is under way");
    service.runAnyDueExecutions();
    service.runAnyDueExecutions();
    assertThat(runner.ran).isEmpty();
    fixture.pass(Duration.ofHours(2));
    service.runAnyDueExecutions();
    assertThat(runner.ran).isEmpty();
    runner.obstacle = Optional.empty();
    fixture.pass(Duration.ofMinutes(2));
    service.runAnyDueExecutions();
    service.runAnyDueExecutions();
    assertThat(fixture.occurrences(JOB)).containsExactly("2026-03-02T06:10:00Z done 1");
  }

  @Test
  void aDisabledJobDoesNotRun() {
    ScheduleQueries queries = new ScheduleQueries(fixture.store.jdbi);
    queries.disable(JOB.text(), true);
    ManualScheduler service = fixture.start(runner);
    fixture.untilNextIsDue();
    service.runAnyDueExecutions();
    assertThat(runner.ran).isEmpty();
    assertThat(fixture.occurrences(JOB)).isEmpty();
    queries.disable(JOB.text(), false);
    fixture.untilNextIsDue();
    service.runAnyDueExecutions();
    assertThat(fixture.occurrences(JOB)).containsExactly("2026-03-03T06:10:00Z done 1");
  }

  @Test
  void aChangedScheduleReplacesTheNextOccurrence() {
    JobScheduler jobs = fixture.jobs(runner);
    ManualScheduler service = fixture.start(jobs);
    fixture.crons.put(JOB, "0 3 * * *");
    jobs.reload(fixture.configs(), service);
    assertThat(fixture.next(JOB)).isEqualTo(Instant.parse("2026-03-02T03:00:00Z"));
    fixture.untilNextIsDue();
    service.runAnyDueExecutions();
    assertThat(fixture.next(JOB)).isEqualTo(Instant.parse("2026-03-03T03:00:00Z"));
  }

  @Test
  void anInterruptedJobIsContinuedByAnotherService() {
    ManualScheduler service = fixture.start(runner);
    fixture.untilNextIsDue();
    runner.work = Optional::empty;
    service.runAnyDueExecutions();
    assertThat(fixture.occurrences(JOB)).containsExactly("2026-03-02T06:10:00Z running 1");
    RecordingRunner other = new RecordingRunner();
    fixture.start(other).runAnyDueExecutions();
    assertThat(other.ran).containsExactly(JOB);
    assertThat(fixture.occurrences(JOB)).containsExactly("2026-03-02T06:10:00Z done 2");
  }

  @Test
  void aJobThatFailsWithoutAResultIsTriedAgain() {
    ManualScheduler service = fixture.start(runner);
    fixture.untilNextIsDue();
    runner.work =
        () -> {
          throw new IllegalStateException("a fault of the program");
        };
    service.runAnyDueExecutions();
    runner.work = () -> Optional.of(OccurrenceResult.DONE);
    service.runAnyDueExecutions();
    assertThat(runner.ran).as("not at once").hasSize(1);
    fixture.pass(Duration.ofMinutes(2));
    service.runAnyDueExecutions();
    assertThat(fixture.occurrences(JOB)).containsExactly("2026-03-02T06:10:00Z done 2");
  }
}
