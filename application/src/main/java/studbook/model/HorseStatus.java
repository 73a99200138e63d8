package studbook.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;

/** The status of a horse in a run. All but {@link #PENDING} are final for the run. */
public enum HorseStatus {
  /** Not completed yet. */
  PENDING,
  /** Date of birth and all other known values are written. */
  ENRICHED,
  /** A detailed profile without a date of birth; everything else is written. */
  NO_DOB,
  /** No detailed profile, but a standard one: the pedigree is written. */
  BASIC,
  /** Neither profile exists. Not an error. */
  NOT_FOUND,
  /** Its attempts failed. */
  FAILED,
  /** Another program wrote its date of birth meanwhile. */
  ALREADY_FILLED,
  /** Its row was deleted meanwhile. */
  MISSING;

  /** As in the database. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static HorseStatus of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }

  /** All but {@link #PENDING}. */
  public static Stream<HorseStatus> outcomes() {
    return Arrays.stream(values()).filter(status -> status != PENDING);
  }
}
