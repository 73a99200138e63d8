package studbook.service;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import studbook.store.schedule.OccurrenceRepository.RecordedOccurrence;
import studbook.store.schedule.OccurrenceResult;

/** JSON of {@code studbook schedule}. */
public record ScheduleJson(List<JobJson> jobs) {

  /** A job. */
  public record JobJson(
      String job,
      String cron,
      String zone,
      boolean enabled,
      boolean running,
      Optional<Instant> nextAt,
      Optional<OccurrenceJson> last) {

    private static JobJson of(JobStatus status) {
      return new JobJson(
          status.config().job().text(),
          status.config().schedule().cron(),
          status.config().schedule().zone().getId(),
          status.enabled(),
          status.running(),
          status.enabled() ? Optional.of(status.nextAt()) : Optional.empty(),
          status.last().map(OccurrenceJson::of));
    }
  }

  /** An occurrence. */
  public record OccurrenceJson(
      Instant dueAt,
      boolean manual,
      String process,
      Instant startedAt,
      Optional<Instant> endedAt,
      Optional<Double> durationSeconds,
      Optional<String> result,
      Optional<String> message) {

    private static OccurrenceJson of(RecordedOccurrence last) {
      return new OccurrenceJson(
          last.occurrence().dueAt(),
          last.occurrence().manual(),
          last.process(),
          last.startedAt(),
          last.endedAt(),
          JobStatus.duration(last).map(time -> time.toMillis() / 1_000.0),
          last.result().map(OccurrenceResult::text),
          last.message());
    }
  }

  public static ScheduleJson of(List<JobStatus> jobs) {
    return new ScheduleJson(jobs.stream().map(JobJson::of).toList());
  }
}
