package studbook.model;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * One horse's record, checked: each value can be written as it stands, each {@code null} is a blank
 * that changes nothing.
 *
 * @param region the country of foaling in the API's lower-case code ({@code gb}, {@code ire})
 */
public record Profile(
    @Nullable LocalDate dob,
    @Nullable String sex,
    @Nullable String sexCode,
    @Nullable String colour,
    @Nullable String colourCode,
    @Nullable String region,
    @Nullable String breeder,
    Pedigree pedigree) {

  /**
   * Whether a record has what a detailed profile is requested for: the date of birth and some
   * parent, and of each parent that it names the id.
   */
  public boolean isWhole() {
    return dob != null && pedigree.isKnown() && pedigree.isLinked();
  }

  /** The same, but for the day of birth, by which a horse counts as enriched. */
  public Profile withoutDob() {
    return new Profile(null, sex, sexCode, colour, colourCode, region, breeder, pedigree);
  }
}
