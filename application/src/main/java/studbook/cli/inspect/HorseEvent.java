package studbook.cli.inspect;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import studbook.store.outcome.ErrorEntry;
import studbook.store.outcome.ErrorLog;
import studbook.store.outcome.Outcome;
import studbook.store.statistics.HorseHistory;

/**
 * An event of a horse: a failed attempt, or the outcome of a run.
 *
 * @param at {@code null} while it is pending
 * @param outcome of an outcome
 * @param kind of the error
 * @param requests sent for the horse in this run until then
 */
record HorseEvent(
    @Nullable Instant at,
    long run,
    @Nullable String outcome,
    @Nullable String kind,
    @Nullable String endpoint,
    int status,
    int requests,
    long millis,
    @Nullable String message) {

  /** All events over all runs in the order of time; an attempt comes before its outcome. */
  static List<HorseEvent> of(HorseHistory dossier) {
    Comparator<HorseEvent> byTime =
        Comparator.comparing(HorseEvent::at, Comparator.nullsLast(Comparator.naturalOrder()));
    return Stream.concat(
            dossier.errors().stream().map(HorseEvent::of),
            dossier.outcomes().stream().map(HorseEvent::of))
        .sorted(byTime)
        .toList();
  }

  private static HorseEvent of(ErrorLog.LoggedError logged) {
    ErrorEntry entry = logged.entry();
    return new HorseEvent(
        logged.at(),
        entry.run(),
        null,
        entry.kind().text(),
        entry.endpoint().orElse(null),
        entry.status(),
        entry.attempt(),
        entry.took().toMillis(),
        entry.message());
  }

  private static HorseEvent of(HorseHistory.RunOutcome entry) {
    return new HorseEvent(
        entry.settledAt(),
        entry.run(),
        entry.state().text(),
        entry.failure().map(failure -> failure.kind().text()).orElse(null),
        entry.source().orElse(null),
        entry.status(),
        entry.requests(),
        entry.took().toMillis(),
        entry.failure().map(Outcome.OutcomeFailure::message).orElse(null));
  }
}
