package studbook.service;

import com.github.kagkarlsson.scheduler.Clock;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import studbook.service.JobExecution.ExecutionResult;
import studbook.service.job.JobConfig;
import studbook.service.job.JobRunner;
import studbook.service.job.ServiceJob;
import studbook.store.error.ErrorClassifier;
import studbook.store.schedule.OccurrenceRepository.JobOccurrence;
import studbook.store.schedule.ScheduleQueries;

/**
 * A job as a task of db-scheduler. The task's time is when the job starts, its data the occurrence
 * that is meant: they differ while the job waits or is repeated. The next occurrence is computed
 * when one has ended, so a job never overlaps itself, and what was missed is caught up once.
 */
final class JobTask {

  /** Each job has one instance. */
  static final String INSTANCE = "schedule";

  private static final Logger log = LoggerFactory.getLogger(JobTask.class);

  /** Until the next try of a job that has to wait, or that failed without a result. */
  private static final Duration TRY_AGAIN = Duration.ofMinutes(1);

  private final ServiceJob job;
  private final Supplier<JobConfig> config;
  private final JobExecution execution;
  private final JobRunner runner;
  private final ScheduleQueries queries;
  private final PassedOccurrences passed;
  private final Clock clock;

  /**
   * @param config of the job, as of the last reload
   */
  JobTask(
      ServiceJob job,
      Supplier<JobConfig> config,
      JobExecution execution,
      JobRunner runner,
      ScheduleQueries queries,
      PassedOccurrences passed,
      Clock clock) {
    this.job = job;
    this.config = config;
    this.execution = execution;
    this.runner = runner;
    this.queries = queries;
    this.passed = passed;
    this.clock = clock;
  }

  Task<DueOccurrence> task() {
    return Tasks.custom(job.text(), DueOccurrence.class)
        .onFailure(this::failed)
        .onDeadExecution(
            (complete, operations) -> operations.reschedule(complete, complete.getTimeDone()))
        .execute((instance, context) -> run(instance.getData(), context.getExecution()));
  }

  private CompletionHandler<DueOccurrence> run(DueOccurrence due, Execution task) {
    JobConfig current = config.get();
    if (!current.enabled() || queries.disabled().contains(job.text())) {
      return (complete, operations) -> next(complete, operations, current);
    }
    Optional<String> obstacle = runner.obstacle(job);
    if (obstacle.isPresent()) {
      if (task.executionTime.equals(due.dueAt())) {
        log.info("{} waits: {}", job.text(), obstacle.get());
      }
      return (complete, operations) -> operations.reschedule(complete, clock.now().plus(TRY_AGAIN));
    }
    Instant started = clock.now();
    return switch (execute(current, due)) {
      case ExecutionResult.OccurrenceEnded _ ->
          (complete, operations) -> {
            passed.record(config.get(), due.dueAt(), started, clock.now());
            next(complete, operations, config.get());
          };
      case ExecutionResult.OccurrenceInterrupted _ ->
          (complete, operations) -> operations.reschedule(complete, clock.now());
      case ExecutionResult.OccurrenceLost _ -> (_, _) -> {};
    };
  }

  private ExecutionResult execute(JobConfig current, DueOccurrence due) {
    try {
      return execution.run(current, new JobOccurrence(job.text(), due.dueAt(), false));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new ExecutionResult.OccurrenceInterrupted();
    }
  }

  private void next(
      ExecutionComplete complete,
      ExecutionOperations<DueOccurrence> operations,
      JobConfig current) {
    DueOccurrence next = DueOccurrence.after(clock.now(), current.schedule());
    operations.reschedule(complete, next.dueAt(), next);
  }

  /** The database was unavailable, or the program has a fault: the occurrence is tried again. */
  private void failed(ExecutionComplete complete, ExecutionOperations<DueOccurrence> operations) {
    complete
        .getCause()
        .ifPresent(cause -> log.warn("{} failed: {}", job.text(), ErrorClassifier.reason(cause)));
    operations.reschedule(complete, clock.now().plus(TRY_AGAIN));
  }
}
