package studbook.store.run;

import java.util.List;
import java.util.Optional;
import studbook.model.ErrorKind;

/**
 * Which horses a run takes, of those that need enrichment.
 *
 * @param incomplete those that lack any field that the API can give, and not only those without a
 *     date of birth; the run fills blanks and overwrites nothing
 * @param skip how many to leave out, in the order of their ids
 * @param max how many to take at most, in the order of their ids
 * @param ids only these, where given
 * @param failed only those that failed there, where given
 * @param includeSettled also those that a run of the last 90 days settled without a date of birth,
 *     or confirmed as they are; of a retry those that its runs settled without a date of birth
 */
public record HorseSelection(
    boolean incomplete,
    long skip,
    Optional<Long> max,
    Optional<List<String>> ids,
    Optional<FailedHorses> failed,
    boolean includeSettled) {

  /**
   * Horses that failed in a run or in those that it retried, and were not settled in a later one of
   * them.
   *
   * @param kind only those that failed so, where given
   */
  public record FailedHorses(long run, Optional<ErrorKind> kind) {}

  /** Every horse that needs enrichment. */
  public static final HorseSelection ALL =
      new HorseSelection(false, 0, Optional.empty(), Optional.empty(), Optional.empty(), false);

  /**
   * What is to be asked again after a run.
   *
   * @param incomplete as that run was
   */
  public static HorseSelection failed(
      boolean incomplete, FailedHorses failed, boolean includeSettled) {
    return new HorseSelection(
        incomplete, 0, Optional.empty(), Optional.empty(), Optional.of(failed), includeSettled);
  }

  public HorseSelection {
    ids = ids.map(List::copyOf);
    if (skip < 0 || max.orElse(1L) < 1) {
      throw new IllegalArgumentException("skip " + skip + " and max " + max + " select nothing");
    }
  }
}
