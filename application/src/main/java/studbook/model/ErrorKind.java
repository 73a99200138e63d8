package studbook.model;

import java.util.Locale;

/** The kinds of the error log. The work item of a failed horse has the kind of its last failure. */
public enum ErrorKind {
  TIMEOUT,
  CONNECTION,
  SERVER_ERROR,
  MALFORMED,
  WRONG_ID,
  TOO_LARGE,
  /** The user's schema rejected the row; the message has the constraint or trigger. */
  DATABASE_REJECTED,
  /** 429. Charged to a horse only if other horses do not get it. */
  THROTTLED,
  /** 401 or 403. Charged to a horse only if other horses do not get it. */
  UNAUTHORISED,
  /** A value was left out of a row that was written. The horse did not fail. */
  REJECTED_VALUE;

  /** As in the database. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return text();
  }

  public static ErrorKind of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
