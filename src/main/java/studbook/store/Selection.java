package studbook.store;

import java.util.List;
import java.util.Optional;

/**
 * Which horses a run takes, of those that need enrichment.
 *
 * @param skip how many to leave out, in the order of their ids
 * @param max how many to take at most, in the order of their ids
 * @param ids only these, where given
 * @param includeSettled also those that a run of the last 90 days settled without a date of birth
 */
public record Selection(
    long skip, Optional<Long> max, Optional<List<String>> ids, boolean includeSettled) {

  /** Every horse that needs enrichment. */
  public static final Selection ALL = new Selection(0, Optional.empty(), Optional.empty(), false);

  public Selection {
    ids = ids.map(List::copyOf);
    if (skip < 0 || max.orElse(1L) < 1) {
      throw new IllegalArgumentException("skip " + skip + " and max " + max + " select nothing");
    }
  }
}
