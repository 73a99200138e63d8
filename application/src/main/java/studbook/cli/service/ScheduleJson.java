package studbook.cli.service;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** JSON of {@code studbook schedule}. */
record ScheduleJson(List<JobJson> jobs) {

  /** A job. */
  record JobJson(
      String job,
      String cron,
      String zone,
      boolean enabled,
      boolean running,
      Optional<Instant> nextAt,
      Optional<OccurrenceJson> last) {}

  /** An occurrence. */
  record OccurrenceJson(
      Instant dueAt,
      boolean manual,
      String process,
      Instant startedAt,
      Optional<Instant> endedAt,
      Optional<Double> durationSeconds,
      Optional<String> result,
      Optional<String> message) {}
}
