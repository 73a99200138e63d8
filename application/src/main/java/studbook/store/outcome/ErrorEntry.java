package studbook.store.outcome;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import studbook.model.ErrorKind;
import studbook.model.HorseId;

/**
 * A row of the error log.
 *
 * @param id unique: a row is added once, however often it is sent
 * @param endpoint {@code pro} or {@code standard}; empty if no request was involved
 * @param status HTTP status; 0 if there was no response
 * @param attempt number of this request for the horse
 */
public record ErrorEntry(
    UUID id,
    long run,
    Optional<HorseId> horse,
    ErrorKind kind,
    Optional<String> endpoint,
    int status,
    int attempt,
    Duration took,
    String message) {

  /** A new entry with a new id. */
  public ErrorEntry(
      long run,
      Optional<HorseId> horse,
      ErrorKind kind,
      Optional<String> endpoint,
      int status,
      int attempt,
      Duration took,
      String message) {
    this(UUID.randomUUID(), run, horse, kind, endpoint, status, attempt, took, message);
  }

  /** The same with a message that every database encoding can represent. */
  ErrorEntry inAscii() {
    String plain = message.replaceAll("[^\\x20-\\x7E]", "?");
    return new ErrorEntry(id, run, horse, kind, endpoint, status, attempt, took, plain);
  }
}
