package studbook.pedigree.check;

import java.util.Locale;

/** How bad a finding is, from harmless to impossible. */
public enum FindingSeverity {
  /** Worth knowing; the records can be true. */
  NOTE,
  /** Unlikely: a person should look at the records. */
  WARNING,
  /** Impossible: at least one of the records is wrong. */
  ERROR;

  /** As it is written and stored: {@code note}, {@code warning}, {@code error}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
