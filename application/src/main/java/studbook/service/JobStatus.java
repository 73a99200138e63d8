package studbook.service;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import studbook.service.job.JobConfig;
import studbook.store.schedule.OccurrenceRepository;
import studbook.store.schedule.OccurrenceRepository.RecordedOccurrence;
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
public record JobStatus(
    JobConfig config,
    boolean enabled,
    boolean running,
    Optional<RecordedOccurrence> last,
    Instant nextAt) {

  /** The jobs in the order of their settings. */
  public static List<JobStatus> load(Jdbi jdbi, List<JobConfig> configs) {
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

  /** What came of the last occurrence, for people; empty if it was never run. */
  public String result() {
    if (running) {
      return "running";
    }
    return last.map(
            one -> one.result().map(end -> end.text().replace('_', ' ')).orElse("not ended"))
        .orElse("");
  }

  /** From the first attempt's start to the end; empty while it runs. */
  public static Optional<Duration> duration(RecordedOccurrence last) {
    return last.endedAt().map(end -> Duration.between(last.startedAt(), end));
  }
}
