package studbook.model;

import java.util.Locale;

/** A value that Studbook writes, named after its column. */
public enum Field {
  SEX,
  SEX_CODE,
  DOB,
  COLOUR,
  COLOUR_CODE,
  REGION,
  SIRE_ID,
  SIRE,
  DAM_ID,
  DAM,
  DAMSIRE_ID,
  DAMSIRE,
  BREEDER;

  /** The column's name, in ra_horses or ra_horse_pedigree. */
  public String column() {
    return name().toLowerCase(Locale.ROOT);
  }
}
