package studbook.model;

import java.util.Locale;

/** The external cause of a paused or stopped run. */
public enum PauseCause {
  /** 401 or 403. */
  CREDENTIALS,
  /** No good response for a while. */
  API,
  /** 404 for horses that are known to exist. */
  ENDPOINT,
  /** A long Retry-After, or 429 to every request. */
  API_LIMIT,
  /** The database is unavailable, full or read-only, or has revoked a permission. */
  DATABASE,
  /** The user's schema rejects many rows. */
  REJECTIONS,
  /** Fields that nearly every profile had are missing from most. */
  PAYLOAD,
  /** {@code studbook pause}. */
  MANUAL;

  /**
   * Whether it pauses every process of the run, wherever it was noticed. Each process learns of the
   * others by itself: a long Retry-After is in the rate limit's row, and an unavailable database
   * cannot be written to.
   */
  public boolean isShared() {
    return switch (this) {
      case CREDENTIALS, API, ENDPOINT, REJECTIONS, PAYLOAD, MANUAL -> true;
      case API_LIMIT, DATABASE -> false;
    };
  }

  /**
   * Whether a probe can show that the cause is over; the other shared ones are ended by a person.
   */
  public boolean isProbed() {
    return switch (this) {
      case CREDENTIALS, API, ENDPOINT, PAYLOAD -> true;
      case API_LIMIT, DATABASE, REJECTIONS, MANUAL -> false;
    };
  }

  /** As in the database. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static PauseCause of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
