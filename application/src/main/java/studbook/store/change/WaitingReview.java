package studbook.store.change;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A suspicious change that waits for a person. The values come from outside.
 *
 * @param name of the horse in ra_horses
 * @param field name, dob, sex, sire, dam or damsire
 * @param oldValue with its other half, for a pair
 * @param source endpoint
 * @param run empty for discover
 */
public record WaitingReview(
    long id,
    String horse,
    Optional<String> name,
    String field,
    PairValue oldValue,
    PairValue newValue,
    String source,
    Optional<Long> run,
    Instant raisedAt) {

  /** The fields that are reviewed. */
  public static final List<String> FIELDS = List.of("name", "dob", "sex", "sire", "dam", "damsire");

  /**
   * A value and the other half of its pair.
   *
   * @param code sex code or parent's id
   */
  public record PairValue(Optional<String> value, Optional<String> code) {}
}
