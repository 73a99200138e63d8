package studbook.model;

import java.util.Locale;

/** What became of a horse in a run. All but {@link #PENDING} are final for the run. */
public enum HorseStatus {
  /** Not yet answered. */
  PENDING,
  /** Its date of birth and what else there is is written. */
  ENRICHED,
  /** A detailed profile without a date of birth; everything else is written. */
  NO_DOB,
  /** No detailed profile, but a standard one: the pedigree is written. */
  BASIC,
  /** Neither profile exists. No error. */
  NOT_FOUND,
  /** Its attempts are used up. */
  FAILED,
  /** Someone else wrote its date of birth meanwhile. */
  ALREADY_FILLED,
  /** Its row was deleted meanwhile. */
  MISSING;

  /** As the ledger's column spells it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static HorseStatus of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
