package studbook.service.job;

import java.time.Instant;
import studbook.store.schedule.OccurrenceResult;

/**
 * Hears what comes of jobs. An event may be repeated after an outage: a job and a time tell it from
 * others. Safe for many threads.
 */
public interface JobListener {

  /** An occurrence was run to its end. */
  void onEnd(ServiceJob job, Instant dueAt, OccurrenceResult result);

  /**
   * Occurrences were missed.
   *
   * @param dueAt the one that was run for them
   * @param missed how many
   */
  void onMissed(ServiceJob job, Instant dueAt, int missed);
}
