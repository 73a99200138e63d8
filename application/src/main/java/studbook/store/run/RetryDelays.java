package studbook.store.run;

import java.time.Instant;
import java.util.Optional;

/**
 * Horses that failed lately and are skipped by plans: for an hour after the first failure, then 6
 * hours, a day, and a week each. A row that the database rejected waits until the row or the cause
 * changes. A retry does not wait.
 *
 * @param forTime requested again at their time
 * @param next when the first of these is
 * @param last when all of these are
 * @param forChange requested again when their rows or the tables' constraints and triggers change
 * @param run the newest in which one of them failed
 */
public record RetryDelays(
    long forTime,
    Optional<Instant> next,
    Optional<Instant> last,
    long forChange,
    Optional<Long> run) {

  /** No horse. */
  public static final RetryDelays NONE =
      new RetryDelays(0, Optional.empty(), Optional.empty(), 0, Optional.empty());

  /** Both kinds. */
  public long horses() {
    return forTime + forChange;
  }
}
