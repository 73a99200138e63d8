package studbook.store.error;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.ConnectionException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import studbook.model.SafeText;

/**
 * The meaning of a database exception, and where it happened. The place tells more than the
 * SQLSTATE: a pooler reports its own errors with any state, and a trigger can raise any state.
 *
 * @param place where it happened
 * @param state the SQLSTATE; empty if there is none
 * @param server the server's own error; empty if the driver detected the error
 */
public record DatabaseError(ErrorPlace place, String state, Optional<ServerErrorMessage> server) {

  public static final String INSUFFICIENT_PRIVILEGE = "42501";

  /** Cancelled by a time limit or a person. */
  public static final String QUERY_CANCELLED = "57014";

  private static final int LONGEST_MESSAGE = 500;

  private static final String CONNECTION_CLASS = "08";

  /** Severities after which the server ends the session. */
  private static final Set<String> ENDS_THE_SESSION = Set.of("FATAL", "PANIC");

  /** Where an error happened. */
  public enum ErrorPlace {
    /** There is no session: the server is unreachable, or rejects the login. */
    CONNECTING,
    /** The session broke; it is unknown whether the statement was executed. */
    SESSION,
    /** The server rejected the statement; the session works. */
    STATEMENT
  }

  /** The database error among {@code failure} and its causes; empty if there is none. */
  public static Optional<DatabaseError> in(Throwable failure) {
    boolean connecting = false;
    @Nullable SQLException found = null;
    for (Throwable t = failure; t != null; t = t.getCause()) {
      connecting |=
          t instanceof ConnectionException || t instanceof SQLTransientConnectionException;
      if (t instanceof SQLException sql && (found == null || server(sql).isPresent())) {
        found = sql; // the server's own error is below the driver's
      }
    }
    return found == null ? Optional.empty() : Optional.of(of(found, connecting));
  }

  private static DatabaseError of(SQLException sql, boolean connecting) {
    Optional<ServerErrorMessage> server = server(sql);
    String state = sql.getSQLState() == null ? "" : sql.getSQLState();
    return new DatabaseError(
        connecting ? ErrorPlace.CONNECTING : place(sql, state, server), state, server);
  }

  /**
   * The severity is translated by the server; that it hung up afterwards is certain in any
   * language, since the driver then adds an error of its own.
   */
  private static ErrorPlace place(
      SQLException sql, String state, Optional<ServerErrorMessage> server) {
    if (server.isEmpty()) {
      return state.isEmpty() || state.startsWith(CONNECTION_CLASS)
          ? ErrorPlace.SESSION
          : ErrorPlace.STATEMENT;
    }
    if (ENDS_THE_SESSION.contains(String.valueOf(server.get().getSeverity()))) {
      return ErrorPlace.SESSION;
    }
    for (SQLException next = sql.getNextException(); next != null; next = next.getNextException()) {
      if (server(next).isEmpty()
          && next.getSQLState() != null
          && next.getSQLState().startsWith(CONNECTION_CLASS)) {
        return ErrorPlace.SESSION;
      }
    }
    return ErrorPlace.STATEMENT;
  }

  private static Optional<ServerErrorMessage> server(SQLException sql) {
    return sql instanceof PSQLException psql
        ? Optional.ofNullable(psql.getServerErrorMessage())
        : Optional.empty();
  }

  /** Whether a statement ended because it took too long, or because somebody cancelled it. */
  public static boolean isCancelled(Throwable failure) {
    return in(failure).filter(error -> error.state().equals(QUERY_CANCELLED)).isPresent();
  }

  /** The first two characters of the SQLSTATE; empty if there is none. */
  public String stateClass() {
    return state.length() == 5 ? state.substring(0, 2) : "";
  }

  /**
   * The server's message, without severity and row values. A trigger or pooler can put anything
   * into it: terminal control characters are removed here.
   */
  public Optional<String> message() {
    return server
        .map(ServerErrorMessage::getMessage)
        .map(text -> SafeText.excerpt(text.lines().findFirst().orElse(""), LONGEST_MESSAGE));
  }

  /** The violated constraint. */
  public Optional<String> constraint() {
    return server
        .map(ServerErrorMessage::getConstraint)
        .map(name -> SafeText.excerpt(name, LONGEST_MESSAGE));
  }

  /** The server routine that raised it: the same for errors of the same origin. */
  public Optional<String> routine() {
    return server.map(ServerErrorMessage::getRoutine);
  }
}
