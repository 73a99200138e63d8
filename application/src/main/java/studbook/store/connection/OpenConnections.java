package studbook.store.connection;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import studbook.store.error.ErrorClassifier;

/** The open connections, so that any thread can end their statements. Safe for many threads. */
final class OpenConnections {

  private static final Logger log = LoggerFactory.getLogger(OpenConnections.class);

  private final Set<Connection> opened = Collections.newSetFromMap(new WeakHashMap<>());
  private boolean aborted;

  /**
   * Adds and returns a connection.
   *
   * @throws SQLException after {@link #abort}; the connection is closed
   */
  Connection add(Connection connection) throws SQLException {
    synchronized (this) {
      if (!aborted) {
        opened.removeIf(OpenConnections::isClosed);
        opened.add(connection);
        return connection;
      }
    }
    connection.close();
    throw new SQLException("the command was stopped", "57014");
  }

  /** Asks the server to cancel the statement of each connection; returns at once. */
  synchronized void cancelStatements() {
    opened.forEach(connection -> inBackground(() -> cancel(connection)));
  }

  /** The same, and ends the connections; later ones are refused. */
  synchronized void abort() {
    aborted = true;
    opened.forEach(connection ->
        inBackground(() -> {
          cancel(connection);
          end(connection);
        }));
  }

  /** A cancel request is a login of its own and may hang. */
  private static void inBackground(Runnable work) {
    Thread.ofPlatform().name("cancel").daemon().start(work);
  }

  private static boolean isClosed(Connection connection) {
    try {
      return connection.isClosed();
    } catch (SQLException e) {
      return true;
    }
  }

  private static void cancel(Connection connection) {
    try {
      connection.unwrap(PGConnection.class).cancelQuery();
    } catch (SQLException e) {
      log.debug("a statement could not be cancelled: {}", ErrorClassifier.reason(e));
    }
  }

  private static void end(Connection connection) {
    try {
      connection.abort(Runnable::run);
    } catch (SQLException e) {
      log.debug("a connection could not be ended: {}", ErrorClassifier.reason(e));
    }
  }
}
