package studbook.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.Properties;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/**
 * A pool of connections to one PostgreSQL. Statements are never prepared by name and sessions keep
 * no state, so that a transaction pooler may stand in between. Safe for many threads.
 */
public final class Database implements AutoCloseable {

  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(10);

  private final HikariDataSource pool;
  private final Jdbi jdbi;
  private final String place;

  private Database(HikariDataSource pool, String place) {
    this.pool = pool;
    this.jdbi = Jdbi.create(pool);
    this.place = place;
  }

  /**
   * Opens {@code address}; nothing is asked of the server yet.
   *
   * @param connections the most that are open at once
   */
  public static Database open(DatabaseAddress address, int connections) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(address.jdbcUrl());
    Properties properties = new Properties();
    // No named prepared statements: a transaction pooler would not find them again.
    properties.setProperty("prepareThreshold", "0");
    properties.setProperty("ApplicationName", "studbook");
    properties.setProperty("reWriteBatchedInserts", "true");
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("socketTimeout", "0");
    config.setDataSourceProperties(properties);
    config.setUsername(address.username());
    config.setPassword(address.password());
    config.setMaximumPoolSize(connections);
    config.setMinimumIdle(0);
    config.setPoolName("studbook");
    config.setConnectionTimeout(CONNECT_WITHIN.toMillis());
    config.setInitializationFailTimeout(-1);
    return new Database(new HikariDataSource(config), address.place());
  }

  /** For statements. */
  public Jdbi jdbi() {
    return jdbi;
  }

  /** For what needs plain JDBC: migrations and COPY. */
  public DataSource dataSource() {
    return pool;
  }

  /** Host, port and database, for messages. Never a credential. */
  public String place() {
    return place;
  }

  @Override
  public void close() {
    pool.close();
  }
}
