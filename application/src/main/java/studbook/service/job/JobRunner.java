package studbook.service.job;

import java.util.Optional;
import studbook.store.schedule.OccurrenceResult;

/** Runs the commands of jobs. Safe for many threads. */
public interface JobRunner {

  /**
   * The end of a job.
   *
   * @param result empty if the process was asked to stop: the job is to be continued
   * @param message for people and the log
   */
  record JobResult(Optional<OccurrenceResult> result, String message) {}

  /** Why a job has to wait; empty if it may start. */
  Optional<String> obstacle(ServiceJob job);

  /** Runs a job to its end. Blocks for seconds to hours. */
  JobResult run(JobConfig config);
}
