package studbook.service;

import java.time.Instant;
import studbook.service.job.JobSchedule;

/**
 * What is stored with a scheduled job.
 *
 * @param dueAt the occurrence that is run next; it may start later
 * @param schedule from which it was computed, as text; another one makes it obsolete
 */
record DueOccurrence(Instant dueAt, String schedule) {

  /** The first occurrence after {@code instant}. */
  static DueOccurrence after(Instant instant, JobSchedule schedule) {
    return new DueOccurrence(schedule.next(instant), schedule.toString());
  }

  boolean isOf(JobSchedule other) {
    return schedule.equals(other.toString());
  }
}
