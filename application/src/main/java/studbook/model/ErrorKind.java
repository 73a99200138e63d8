package studbook.model;

import java.util.Locale;

/** The kinds of the error log. The ledger of a failed horse names one of those that use it up. */
public enum ErrorKind {
  TIMEOUT,
  CONNECTION,
  SERVER_ERROR,
  MALFORMED,
  WRONG_ID,
  TOO_LARGE,
  /** The user's schema refused the row; the message names the constraint or trigger. */
  DATABASE_REJECTED,
  /** 429. Charged to a horse that alone is answered so. */
  THROTTLED,
  /** 401 or 403. Charged to a horse that alone is answered so. */
  UNAUTHORISED,
  /** A value was left out of a row that was written. The horse has not failed. */
  REJECTED_VALUE;

  /** As the tables spell it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static ErrorKind of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
