package studbook.store.run;

import java.util.Locale;

/** What a run does with its horses. */
public enum RunKind {
  /** Fills missing values. */
  BACKFILL,
  /** Confirms values and changes those that the API has changed. */
  REFRESH,
  /** Requests sires and dams that the user's tables lack. */
  ANCESTORS;

  /** As in the database and in JSON. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  static RunKind of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
