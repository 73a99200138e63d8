package studbook.json;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import studbook.model.ErrorKind;
import studbook.model.HorseId;
import studbook.store.outcome.ErrorEntry;
import studbook.store.outcome.ErrorLog.LoggedError;

/**
 * A row of the error log.
 *
 * @param httpStatus {@code null} where there was no response
 */
public record LoggedErrorJson(
    Instant occurredAt,
    Optional<String> horseId,
    ErrorKind errorKind,
    Optional<String> endpoint,
    @Nullable Integer httpStatus,
    int attempt,
    Duration durationSeconds,
    String message) {

  public static LoggedErrorJson of(LoggedError logged) {
    ErrorEntry entry = logged.entry();
    return new LoggedErrorJson(
        logged.at(),
        entry.horse().map(HorseId::text),
        entry.kind(),
        entry.endpoint(),
        entry.status() == 0 ? null : entry.status(),
        entry.attempt(),
        entry.took(),
        entry.message());
  }
}
