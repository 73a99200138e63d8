package studbook.cli.inspect;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import studbook.model.Printable;
import studbook.model.RunState;
import studbook.store.database.Database;
import studbook.store.run.RunTimeline;
import studbook.store.run.RunTimelines;
import studbook.store.run.Runs;
import studbook.store.run.Tally;
import studbook.store.statistics.Samples;
import studbook.text.Json;

/**
 * A run in figures, for lists and for JSON.
 *
 * @param took from its plan to its end, stops included; of a run whose process died, until it was
 *     last seen at work
 * @param timeline its working time, by which rates are computed
 */
public record RunSummary(Runs.Run run, Tally tally, Duration took, RunTimeline timeline) {

  private static final int REASON = 200;

  static RunSummary of(Runs.Run run, Database database, Clock clock) {
    Instant end =
        switch (run.state()) {
          case FINISHED, STOPPED, CANCELLED -> run.endedAt();
          case RUNNING, PAUSED -> run.isUnderWay() ? clock.instant() : null;
          case SUPERSEDED -> null;
        };
    Instant last =
        Optional.ofNullable(end)
            .or(() -> new Samples(database.jdbi()).last(run.id()))
            .orElse(run.startedAt());
    Duration took = Duration.between(run.startedAt(), last);
    return new RunSummary(
        run,
        new Runs(database.jdbi()).tally(run.id()),
        took.isNegative() ? Duration.ZERO : took,
        new RunTimelines(database.jdbi()).of(run));
  }

  /** Whether it should go on, and nobody lives who would. */
  boolean isOrphan() {
    return (run.state() == RunState.RUNNING || run.state() == RunState.PAUSED) && !run.isUnderWay();
  }

  /** One or two words: {@code finished}, {@code paused}, {@code died}. */
  String state() {
    return isOrphan() ? "died" : run.state().text();
  }

  /** Why it is paused or ended otherwise than by finishing, fit for a terminal. */
  Optional<String> reason() {
    return Optional.ofNullable(run.reason()).map(text -> Printable.excerpt(text, REASON));
  }

  /** Horses a second of working time; 0 before any work. */
  double perSecond() {
    return timeline.perSecond(tally.processed());
  }

  /** Its keys are documented and stable. */
  record Shown(
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

  Shown shown(Clock clock) {
    return new Shown(
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
    return Json.time(instant.atZone(clock.getZone()).toOffsetDateTime());
  }
}
