package studbook.store.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a user or a token of the dashboard may do. */
public enum AccessRole {
  /** Reads everything, changes nothing. */
  VIEWER,
  /** Also controls runs and jobs and decides reviews. */
  OPERATOR;

  /** As the database, the command line and JSON spell it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<AccessRole> of(String text) {
    return Arrays.stream(values()).filter(role -> role.text().equals(text)).findFirst();
  }

  /** Whether this role includes {@code needed}. */
  public boolean includes(AccessRole needed) {
    return compareTo(needed) >= 0;
  }
}
