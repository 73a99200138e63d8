package studbook.service.job;

import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.schedule.CronSchedule;
import com.github.kagkarlsson.scheduler.task.schedule.CronStyle;
import com.github.kagkarlsson.scheduler.task.schedule.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;

/**
 * The times at which a job is due: a cron expression of five fields, in a time zone. Immutable.
 *
 * <p>The expression is evaluated on local times without offset, since each local time is an
 * occurrence once: one that the clocks skip is shifted by the length of the gap, one that they
 * repeat happens the first time only.
 */
public final class JobSchedule {

  /** Any time; an expression that has no occurrence after it has none at all. */
  private static final LocalDateTime SOME_TIME = LocalDateTime.of(2000, 1, 1, 0, 0);

  private final String cron;
  private final ZoneId zone;
  private final Schedule local;

  private JobSchedule(String cron, ZoneId zone, Schedule local) {
    this.cron = cron;
    this.zone = zone;
    this.local = local;
  }

  /**
   * Parses an expression: minute, hour, day of the month, month, day of the week.
   *
   * @throws IllegalArgumentException if it is invalid or never matches; the message says why
   */
  public static JobSchedule parse(String cron, ZoneId zone) {
    JobSchedule schedule =
        new JobSchedule(cron, zone, new CronSchedule(cron, ZoneOffset.UTC, CronStyle.UNIX));
    schedule.next(SOME_TIME);
    return schedule;
  }

  public String cron() {
    return cron;
  }

  public ZoneId zone() {
    return zone;
  }

  /** The first occurrence after {@code instant}. */
  public Instant next(Instant instant) {
    LocalDateTime candidate = next(searchFrom(instant));
    while (!toInstant(candidate).isAfter(instant)) {
      candidate = next(candidate);
    }
    return toInstant(candidate);
  }

  /** After a gap, local times of the gap are still to come: they are shifted by its length. */
  private LocalDateTime searchFrom(Instant instant) {
    ZoneOffsetTransition last = zone.getRules().previousTransition(instant.plusNanos(1));
    boolean shortlyAfterGap =
        last != null
            && last.isGap()
            && Duration.between(last.getInstant(), instant).compareTo(last.getDuration()) < 0;
    return shortlyAfterGap
        ? last.getDateTimeBefore().minusNanos(1)
        : LocalDateTime.ofInstant(instant, zone);
  }

  private LocalDateTime next(LocalDateTime time) {
    Instant next =
        local.getNextExecutionTime(
            ExecutionComplete.simulatedSuccess(time.toInstant(ZoneOffset.UTC)));
    if (next.equals(Schedule.NEVER)) {
      throw new IllegalArgumentException("it never matches");
    }
    return LocalDateTime.ofInstant(next, ZoneOffset.UTC);
  }

  private Instant toInstant(LocalDateTime time) {
    return time.atZone(zone).toInstant();
  }

  /** {@code 10 6 * * * Europe/London}. */
  @Override
  public String toString() {
    return cron + " " + zone;
  }
}
