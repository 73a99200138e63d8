package studbook.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.kagkarlsson.scheduler.testhelper.ManualScheduler;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import studbook.service.ScheduleFixture.RecordingRunner;
import studbook.service.job.ServiceJob;
import studbook.store.schedule.OccurrenceResult;

/**
 * A leap year of jobs on two services that restart and freeze: each occurrence runs exactly once.
 * In London the clocks skip 01:00 to 02:00 on 26 March 2028 and repeat it on 29 October.
 */
class YearOfSchedulesTest {

  private static final int RESTART_EVERY = 25;
  private static final int FREEZE_EVERY = 40;

  /** The same by the calendar alone: local days, a time of day, and the rules of the zone. */
  private static List<String> expected(Predicate<LocalDate> days, int hour, int minute) {
    return Stream.iterate(LocalDate.of(2028, 1, 1), day -> day.plusDays(1))
        .limit(366)
        .filter(days)
        .map(day -> day.atTime(hour, minute).atZone(ScheduleFixture.LONDON).toInstant())
        .map(Instant::toString)
        .toList();
  }

  @Test
  void everyOccurrenceRunsExactlyOnce() {
    try (ScheduleFixture fixture = new ScheduleFixture("2027-12-31T23:00:00Z")) {
      fixture.crons.put(ServiceJob.DISCOVER, "30 1 * * *");
      fixture.crons.put(ServiceJob.ENRICH, "0 4 31 * *");
      fixture.crons.put(ServiceJob.RETRY, "15 1 * * 0");
      fixture.crons.put(ServiceJob.VALIDATE, "0 12 29 2 *");
      RecordingRunner first = new RecordingRunner();
      RecordingRunner second = new RecordingRunner();
      List<ManualScheduler> services =
          new ArrayList<>(List.of(fixture.start(first), fixture.start(second)));
      int steps = 0;
      int freezes = 0;
      fixture.untilNextIsDue();
      while (fixture.clock.now().isBefore(Instant.parse("2029-01-01T00:30:00Z"))) {
        boolean freezing = ++steps % FREEZE_EVERY == 0;
        if (freezing) {
          freezes++;
          freeze(fixture, first, services.getLast());
        }
        if (steps % RESTART_EVERY == 0) {
          services.set(0, fixture.start(first));
          services.set(1, fixture.start(second));
        }
        ManualScheduler one = services.get(steps % 2);
        ManualScheduler other = services.get(1 - steps % 2);
        (freezing ? services.getFirst() : one).runAnyDueExecutions();
        (freezing ? services.getLast() : other).runAnyDueExecutions();
        fixture.untilNextIsDue();
      }
      assertThat(freezes).isGreaterThan(5);
      assertThat(first.ran.size()).as("both services work").isGreaterThan(100);
      assertThat(second.ran.size()).isGreaterThan(100);
      assertThat(first.ran.size() + second.ran.size())
          .as("only frozen attempts are repeated")
          .isEqualTo(
              Stream.of(ServiceJob.values()).mapToInt(job -> fixture.occurrences(job).size()).sum()
                  + freezes);
      assertThat(done(fixture, ServiceJob.DISCOVER)).isEqualTo(expected(_ -> true, 1, 30));
      assertThat(done(fixture, ServiceJob.ENRICH))
          .isEqualTo(expected(day -> day.getDayOfMonth() == 31, 4, 0));
      assertThat(done(fixture, ServiceJob.RETRY))
          .isEqualTo(expected(day -> day.getDayOfWeek().getValue() == 7, 1, 15));
      assertThat(done(fixture, ServiceJob.VALIDATE))
          .isEqualTo(
              expected(
                  day -> day.getMonth() == Month.FEBRUARY && day.getDayOfMonth() == 29, 12, 0));
    }
  }

  /** The next job of the first service freezes; the second takes over; the first one wakes up. */
  private static void freeze(
      ScheduleFixture fixture, RecordingRunner frozen, ManualScheduler other) {
    frozen.work =
        () -> {
          frozen.work = () -> Optional.of(OccurrenceResult.DONE);
          fixture.pass(Duration.ofMinutes(2));
          other.runDeadExecutionDetection();
          other.runAnyDueExecutions();
          return Optional.of(OccurrenceResult.FAILED);
        };
  }

  private static List<String> done(ScheduleFixture fixture, ServiceJob job) {
    return fixture.occurrences(job).stream()
        .filter(one -> one.contains(" done "))
        .map(one ->
            Instant.parse(one.substring(0, one.indexOf(' ')))
                .truncatedTo(ChronoUnit.SECONDS)
                .toString())
        .filter(one -> one.startsWith("2028"))
        .toList();
  }
}
