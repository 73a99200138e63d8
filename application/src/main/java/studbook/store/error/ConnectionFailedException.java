package studbook.store.error;

import java.net.UnknownHostException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * No connection to the database could be opened. The message is one sentence without credentials
 * and user names.
 */
public final class ConnectionFailedException extends SQLTransientConnectionException {

  private static final long serialVersionUID = 1L;
  private static final String NO_SUCH_DATABASE = "3D000";
  private static final String AUTHORIZATION_CLASS = "28";

  /** Servers quote user or database names in login errors. */
  private static final Pattern QUOTED = Pattern.compile("([\"»„«“])([^\"»„«“”]+)([\"«“”»])");

  public ConnectionFailedException(SQLException cause) {
    super(sentence(cause), cause.getSQLState(), cause);
  }

  private static String sentence(SQLException cause) {
    String state = cause.getSQLState() == null ? "" : cause.getSQLState();
    if (state.startsWith(AUTHORIZATION_CLASS)) {
      return "it rejects the user or the password of DATABASE_URL";
    }
    if (state.equals(NO_SUCH_DATABASE)) {
      return "no such database";
    }
    return DatabaseError.in(cause)
        .flatMap(DatabaseError::message)
        .map(text -> QUOTED.matcher(text).replaceAll("$1…$3"))
        .orElseGet(() -> deepest(cause));
  }

  private static String deepest(SQLException cause) {
    Throwable root = cause;
    for (@Nullable Throwable next = cause.getCause(); next != null; next = next.getCause()) {
      root = next;
    }
    return (root instanceof UnknownHostException ? "unknown host " : "")
        + ErrorClassifier.firstLine(root);
  }
}
