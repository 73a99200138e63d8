package studbook.json.horse;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import studbook.json.ChangeJson;
import studbook.model.ErrorKind;
import studbook.model.HorseStatus;
import studbook.store.statistics.HorseEvent;
import studbook.store.statistics.HorseHistory;
import studbook.store.statistics.HorseHistory.HorseRow;
import studbook.store.statistics.HorseHistory.PedigreeRow;
import studbook.store.statistics.HorseHistory.RunOutcome;

/**
 * One horse as JSON.
 *
 * @param horse {@code null} where ra_horses lacks it
 */
public record HorseJson(
    String horseId,
    Optional<HorseRow> horse,
    Optional<PedigreeRow> pedigree,
    Optional<LastWriteJson> lastWrite,
    Optional<Instant> confirmedAt,
    List<ChangeJson> changes,
    List<HorseEventJson> history) {

  private record LastWriteJson(
      long runId, Optional<String> endpoint, @Nullable Instant completedAt, boolean unmodified) {

    static LastWriteJson of(RunOutcome outcome) {
      return new LastWriteJson(
          outcome.run(), outcome.source(), outcome.settledAt(), outcome.unchanged());
    }
  }

  private record HorseEventJson(
      @Nullable Instant occurredAt,
      long runId,
      Optional<HorseStatus> outcome,
      Optional<ErrorKind> errorKind,
      Optional<String> endpoint,
      @Nullable Integer httpStatus,
      int requests,
      Duration durationSeconds,
      Optional<String> message) {

    static HorseEventJson of(HorseEvent event) {
      return new HorseEventJson(
          event.at(),
          event.run(),
          event.outcome(),
          event.kind(),
          event.endpoint(),
          event.status() == 0 ? null : event.status(),
          event.requests(),
          event.duration(),
          event.message());
    }
  }

  public static HorseJson of(HorseHistory history) {
    return new HorseJson(
        history.id(),
        history.horse(),
        history.pedigree(),
        history.origin().map(LastWriteJson::of),
        history.confirmedAt(),
        history.changes().stream().map(ChangeJson::of).toList(),
        HorseEvent.of(history).stream().map(HorseEventJson::of).toList());
  }
}
