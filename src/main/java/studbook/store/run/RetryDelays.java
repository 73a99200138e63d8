package studbook.store.run;

import java.time.Instant;
import java.util.Optional;

/**
 * Horses that failed lately, which a plan leaves out for a while: an hour after the first failure,
 * then 6 hours, a day, and a week each. A row that the database refused waits until the row or what
 * refused it changes. A retry waits for none of them.
 *
 * @param forTime that are asked for again at their time
 * @param next when the first of these is
 * @param last when all of these are
 * @param forChange that are asked for again when their rows or the tables' constraints and triggers
 *     change
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
