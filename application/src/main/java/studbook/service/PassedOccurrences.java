package studbook.service;

import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import studbook.service.job.JobConfig;
import studbook.service.job.JobListener;
import studbook.store.schedule.OccurrenceRepository;
import studbook.store.schedule.OccurrenceRepository.JobOccurrence;
import studbook.store.schedule.OccurrenceResult;

/**
 * Records the occurrences that passed without a run of their own: before the job started, because
 * no service ran or the job had to wait; after it, because it was still running.
 */
record PassedOccurrences(OccurrenceRepository occurrences, String process, JobListener listener) {

  private static final Logger log = LoggerFactory.getLogger(PassedOccurrences.class);

  /** A job of every minute would fill the table after a pause of months. */
  private static final int MOST = 100;

  /**
   * Records those between an occurrence and the time when its job ended.
   *
   * @param due the occurrence that was run
   * @param started when its job began
   * @param ended when its job ended
   */
  void record(JobConfig config, Instant due, Instant started, Instant ended) {
    int missed = 0;
    int skipped = 0;
    Instant next = config.schedule().next(due);
    while (!next.isAfter(ended) && missed + skipped < MOST) {
      boolean late = !next.isAfter(started);
      missed += late ? 1 : 0;
      skipped += late ? 0 : 1;
      occurrences.pass(
          new JobOccurrence(config.job().text(), next, false),
          process,
          late ? OccurrenceResult.MISSED : OccurrenceResult.SKIPPED,
          late ? "no service was running, or the job had to wait" : "the job was still running");
      next = config.schedule().next(next);
    }
    if (missed > 0) {
      listener.onMissed(config.job(), due, missed);
      log.warn("{} missed {} occurrences; it was run once for them", config.job().text(), missed);
    }
    if (skipped > 0) {
      log.warn("{} skipped {} occurrences: it was still running", config.job().text(), skipped);
    }
  }
}
