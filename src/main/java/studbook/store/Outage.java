package studbook.store;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;

/** Tells troubles of the database that pass from mistakes that stay. */
public final class Outage {

  /** Connection, resources, operator, system, transaction rollback, object in use, read-only. */
  private static final Set<String> PASSING = Set.of("08", "53", "57", "58", "40", "55", "25");

  private Outage() {}

  /** Whether waiting and trying again may help. */
  public static boolean passes(Throwable trouble) {
    for (Throwable t = trouble; t != null; t = t.getCause()) {
      if (t instanceof RightWithdrawn) {
        return true;
      }
      if (t instanceof SQLException sql) {
        String state = sql.getSQLState();
        // The pool's own time-out, while it finds no server, has no state.
        return state == null || (state.length() == 5 && PASSING.contains(state.substring(0, 2)));
      }
    }
    return false;
  }

  /** What the server or the driver said, on one line. */
  public static String reason(Throwable trouble) {
    Throwable root = trouble;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    if (root instanceof SQLTransientConnectionException pool && pool.getSQLState() == null) {
      return "no connection to it came in time"; // the pool's own words are about the pool
    }
    String message =
        root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    return message.lines().findFirst().orElse("").replaceFirst("^(FATAL|ERROR): ", "");
  }
}
