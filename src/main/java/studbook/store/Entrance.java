package studbook.store;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Where the pool's connections come from. One that was opened early, to see whether somebody
 * answers, is the next that the pool gets: a login is a good part of what a quick command takes.
 * Safe for many threads.
 */
final class Entrance implements DataSource, AutoCloseable {

  private final String jdbcUrl;
  private final Properties properties;
  private final AtomicReference<@Nullable Connection> early = new AtomicReference<>();

  /**
   * @param properties for pgjdbc; user, password and the time for a login among them
   */
  Entrance(String jdbcUrl, Properties properties) {
    this.jdbcUrl = jdbcUrl;
    this.properties = properties;
  }

  /** Logs in, and keeps the connection for the pool. */
  void open() throws SQLException {
    keep(login());
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection kept = early.getAndSet(null);
    return kept == null ? login() : kept;
  }

  private Connection login() throws SQLException {
    return DriverManager.getConnection(jdbcUrl, properties);
  }

  private void keep(@Nullable Connection connection) {
    Connection former = early.getAndSet(connection);
    if (former != null) {
      try {
        former.close();
      } catch (SQLException ignored) {
        // It is of no use any more, whatever closing it says.
      }
    }
  }

  /** Closes what the pool never asked for. */
  @Override
  public void close() {
    keep(null);
  }

  @Override
  public Connection getConnection(String username, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException("who enters is settled");
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(@Nullable PrintWriter out) {}

  /** The properties have it; the driver's own is one for all of the JVM. */
  @Override
  public void setLoginTimeout(int seconds) {}

  @Override
  public int getLoginTimeout() {
    return 0;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }
}
