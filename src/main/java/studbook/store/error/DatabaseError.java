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
 * What an exception says about the database, and where it happened. The place tells more than the
 * SQLSTATE: a pooler reports its own errors with any state, and a trigger raises any state that its
 * author chose.
 *
 * @param place where it happened
 * @param state the SQLSTATE; empty where there is none
 * @param server the server's own error; empty where the driver found the error
 */
public record DatabaseError(ErrorPlace place, String state, Optional<ServerErrorMessage> server) {

  public static final String INSUFFICIENT_PRIVILEGE = "42501";

  /** By a time limit or by a person. */
  public static final String QUERY_CANCELLED = "57014";

  private static final int LONGEST_MESSAGE = 500;

  private static final String CONNECTION_CLASS = "08";

  /** Severities after which the server ends the session. */
  private static final Set<String> ENDS_THE_SESSION = Set.of("FATAL", "PANIC");

  /** Where an error happened. */
  public enum ErrorPlace {
    /** There is no session: the server cannot be reached, or refuses the log-in. */
    CONNECTING,
    /** The session broke; whether the statement was executed is not known. */
    SESSION,
    /** The server refused the statement; the session works. */
    STATEMENT
  }

  /** The database's error among {@code trouble} and its causes; empty where there is none. */
  public static Optional<DatabaseError> in(Throwable trouble) {
    boolean connecting = false;
    @Nullable SQLException found = null;
    for (Throwable t = trouble; t != null; t = t.getCause()) {
      connecting |=
          t instanceof ConnectionException || t instanceof SQLTransientConnectionException;
      if (t instanceof SQLException sql && (found == null || server(sql).isPresent())) {
        found = sql; // the server's own error lies below the driver's
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
   * The server translates the word for a severity; that it hung up afterwards is sure in any
   * language: the driver then adds an error of its own.
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

  /** The first two characters of the SQLSTATE; empty where there is none. */
  public String stateClass() {
    return state.length() == 5 ? state.substring(0, 2) : "";
  }

  /**
   * The server's sentence, without its severity and without the row's values. A trigger or a pooler
   * may have put anything into it: what a terminal would obey is taken out here.
   */
  public Optional<String> message() {
    return server
        .map(ServerErrorMessage::getMessage)
        .map(text -> SafeText.excerpt(text.lines().findFirst().orElse(""), LONGEST_MESSAGE));
  }

  /** The name of the constraint that a row violates. */
  public Optional<String> constraint() {
    return server
        .map(ServerErrorMessage::getConstraint)
        .map(name -> SafeText.excerpt(name, LONGEST_MESSAGE));
  }

  /** The routine of the server that raised it: the same for errors of the same origin. */
  public Optional<String> routine() {
    return server.map(ServerErrorMessage::getRoutine);
  }
}
