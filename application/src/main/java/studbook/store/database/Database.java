package studbook.store.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.Properties;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Handles;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.spi.JdbiPlugin;
import studbook.store.connection.DatabaseAddress;
import studbook.store.connection.EvictionRule;
import studbook.store.connection.KeepAliveSocketFactory;
import studbook.store.connection.PrewarmedDataSource;
import studbook.store.error.ErrorClassifier;
import studbook.store.error.StoreException;

/**
 * A pool of connections to one PostgreSQL. No named prepared statements and no session state, so a
 * transaction pooler can be in between. Safe for many threads.
 */
public final class Database implements AutoCloseable {

  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(10);

  private final PrewarmedDataSource dataSource;
  private final HikariDataSource pool;
  private final Jdbi jdbi;
  private final String place;

  private Database(PrewarmedDataSource dataSource, HikariDataSource pool, String place) {
    this.dataSource = dataSource;
    this.pool = pool;
    this.jdbi = Jdbi.create(pool);
    BinaryArrays.register(jdbi);
    this.place = place;
  }

  /**
   * Opens {@code address} without contacting the server.
   *
   * @param connections maximum number of open connections
   */
  public static Database open(DatabaseAddress address, int connections) {
    return open(address, connections, () -> address);
  }

  /**
   * Opens {@code address} like {@link #open(DatabaseAddress, int)}.
   *
   * @param newest supplies changed credentials after a failed login; must not throw
   */
  public static Database open(
      DatabaseAddress address, int connections, Supplier<DatabaseAddress> newest) {
    PrewarmedDataSource dataSource =
        new PrewarmedDataSource(address, properties(CONNECT_WITHIN), newest);
    HikariConfig config = new HikariConfig();
    config.setDataSource(dataSource);
    config.setMaximumPoolSize(connections);
    config.setMinimumIdle(0);
    config.setPoolName("studbook");
    config.setConnectionTimeout(CONNECT_WITHIN.toMillis());
    config.setInitializationFailTimeout(-1);
    config.setExceptionOverrideClassName(EvictionRule.class.getName());
    return new Database(dataSource, new HikariDataSource(config), address.location());
  }

  /**
   * For pgjdbc.
   *
   * @param login timeout of connecting and of each answer during the login
   */
  public static Properties properties(Duration login) {
    Properties properties = new Properties();
    // No named prepared statements: a transaction pooler would not find them.
    properties.setProperty("prepareThreshold", "0");
    properties.setProperty("ApplicationName", "studbook");
    properties.setProperty("reWriteBatchedInserts", "true");
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("socketFactory", KeepAliveSocketFactory.class.getName());
    // The driver's own loginTimeout leaks a thread and a socket at each login that times out.
    properties.setProperty("connectTimeout", Long.toString(login.toSeconds()));
    properties.setProperty(PrewarmedDataSource.LOGIN_TIMEOUT, Long.toString(login.toSeconds()));
    return properties;
  }

  /**
   * Checks that the server answers and accepts the login.
   *
   * @throws StoreException with the server and the cause
   */
  public void probe() {
    try {
      dataSource.open();
    } catch (SQLException e) {
      throw new StoreException(
          "cannot reach the database at %s: %s".formatted(place, ErrorClassifier.reason(e)), e);
    }
  }

  /** For statements. */
  public Jdbi jdbi() {
    return jdbi;
  }

  /**
   * For statements that only read: each handle is one read-only transaction, whose statements end
   * after {@code longest}. Nothing of it stays with the connection, so a transaction pooler can be
   * in between.
   */
  public Jdbi readOnly(Duration longest) {
    Jdbi reading = Jdbi.create(pool);
    BinaryArrays.register(reading);
    reading.getConfig(Handles.class).setForceEndTransactions(false);
    return reading.installPlugin(
        new JdbiPlugin() {
          @Override
          public Handle customizeHandle(Handle handle) {
            handle.begin();
            handle.execute(
                "SET LOCAL statement_timeout = %d; SET TRANSACTION READ ONLY"
                    .formatted(longest.toMillis()));
            return handle;
          }
        });
  }

  /** For plain JDBC: migrations and COPY. */
  public DataSource dataSource() {
    return pool;
  }

  /** What connections of the pool do. */
  public enum ConnectionUse {
    ACTIVE,
    IDLE;

    /** As a metric's label. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The number of open connections in a use, for metrics. */
  public int connections(ConnectionUse use) {
    HikariPoolMXBean counts = pool.getHikariPoolMXBean();
    return switch (use) {
      case ACTIVE -> counts == null ? 0 : counts.getActiveConnections();
      case IDLE -> counts == null ? 0 : counts.getIdleConnections();
    };
  }

  /**
   * Asks the server to cancel every active statement, from any thread; returns at once. The
   * statements fail with an error of class 57.
   */
  public void cancelStatements() {
    dataSource.cancelStatements();
  }

  /**
   * Cancels every statement and ends every connection, from any thread; returns at once. There are
   * no connections afterwards.
   */
  public void abort() {
    dataSource.abort();
  }

  /** Host, port and database, for messages. Never a credential. */
  public String place() {
    return place;
  }

  @Override
  public void close() {
    pool.close();
    dataSource.close();
  }
}
