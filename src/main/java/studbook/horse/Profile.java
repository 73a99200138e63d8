package studbook.horse;

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

  /** Whether nothing of a record that counts is missing: the day of birth, and some parent. */
  public boolean isWhole() {
    return dob != null && pedigree.isKnown();
  }

  /** The same, but for the day of birth, by which a horse counts as enriched. */
  public Profile withoutDob() {
    return new Profile(null, sex, sexCode, colour, colourCode, region, breeder, pedigree);
  }
}
