package studbook.service;

import com.github.kagkarlsson.scheduler.testhelper.ManualScheduler;
import com.github.kagkarlsson.scheduler.testhelper.SettableClock;
import com.github.kagkarlsson.scheduler.testhelper.TestHelper.ManualSchedulerBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import studbook.service.job.JobConfig;
import studbook.service.job.JobListener;
import studbook.service.job.JobRunner;
import studbook.service.job.JobSchedule;
import studbook.service.job.ServiceJob;
import studbook.store.TestStore;
import studbook.store.schedule.OccurrenceResult;
import studbook.store.schedule.ScheduleQueries;
import studbook.store.schedule.ScheduleQueries.ScheduledTask;

/**
 * Services on one database and one virtual clock, driven step by step: what the threads of a
 * service do in time is done here when the test says so.
 */
final class ScheduleFixture implements AutoCloseable {

  /** On New Year's Day. */
  private static final String NEVER = "0 0 1 1 *";

  static final ZoneId LONDON = ZoneId.of("Europe/London");

  final TestStore store = TestStore.fresh();
  final SettableClock clock = new SettableClock();
  final RecordingListener events = new RecordingListener();
  final Map<ServiceJob, String> crons = new EnumMap<>(ServiceJob.class);

  ScheduleFixture(String now) {
    clock.set(Instant.parse(now));
  }

  /** What came of jobs. */
  static final class RecordingListener implements JobListener {

    final List<String> heard = new ArrayList<>();

    @Override
    public void onMissed(ServiceJob job, Instant dueAt, int missed) {
      heard.add("%s %s missed %d".formatted(job.text(), dueAt, missed));
    }
  }

  /** What a job does in a test: returns its end. */
  static final class RecordingRunner implements JobRunner {

    final List<ServiceJob> ran = new ArrayList<>();
    Optional<String> obstacle = Optional.empty();
    Supplier<Optional<OccurrenceResult>> work = () -> Optional.of(OccurrenceResult.DONE);

    @Override
    public Optional<String> obstacle(ServiceJob job) {
      return obstacle;
    }

    @Override
    public JobResult run(JobConfig config) {
      ran.add(config.job());
      return new JobResult(work.get(), "told");
    }
  }

  List<JobConfig> configs() {
    return Arrays.stream(ServiceJob.values())
        .map(job ->
            new JobConfig(
                job,
                JobSchedule.parse(crons.getOrDefault(job, NEVER), LONDON),
                true,
                Optional.empty(),
                Map.of()))
        .toList();
  }

  /** A service that has started. */
  ManualScheduler start(JobRunner runner) {
    return start(jobs(runner));
  }

  /** The same with a clock of its own. */
  ManualScheduler start(JobRunner runner, SettableClock own) {
    return start(jobs(runner, own), own);
  }

  JobScheduler jobs(JobRunner runner) {
    return jobs(runner, clock);
  }

  private JobScheduler jobs(JobRunner runner, SettableClock own) {
    return new JobScheduler(
        store.jdbi, configs(), runner, events, own, _ -> {}, "service " + runner.hashCode());
  }

  ManualScheduler start(JobScheduler jobs) {
    return start(jobs, clock);
  }

  private ManualScheduler start(JobScheduler jobs, SettableClock own) {
    ManualSchedulerBuilder builder = new ManualSchedulerBuilder(store.dataSource(), jobs.tasks());
    builder.clock(own);
    jobs.configure(builder);
    ManualScheduler scheduler = builder.build();
    jobs.arrange(scheduler);
    return scheduler;
  }

  /** When a job starts next. */
  Instant next(ServiceJob job) {
    return tasks().stream()
        .filter(task -> task.job().equals(job.text()))
        .findFirst()
        .orElseThrow()
        .nextAt();
  }

  List<ScheduledTask> tasks() {
    return List.copyOf(new ScheduleQueries(store.jdbi).tasks().values());
  }

  /** Lets the time pass until the next job is due. */
  void untilNextIsDue() {
    clock.set(
        tasks().stream()
            .map(ScheduledTask::nextAt)
            .min(Comparator.naturalOrder())
            .orElseThrow()
            .plusSeconds(1));
  }

  void pass(Duration time) {
    clock.set(clock.now().plus(time));
  }

  /** {@code 2026-03-28T06:10:00Z done 1}: the occurrences of a job with result and attempts. */
  List<String> occurrences(ServiceJob job) {
    return store.jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT to_char(due_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') || ' '
                  || COALESCE(result, 'running') || ' ' || attempt
                FROM studbook.job_occurrence WHERE job = :job ORDER BY due_at
                """)
            .bind("job", job.text())
            .mapTo(String.class)
            .list());
  }

  @Override
  public void close() {
    store.close();
  }
}
