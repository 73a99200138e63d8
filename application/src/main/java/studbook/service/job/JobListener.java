package studbook.service.job;

import java.time.Instant;

/**
 * Hears what comes of jobs. An event may be repeated after an outage: a job and a time tell it from
 * others. Safe for many threads.
 */
public interface JobListener {

  /**
   * Occurrences were missed.
   *
   * @param dueAt the one that was run for them
   * @param missed how many
   */
  void onMissed(ServiceJob job, Instant dueAt, int missed);
}
