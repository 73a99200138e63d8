package studbook.store.change;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A value that Studbook changed in the user's tables. The values come from outside.
 *
 * @param column of ra_horses or ra_horse_pedigree; {@code pedigree_region} is the latter's region
 * @param oldValue empty if it was blank
 * @param source endpoint, or {@code review} for an accepted review
 * @param run empty for discover and reviews
 */
public record RecordedChange(
    String horse,
    String column,
    Optional<String> oldValue,
    String newValue,
    String source,
    Optional<Long> run,
    Instant at) {

  /** The columns that can change. */
  public static final List<String> COLUMNS =
      List.of(
          "name",
          "dob",
          "sex",
          "sex_code",
          "colour",
          "colour_code",
          "region",
          "sire",
          "sire_id",
          "dam",
          "dam_id",
          "damsire",
          "damsire_id",
          "breeder",
          "pedigree_region");
}
