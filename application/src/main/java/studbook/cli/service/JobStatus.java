package studbook.cli.service;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import studbook.service.JobScheduler;
import studbook.service.job.JobConfig;
import studbook.store.schedule.OccurrenceRepository;
import studbook.store.schedule.OccurrenceRepository.RecordedOccurrence;
import studbook.store.schedule.OccurrenceResult;
import studbook.store.schedule.ScheduleQueries;
import studbook.store.schedule.ScheduleQueries.ScheduledTask;

/**
 * A job as a person sees it.
 *
 * @param enabled by the settings and by people
 * @param running a living service runs it
 * @param last empty if it was never run
 * @param nextAt as the services have it; without a service as the settings say
 */
record JobStatus(
    JobConfig config,
    boolean enabled,
    boolean running,
    Optional<RecordedOccurrence> last,
    Instant nextAt) {

  /** The jobs in the order of their settings. */
  static List<JobStatus> load(Jdbi jdbi, List<JobConfig> configs) {
    ScheduleQueries queries = new ScheduleQueries(jdbi);
    Instant now = queries.now();
    Set<String> disabled = queries.disabled();
    Map<String, ScheduledTask> tasks = queries.tasks();
    Map<String, RecordedOccurrence> latest =
        new OccurrenceRepository(jdbi)
            .latest().stream()
                .collect(Collectors.toMap(one -> one.occurrence().job(), Function.identity()));
    return configs.stream()
        .map(config -> {
          String name = config.job().text();
          Optional<ScheduledTask> task = Optional.ofNullable(tasks.get(name));
          return new JobStatus(
              config,
              config.enabled() && !disabled.contains(name),
              task.filter(JobScheduler::isRunning).isPresent(),
              Optional.ofNullable(latest.get(name)),
              task.map(ScheduledTask::nextAt).orElseGet(() -> config.schedule().next(now)));
        })
        .toList();
  }

  ScheduleJson.JobJson json() {
    return new ScheduleJson.JobJson(
        config.job().text(),
        config.schedule().cron(),
        config.schedule().zone().getId(),
        enabled,
        running,
        enabled ? Optional.of(nextAt) : Optional.empty(),
        last.map(JobStatus::json));
  }

  private static ScheduleJson.OccurrenceJson json(RecordedOccurrence last) {
    return new ScheduleJson.OccurrenceJson(
        last.occurrence().dueAt(),
        last.occurrence().manual(),
        last.process(),
        last.startedAt(),
        last.endedAt(),
        duration(last).map(time -> time.toMillis() / 1_000.0),
        last.result().map(OccurrenceResult::text),
        last.message());
  }

  /** From the first attempt's start to the end; empty while it runs. */
  static Optional<Duration> duration(RecordedOccurrence last) {
    return last.endedAt().map(end -> Duration.between(last.startedAt(), end));
  }
}
