package studbook.model;

import java.util.Locale;

/** What has to heal before a paused or stopped run can go on. */
public enum PauseCause {
  /** 401 or 403. */
  CREDENTIALS,
  /** No good answer for long. */
  API,
  /** 404 for horses that are known to exist. */
  ENDPOINT,
  /** A long Retry-After, or 429 to every request. */
  API_LIMIT,
  /** The database is away, full, read-only, or has withdrawn a right. */
  DATABASE,
  /** The user's schema refuses rows far beyond the odd one. */
  REJECTIONS,
  /** Fields that nearly every profile had are missing from most. */
  PAYLOAD,
  /** {@code studbook pause}. */
  MANUAL;

  /**
   * Whether it holds every process of the run, wherever it was noticed. Of the others each process
   * learns by itself: a long Retry-After stands in the budget's row, and a database that is away
   * can tell nobody.
   */
  public boolean isShared() {
    return switch (this) {
      case CREDENTIALS, API, ENDPOINT, REJECTIONS, PAYLOAD, MANUAL -> true;
      case API_LIMIT, DATABASE -> false;
    };
  }

  /** Whether a probe can tell that it has healed; a person says so. */
  public boolean isProbed() {
    return isShared() && this != MANUAL;
  }

  /** As the tables spell it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static PauseCause of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
