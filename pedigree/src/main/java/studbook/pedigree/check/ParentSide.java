package studbook.pedigree.check;

import java.util.Locale;

/** The two parents. */
public enum ParentSide {
  SIRE,
  DAM;

  /** As it is written in a sentence. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
