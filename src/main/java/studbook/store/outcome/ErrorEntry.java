package studbook.store.outcome;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import studbook.model.ErrorKind;
import studbook.model.HorseId;

/**
 * One row of the error log.
 *
 * @param id its own: a row is added once, however often it is sent
 * @param endpoint {@code pro} or {@code standard}; empty where no request was the matter
 * @param status HTTP status; 0 where there was no answer
 * @param attempt which request for this horse it was
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

  /** A new one, with an id that no other has. */
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

  /** The same with a message that every encoding of a database can hold. */
  ErrorEntry inAscii() {
    String plain = message.replaceAll("[^\\x20-\\x7E]", "?");
    return new ErrorEntry(id, run, horse, kind, endpoint, status, attempt, took, plain);
  }
}
