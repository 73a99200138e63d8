package studbook.store;

import java.util.Locale;

/** What has to heal before a paused or stopped run can go on. */
public enum PauseCause {
  /** 401 or 403. */
  CREDENTIALS,
  /** No good answer for long. */
  API,
  /** A long Retry-After. */
  API_LIMIT,
  /** The database is away, full or read-only. */
  DATABASE;

  /** As the tables spell it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  static PauseCause of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
