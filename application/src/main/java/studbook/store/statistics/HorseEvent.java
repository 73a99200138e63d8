package studbook.store.statistics;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import studbook.model.ErrorKind;
import studbook.model.HorseStatus;
import studbook.store.outcome.ErrorEntry;
import studbook.store.outcome.ErrorLog.LoggedError;
import studbook.store.outcome.Outcome.OutcomeFailure;
import studbook.store.statistics.HorseHistory.RunOutcome;

/**
 * An event of a horse: a failed attempt, or its status in a run.
 *
 * @param at {@code null} while it is pending
 * @param outcome empty for a failed attempt
 * @param requests sent for the horse in this run until then
 */
public record HorseEvent(
    @Nullable Instant at,
    long run,
    Optional<HorseStatus> outcome,
    Optional<ErrorKind> kind,
    Optional<String> endpoint,
    int status,
    int requests,
    Duration duration,
    Optional<String> message) {

  /** All of them, over all runs, the oldest first; an attempt before its outcome. */
  public static List<HorseEvent> of(HorseHistory history) {
    Comparator<HorseEvent> byTime =
        Comparator.comparing(HorseEvent::at, Comparator.nullsLast(Comparator.naturalOrder()));
    return Stream.concat(
            history.errors().stream().map(HorseEvent::of),
            history.outcomes().stream().map(HorseEvent::of))
        .sorted(byTime)
        .toList();
  }

  private static HorseEvent of(LoggedError logged) {
    ErrorEntry entry = logged.entry();
    return new HorseEvent(
        logged.at(),
        entry.run(),
        Optional.empty(),
        Optional.of(entry.kind()),
        entry.endpoint(),
        entry.status(),
        entry.attempt(),
        entry.took(),
        Optional.of(entry.message()));
  }

  private static HorseEvent of(RunOutcome outcome) {
    return new HorseEvent(
        outcome.settledAt(),
        outcome.run(),
        Optional.of(outcome.state()),
        outcome.failure().map(OutcomeFailure::kind),
        outcome.source(),
        outcome.status(),
        outcome.requests(),
        outcome.took(),
        outcome.failure().map(OutcomeFailure::message));
  }
}
