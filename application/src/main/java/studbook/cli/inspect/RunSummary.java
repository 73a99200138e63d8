package studbook.cli.inspect;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import studbook.model.RunState;
import studbook.model.SafeText;
import studbook.store.database.Database;
import studbook.store.run.RunCounts;
import studbook.store.run.RunRepository;
import studbook.store.run.RunTimeline;
import studbook.store.run.RunTimelineQueries;
import studbook.store.statistics.ThroughputSamples;
import studbook.text.JsonFormat;

/**
 * The figures of a run, for lists and JSON.
 *
 * @param took from its plan to its end, including stops; for a run with a dead process until its
 *     last heartbeat
 * @param timeline its working time, by which rates are computed
 */
public record RunSummary(
    RunRepository.RunRow run, RunCounts tally, Duration took, RunTimeline timeline) {

  private static final int REASON = 200;

  static RunSummary of(RunRepository.RunRow run, Database database, Clock clock) {
    Instant end =
        switch (run.state()) {
          case FINISHED, STOPPED, CANCELLED -> run.endedAt();
          case RUNNING, PAUSED -> run.isUnderWay() ? clock.instant() : null;
          case SUPERSEDED -> null;
        };
    Instant last =
        Optional.ofNullable(end)
            .or(() -> new ThroughputSamples(database.jdbi()).last(run.id()))
            .orElse(run.startedAt());
    Duration took = Duration.between(run.startedAt(), last);
    return new RunSummary(
        run,
        new RunRepository(database.jdbi()).tally(run.id()),
        took.isNegative() ? Duration.ZERO : took,
        new RunTimelineQueries(database.jdbi()).of(run));
  }

  /** Whether it should continue but has no live process. */
  boolean isOrphan() {
    return (run.state() == RunState.RUNNING || run.state() == RunState.PAUSED) && !run.isUnderWay();
  }

  /** One or two words: {@code finished}, {@code paused}, {@code died}. */
  String state() {
    return isOrphan() ? "died" : run.state().text();
  }

  /** Why it is paused or ended otherwise than by finishing, fit for a terminal. */
  Optional<String> reason() {
    return Optional.ofNullable(run.reason()).map(text -> SafeText.excerpt(text, REASON));
  }

  /** Horses a second of working time; 0 before any work. */
  double perSecond() {
    return timeline.perSecond(tally.processed());
  }

  /** Its keys are documented and stable. */
  record RunJson(
      long run,
      String state,
      @Nullable String reason,
      boolean underWay,
      @Nullable Long retryOf,
      String startedAt,
      @Nullable String endedAt,
      long seconds,
      @Nullable Double requestsPerSecondAllowed,
      double workingSeconds,
      double horsesPerSecond,
      long total,
      long processed,
      long enriched,
      long noDob,
      long basic,
      long notFound,
      long failed,
      long alreadyFilled,
      long gone,
      long withPedigree,
      long withoutPedigree,
      long requests) {}

  RunJson shown(Clock clock) {
    return new RunJson(
        run.id(),
        run.state().text(),
        run.reason(),
        run.isUnderWay(),
        run.told().retryOf().orElse(null),
        time(run.startedAt(), clock),
        run.endedAt() == null ? null : time(run.endedAt(), clock),
        took.toSeconds(),
        run.told().rate().isUnlimited() ? null : run.told().rate().perSecond(),
        timeline.working().toMillis() / 1e3,
        perSecond(),
        tally.total(),
        tally.processed(),
        tally.enriched(),
        tally.noDob(),
        tally.basic(),
        tally.notFound(),
        tally.failed(),
        tally.alreadyFilled(),
        tally.gone(),
        tally.withPedigree(),
        tally.withoutPedigree(),
        tally.requests());
  }

  /** A moment as JSON has it: with the offset of the local zone. */
  public static String time(Instant instant, Clock clock) {
    return JsonFormat.time(instant.atZone(clock.getZone()).toOffsetDateTime());
  }
}
