package studbook.store;

import java.time.Duration;
import java.util.Optional;
import studbook.horse.HorseId;

/**
 * One row of the error log.
 *
 * @param endpoint {@code pro} or {@code standard}; empty where no request was the matter
 * @param status HTTP status; 0 where there was no answer
 * @param attempt which request for this horse it was
 */
public record ErrorEntry(
    long run,
    Optional<HorseId> horse,
    ErrorKind kind,
    Optional<String> endpoint,
    int status,
    int attempt,
    Duration took,
    String message) {

  /** The same with a message that every encoding of a database can hold. */
  ErrorEntry inAscii() {
    String plain = message.replaceAll("[^\\x20-\\x7E]", "?");
    return new ErrorEntry(run, horse, kind, endpoint, status, attempt, took, plain);
  }
}
