package studbook.store.run;

import java.time.Instant;
import java.util.List;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import studbook.store.work.RunEventRepository;

/** Reads the data of a {@link RunTimeline}. Safe for many threads. */
public final class RunTimelineQueries {

  private final Jdbi jdbi;

  public RunTimelineQueries(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** The timeline of a run until now, by the database's clock. */
  public RunTimeline of(RunRepository.RunRow run) {
    return jdbi.withHandle(
        handle -> of(handle, run, RunEventRepository.of(handle, run.id()), now(handle)));
  }

  public static RunTimeline of(
      Handle handle,
      RunRepository.RunRow run,
      List<RunEventRepository.RunEvent> events,
      Instant now) {
    return (run.state().isTerminal() ? saved(handle, run.id()) : Optional.<RunTimeline>empty())
        .orElseGet(() ->
            RunTimeline.of(
                run.startedAt(),
                events,
                samples(handle, run.id()),
                Objects.requireNonNullElse(run.endedAt(), now),
                run.endedAt() != null || run.isUnderWay()));
  }

  /** Whether the run's timeline is stored, as it is before its events and samples are archived. */
  public boolean isSaved(long run) {
    return jdbi.withHandle(handle -> saved(handle, run).isPresent());
  }

  /** The timeline of a run whose events and samples may be archived. */
  private static Optional<RunTimeline> saved(Handle handle, long run) {
    return handle
        .createQuery(
            """
            SELECT span FROM studbook.run CROSS JOIN unnest(timeline) WITH ORDINALITY AS s (span, place)
            WHERE run_id = :run ORDER BY place
            """)
        .bind("run", run)
        .mapTo(String.class)
        .collect(
            Collectors.collectingAndThen(
                Collectors.toList(),
                lines ->
                    lines.isEmpty() ? Optional.empty() : Optional.of(RunTimeline.ofLines(lines))));
  }

  /** The last sample before each event and the last of all: a run has thousands. */
  private static NavigableSet<Instant> samples(Handle handle, long run) {
    return new TreeSet<>(
        handle
            .createQuery(
                """
                SELECT s.sampled_at FROM (
                  SELECT occurred_at FROM studbook.run_event WHERE run_id = :run
                  UNION ALL SELECT 'infinity') e
                CROSS JOIN LATERAL (
                  SELECT sampled_at FROM studbook.run_sample WHERE run_id = :run AND sampled_at < e.occurred_at
                  ORDER BY sampled_at DESC LIMIT 1) s
                """)
            .bind("run", run)
            .mapTo(Instant.class)
            .list());
  }

  private static Instant now(Handle handle) {
    return handle.createQuery("SELECT clock_timestamp()").mapTo(Instant.class).one();
  }
}
