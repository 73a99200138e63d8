package studbook.model;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A validated horse record: each value can be written, each {@code null} is a blank that changes
 * nothing.
 *
 * @param name with the suffix of the country of foaling; compared, never written
 * @param region the country of foaling in the API's lower-case code ({@code gb}, {@code ire})
 */
public record Profile(
    @Nullable String name,
    @Nullable LocalDate dob,
    @Nullable String sex,
    @Nullable String sexCode,
    @Nullable String colour,
    @Nullable String colourCode,
    @Nullable String region,
    @Nullable String breeder,
    ProfileParents pedigree) {

  /** A record whose name is not compared. */
  public Profile(
      @Nullable LocalDate dob,
      @Nullable String sex,
      @Nullable String sexCode,
      @Nullable String colour,
      @Nullable String colourCode,
      @Nullable String region,
      @Nullable String breeder,
      ProfileParents pedigree) {
    this(null, dob, sex, sexCode, colour, colourCode, region, breeder, pedigree);
  }

  /**
   * Whether the record replaces a detailed profile: it has a date of birth, a parent, and an id for
   * each parent that it names.
   */
  public boolean isWhole() {
    return dob != null && pedigree.isKnown() && pedigree.isLinked();
  }

  /** The same without the date of birth, by which a horse counts as enriched. */
  public Profile withoutDob() {
    return new Profile(name, null, sex, sexCode, colour, colourCode, region, breeder, pedigree);
  }
}
