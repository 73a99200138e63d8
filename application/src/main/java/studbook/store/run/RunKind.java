package studbook.store.run;

import java.util.Locale;

/** What a run does with its horses. */
public enum RunKind {
  /** Fills missing values. */
  BACKFILL,
  /** Confirms values and changes those that the API has changed. */
  REFRESH;

  /** As in the database and in JSON. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  static RunKind of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
