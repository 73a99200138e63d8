package studbook.store.connection;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.GT;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;
import studbook.security.Secret;
import studbook.store.database.Database;
import studbook.store.error.ConnectionFailedException;

/**
 * Opens the pool's connections. One that was opened early, to check the server, is the pool's
 * first: a login is a large part of a quick command. After a failed login user and password are
 * read again, so a new password needs no restart. Safe for many threads.
 */
public final class PrewarmedDataSource implements DataSource, AutoCloseable {

  /** The property that limits reads: of the login, and of statements if the URL sets it. */
  public static final String LOGIN_TIMEOUT = "socketTimeout";

  private static final int NEVER = 0;

  /** Off: pgjdbc's stderr log is in its exceptions too. The reference keeps the level. */
  private static final Logger DRIVER = Logger.getLogger("org.postgresql");

  static {
    DRIVER.setLevel(Level.OFF);
  }

  private static final String IN_CLEAR =
      "it requests the password in clear text, and TLS does not prove that it is the right server: add"
          + " sslmode=verify-full (and sslrootcert) to DATABASE_URL";

  private static final String NO_PASSWORD =
      "it requires a password, and there is none in DATABASE_URL, PGPASSWORD or a password file"
          + " (one that others can read is ignored: chmod 600)";

  /** pgjdbc's message in its current language. */
  private static final String NOT_ALLOWED =
      GT.tr("Authentication method is not allowed by requireAuth");

  private static final String INVALID_PASSWORD = "28P01";

  private final Properties properties;
  private final Supplier<DatabaseAddress> newest;
  private final AtomicReference<@Nullable Connection> early = new AtomicReference<>();
  private final OpenConnections connections = new OpenConnections();

  private volatile DatabaseAddress address;

  /**
   * @param properties for pgjdbc, including the login's timeout
   * @param newest the current address; ignored if its server differs from {@code address}
   */
  public PrewarmedDataSource(
      DatabaseAddress address, Properties properties, Supplier<DatabaseAddress> newest) {
    this.address = address;
    this.properties = properties;
    this.newest = newest;
  }

  /** Logs in and keeps the connection for the pool. */
  public void open() throws SQLException {
    keep(login());
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection kept = early.getAndSet(null);
    return kept == null ? login() : kept;
  }

  private Connection login() throws ConnectionFailedException {
    DatabaseAddress before = address;
    try {
      return login(before);
    } catch (SQLException e) {
      DatabaseAddress now = newest.get();
      if (now.equals(before) || !now.jdbcUrl().equals(before.jdbcUrl())) {
        throw new ConnectionFailedException(e);
      }
      try {
        Connection connection = login(now);
        address = now;
        return connection;
      } catch (SQLException again) {
        throw new ConnectionFailedException(again);
      }
    }
  }

  private Connection login(DatabaseAddress as) throws SQLException {
    Properties login = new Properties();
    login.putAll(properties);
    login.setProperty("user", as.username().reveal());
    // An empty one, so that pgjdbc reads no password file: the address decides which is read.
    login.setProperty("password", as.password().map(Secret::reveal).orElse(""));
    Connection connection = connect(as, login);
    if (!as.jdbcUrl().contains(LOGIN_TIMEOUT + "=")) {
      connection.setNetworkTimeout(Runnable::run, NEVER); // statements have no limit
    }
    return connections.add(connection);
  }

  private static Connection connect(DatabaseAddress as, Properties login) throws SQLException {
    if (!as.mayExposePassword()) {
      login.setProperty("requireAuth", "!password");
    }
    try {
      return DriverManager.getConnection(as.jdbcUrl(), login);
    } catch (PSQLException e) {
      Optional<String> better = reason(e, as.password().isPresent());
      throw better.isPresent()
          ? new SQLException(better.get(), PSQLState.CONNECTION_REJECTED.getState())
          : e;
    }
  }

  /** What to do, if pgjdbc or the server does not say it. */
  private static Optional<String> reason(PSQLException e, boolean hasPassword) {
    if (NOT_ALLOWED.equals(e.getMessage())) {
      return Optional.of(IN_CLEAR);
    }
    Optional<String> tls = TlsFailure.sentence(e);
    return tls.isEmpty() && !hasPassword && asksForPassword(e) ? Optional.of(NO_PASSWORD) : tls;
  }

  /** See {@link Database#cancelStatements()}. */
  public void cancelStatements() {
    connections.cancelStatements();
  }

  /** See {@link Database#abort()}. */
  public void abort() {
    connections.abort();
  }

  /** Whether a password is required and there is none, or the server rejected an empty one. */
  private static boolean asksForPassword(PSQLException e) {
    boolean ofDriver =
        PSQLState.CONNECTION_REJECTED.getState().equals(e.getSQLState())
            && e.getServerErrorMessage() == null
            && e.getCause() == null;
    return ofDriver || INVALID_PASSWORD.equals(e.getSQLState());
  }

  private void keep(@Nullable Connection connection) {
    Connection former = early.getAndSet(connection);
    if (former != null) {
      try {
        former.close();
      } catch (SQLException ignored) {
        // The connection is unusable anyway.
      }
    }
  }

  /** Closes a connection that the pool did not take. */
  @Override
  public void close() {
    keep(null);
  }

  @Override
  public Connection getConnection(String username, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException("credentials are fixed");
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(@Nullable PrintWriter out) {}

  /** The properties contain it; the driver's own is one for the whole JVM. */
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
