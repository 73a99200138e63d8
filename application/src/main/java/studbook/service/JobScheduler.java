package studbook.service;

import com.github.kagkarlsson.scheduler.Clock;
import com.github.kagkarlsson.scheduler.ScheduledExecution;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceCurrentlyExecutingException;
import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import studbook.service.job.JobConfig;
import studbook.service.job.JobListener;
import studbook.service.job.JobRunner;
import studbook.service.job.ServiceJob;
import studbook.store.schedule.OccurrenceRepository;
import studbook.store.schedule.ScheduleQueries;
import studbook.store.schedule.ScheduleQueries.ScheduledTask;
import studbook.time.Sleeper;

/**
 * Runs jobs by their schedules. Several services on one database share the jobs: each occurrence is
 * run by one of them. A service that dies or freezes is replaced within 90 seconds. Safe for many
 * threads.
 */
public final class JobScheduler {

  /** How often the database is asked for due jobs: an idle service does nothing else. */
  static final Duration POLLING = Duration.ofSeconds(5);

  private static final Duration HEARTBEAT = Duration.ofSeconds(15);

  /** The least that db-scheduler accepts; a process counts as dead after a minute. */
  private static final int MISSED_HEARTBEATS = 4;

  /** Within the five seconds that a stop may take. */
  private static final Duration STOP_WITHIN = Duration.ofSeconds(3);

  /** Jobs of a newer version stay scheduled while an older one runs. */
  private static final Duration KEEP_UNKNOWN = Duration.ofDays(3_650);

  private final Map<ServiceJob, JobConfig> configs = new ConcurrentHashMap<>();
  private final List<Task<?>> tasks;
  private final Clock clock;
  private final String process;

  /**
   * @param configs one for each job
   * @param listener of what comes of jobs
   * @param clock the same for all services
   * @param process this one, for people
   */
  public JobScheduler(
      Jdbi jdbi,
      List<JobConfig> configs,
      JobRunner runner,
      JobListener listener,
      Clock clock,
      Sleeper sleeper,
      String process) {
    configs.forEach(config -> this.configs.put(config.job(), config));
    this.clock = clock;
    this.process = process;
    OccurrenceRepository occurrences = new OccurrenceRepository(jdbi);
    JobExecution execution = new JobExecution(occurrences, runner, sleeper, process);
    this.tasks =
        Arrays.stream(ServiceJob.values())
            .<Task<?>>map(job ->
                new JobTask(
                        job,
                        () -> config(job),
                        execution,
                        runner,
                        new ScheduleQueries(jdbi),
                        new PassedOccurrences(occurrences, process, listener),
                        clock)
                    .task())
            .toList();
  }

  private JobConfig config(ServiceJob job) {
    return Optional.ofNullable(configs.get(job)).orElseThrow();
  }

  /** The jobs with their present settings, in the order of {@link ServiceJob}. */
  public List<JobConfig> jobs() {
    return Arrays.stream(ServiceJob.values()).map(this::config).toList();
  }

  /** The tasks of a scheduler that {@link #configure} completes. */
  List<Task<?>> tasks() {
    return tasks;
  }

  /** A scheduler that is not started. */
  public Scheduler create(DataSource dataSource) {
    return configure(Scheduler.create(dataSource, tasks)).clock(clock).build();
  }

  /** Everything but the clock. */
  SchedulerBuilder configure(SchedulerBuilder builder) {
    return builder
        .tableName("studbook.scheduled_task")
        .serializer(new JsonSerializer())
        .jdbcCustomization(new PostgreSqlJdbcCustomization(false, true))
        .schedulerName(new SchedulerName.Fixed(process))
        .threads(tasks.size())
        .pollingInterval(POLLING)
        .heartbeatInterval(HEARTBEAT)
        .missedHeartbeatsLimit(MISSED_HEARTBEATS)
        .shutdownMaxWait(STOP_WITHIN)
        .deleteUnresolvedAfter(KEEP_UNKNOWN);
  }

  /**
   * Schedules every job that is not scheduled yet, or whose schedule has changed. Repeatable; what
   * is due stays due.
   */
  public void arrange(SchedulerClient client) {
    for (ServiceJob job : ServiceJob.values()) {
      arrange(client, config(job));
    }
  }

  private void arrange(SchedulerClient client, JobConfig config) {
    String name = config.job().text();
    DueOccurrence next = DueOccurrence.after(clock.now(), config.schedule());
    Optional<ScheduledExecution<Object>> known =
        client.getScheduledExecution(TaskInstanceId.of(name, JobTask.INSTANCE));
    if (known.isEmpty()) {
      client.scheduleIfNotExists(new TaskInstance<>(name, JobTask.INSTANCE, next), next.dueAt());
    } else if (known.get().getData() instanceof DueOccurrence due && !due.isOf(config.schedule())) {
      try {
        client.reschedule(TaskInstanceId.of(name, JobTask.INSTANCE), next.dueAt(), next);
      } catch (TaskInstanceCurrentlyExecutingException e) {
        // Its end schedules the next occurrence.
      }
    }
  }

  /** Whether a living service runs a job. */
  public static boolean isRunning(ScheduledTask task) {
    return task.heartbeatAge()
        .filter(age -> age.compareTo(HEARTBEAT.multipliedBy(MISSED_HEARTBEATS)) < 0)
        .isPresent();
  }

  /** Uses other settings from now on; a job that runs keeps the ones it began with. */
  public void reload(List<JobConfig> changed, SchedulerClient client) {
    changed.forEach(config -> configs.put(config.job(), config));
    arrange(client);
  }
}
