package studbook.store.error;

import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import java.util.Set;
import studbook.model.SafeText;

/** Distinguishes transient database errors from permanent ones. */
public final class ErrorClassifier {

  /**
   * Connection, resources, operator, system, internal error, transaction rollback, object in use,
   * read-only.
   */
  private static final Set<String> PASSING = Set.of("08", "53", "57", "58", "XX", "40", "55", "25");

  private static final int LONGEST = 1_000;

  private ErrorClassifier() {}

  /** Whether a later retry can succeed. */
  public static boolean passes(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof DatabaseUnavailableException) {
        return true;
      }
    }
    return DatabaseError.in(failure).filter(ErrorClassifier::passes).isPresent();
  }

  public static boolean passes(DatabaseError error) {
    return switch (error.place()) {
      case CONNECTING, SESSION -> true;
      case STATEMENT -> PASSING.contains(error.stateClass());
    };
  }

  /** The message of the server or driver, on one line. */
  public static String reason(Throwable failure) {
    Throwable root = failure;
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof ConnectionFailedException failed) {
        return String.valueOf(failed.getMessage());
      }
      root = t;
    }
    Optional<String> said = DatabaseError.in(failure).flatMap(DatabaseError::message);
    if (said.isPresent()) {
      return said.get();
    }
    if (root instanceof SQLTransientConnectionException) {
      return "no connection to it came in time"; // the pool's own message is about the pool
    }
    return firstLine(root);
  }

  /** The first line of the message; the exception's name if it has none. */
  static String firstLine(Throwable failure) {
    String message = failure.getMessage();
    return message == null
        ? failure.getClass().getSimpleName()
        : SafeText.excerpt(message.split("\n", 2)[0], LONGEST);
  }
}
