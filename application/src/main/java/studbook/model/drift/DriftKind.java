package studbook.model.drift;

import java.util.Locale;

/** How a response differs from what Studbook knows of the API. */
public enum DriftKind {
  /** A field that Studbook has not heard of. */
  UNKNOWN_FIELD,
  /** A field that Studbook reads is absent; a blank one is not. */
  MISSING_FIELD,
  /** The value has another JSON type; the detail names it. */
  OTHER_TYPE,
  /** A date in another format than YYYY-MM-DD. */
  OTHER_FORMAT,
  /** A value that a closed set does not have; the detail is the value. */
  NEW_VALUE;

  /** As in the database and JSON. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static DriftKind of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
