package studbook.service;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import studbook.service.job.JobConfig;
import studbook.service.job.JobRunner;
import studbook.service.job.JobRunner.JobResult;
import studbook.store.database.DatabaseRetry;
import studbook.store.schedule.OccurrenceRepository;
import studbook.store.schedule.OccurrenceRepository.JobOccurrence;
import studbook.store.schedule.OccurrenceResult;
import studbook.time.Sleeper;

/** Runs one occurrence of a job and records it. Safe for many threads. */
public final class JobExecution {

  private static final Logger log = LoggerFactory.getLogger(JobExecution.class);

  private final OccurrenceRepository occurrences;
  private final JobRunner runner;
  private final Sleeper sleeper;
  private final String process;

  /**
   * @param process this one, for people
   */
  public JobExecution(
      OccurrenceRepository occurrences, JobRunner runner, Sleeper sleeper, String process) {
    this.occurrences = occurrences;
    this.runner = runner;
    this.sleeper = sleeper;
    this.process = process;
  }

  /** What became of an occurrence in this process. */
  public sealed interface ExecutionResult {

    /** It has ended, now or in an earlier attempt. */
    record OccurrenceEnded(Optional<OccurrenceResult> result) implements ExecutionResult {}

    /** This process was asked to stop before its end. */
    record OccurrenceInterrupted() implements ExecutionResult {}

    /** Another process took it over meanwhile, and will end it. */
    record OccurrenceLost() implements ExecutionResult {}
  }

  /** Runs an occurrence unless it has ended. Blocks for seconds to hours. */
  public ExecutionResult run(JobConfig config, JobOccurrence occurrence)
      throws InterruptedException {
    Optional<Integer> attempt = occurrences.begin(occurrence, process);
    if (attempt.isEmpty()) {
      return new ExecutionResult.OccurrenceEnded(Optional.empty());
    }
    log.info(
        "{} started{}",
        occurrence.job(),
        attempt.get() == 1 ? "" : " again, attempt " + attempt.get());
    JobResult end = runner.run(config);
    if (end.result().isEmpty()) {
      log.info("{} is interrupted; it will be continued", occurrence.job());
      return new ExecutionResult.OccurrenceInterrupted();
    }
    return record(occurrence, attempt.get(), end.result().get(), end.message());
  }

  private ExecutionResult record(
      JobOccurrence occurrence, int attempt, OccurrenceResult result, String message)
      throws InterruptedException {
    boolean ended =
        new DatabaseRetry(sleeper, why -> log.warn("the database is unavailable: {}", why))
            .call(() -> occurrences.end(occurrence, attempt, result, message));
    if (!ended) {
      log.warn("{} was taken over by another process", occurrence.job());
      return new ExecutionResult.OccurrenceLost();
    }
    log.info("{} ended: {}, {}", occurrence.job(), result.text(), message);
    return new ExecutionResult.OccurrenceEnded(Optional.of(result));
  }
}
