package studbook.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import studbook.embeddedpg.EmbeddedServer;
import studbook.embeddedpg.PrivateServer;

/**
 * A fresh, empty database on a real server, dropped when it is closed.
 *
 * <pre>{@code
 * private final TestDatabase database = TestDatabase.fresh();
 *
 * @AfterEach
 * void drop() {
 *   database.close();
 * }
 * }</pre>
 *
 * <p>One embedded server serves all test JVMs of a checkout: started by the first test that needs
 * it, stopped when the last JVM ends. Its files lie in memory where the machine has a file system
 * for that, otherwise in {@code target/test-postgres}; it does not wait for the disk. Sessions are
 * in a time zone far from UTC: those of JDBC in the JVM's, which the build sets to Los Angeles, all
 * others likewise. Safe for use by many threads.
 */
public final class TestDatabase implements AutoCloseable {

  private static final String TIME_ZONE = "America/Los_Angeles";

  private static final Path MEMORY = Path.of("/dev/shm");

  /** Of the file system, in bytes: it fills up to a tenth. */
  private static final long ENOUGH_MEMORY = 4L << 30;

  private final String name;

  private TestDatabase(String name) {
    this.name = name;
  }

  /** Makes one; takes some 20 ms in memory, 0.2 s on a disk. */
  public static TestDatabase fresh() {
    return made("");
  }

  /** One whose server keeps bytes and asks for no encoding of them. */
  public static TestDatabase withoutEncoding() {
    return encoded("SQL_ASCII");
  }

  /** One in another encoding than UTF-8. */
  public static TestDatabase encoded(String encoding) {
    return made(
        " ENCODING '%s' TEMPLATE template0 LOCALE_PROVIDER libc LOCALE 'C'".formatted(encoding));
  }

  private static TestDatabase made(String options) {
    String name =
        "test_%d_%s".formatted(Server.RUNNING_SINCE, UUID.randomUUID().toString().replace("-", ""));
    administer("CREATE DATABASE " + name + options);
    administer("ALTER DATABASE " + name + " SET TimeZone TO '" + TIME_ZONE + "'");
    return new TestDatabase(name);
  }

  /** {@code jdbc:postgresql://127.0.0.1:PORT/NAME}, without user and password. */
  public String jdbcUrl() {
    String server = Server.RUNNING.jdbcUrl();
    return server.substring(0, server.lastIndexOf('/') + 1) + name;
  }

  /** The same as a libpq URI with user and password, as DATABASE_URL would hold it. */
  public String libpqUri() {
    return jdbcUrl()
        .replace("jdbc:postgresql://", "postgresql://%s:%s@".formatted(username(), password()));
  }

  public String username() {
    return Server.RUNNING.username();
  }

  public String password() {
    return Server.RUNNING.password();
  }

  /** A new connection each time; the caller pools where that matters. */
  public DataSource dataSource() {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(jdbcUrl());
    source.setUser(username());
    source.setPassword(password());
    return source;
  }

  /** Drops it; sessions that are still open are cut. */
  @Override
  public void close() {
    administer("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
  }

  private static void administer(String sql) {
    try (Connection connection = Server.connect();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** The one of this JVM; the class is initialised, and so the server started, by the first use. */
  private static final class Server {

    static final EmbeddedServer RUNNING = start();

    /** When it was started, in seconds; the name of each database has it. */
    static final long RUNNING_SINCE = startTime();

    /**
     * Each of the many databases is some 300 files. ext4 does not use the inode of a file again
     * that was deleted within the last minute, and looks at each of them for every new file.
     */
    private static Path home() {
      Path onDisk = Path.of("target", "test-postgres").toAbsolutePath();
      try {
        return Files.isDirectory(MEMORY)
                && Files.getFileStore(MEMORY).getTotalSpace() >= ENOUGH_MEMORY
            ? MEMORY.resolve(
                "studbook-tests-%s-%08x"
                    .formatted(System.getProperty("user.name"), onDisk.toString().hashCode()))
            : onDisk;
      } catch (IOException e) {
        return onDisk;
      }
    }

    private static EmbeddedServer start() {
      EmbeddedServer server =
          PrivateServer.join(home(), sentence -> System.err.println(sentence + " (tests)"));
      Runtime.getRuntime().addShutdownHook(new Thread(server::close));
      try (Connection connection = connect(server);
          var statement = connection.createStatement()) {
        for (String setting :
            List.of("fsync", "synchronous_commit", "full_page_writes", "autovacuum")) {
          statement.execute("ALTER SYSTEM SET " + setting + " = off");
        }
        statement.execute("ALTER SYSTEM SET min_wal_size = '32MB'"); // what stays when it ends
        statement.execute("ALTER SYSTEM SET scram_iterations = 1");
        statement.execute("SELECT pg_reload_conf()");
        if (server.startedHere()) {
          useFewIterations(statement, server);
          dropLeftovers(connection);
        }
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
      return server;
    }

    /** Each login of 4,096 iterations takes some milliseconds, and tests log in all the time. */
    private static void useFewIterations(Statement statement, EmbeddedServer server)
        throws SQLException {
      statement.execute("SET scram_iterations = 1");
      statement.execute(
          "ALTER ROLE %s PASSWORD '%s'".formatted(server.username(), server.password()));
    }

    private static long startTime() {
      try (Connection connection = connect()) {
        return startTime(connection);
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }

    private static long startTime(Connection connection) throws SQLException {
      try (var statement = connection.createStatement();
          var rows =
              statement.executeQuery(
                  "SELECT extract(epoch FROM pg_postmaster_start_time())::bigint")) {
        rows.next();
        return rows.getLong(1);
      }
    }

    /** Databases of test JVMs that were killed. Other JVMs may have joined this server already. */
    private static void dropLeftovers(Connection connection) throws SQLException {
      String inUse = "test_" + startTime(connection) + "_";
      List<String> names = new ArrayList<>();
      try (var statement = connection.createStatement();
          var rows =
              statement.executeQuery(
                  "SELECT datname FROM pg_database WHERE datname LIKE 'test\\_%'")) {
        while (rows.next()) {
          String name = rows.getString(1);
          if (!name.startsWith(inUse)) {
            names.add(name);
          }
        }
      }
      for (String name : names) {
        try (var statement = connection.createStatement()) {
          statement.execute("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
        }
      }
    }

    static Connection connect() throws SQLException {
      return connect(RUNNING);
    }

    private static Connection connect(EmbeddedServer server) throws SQLException {
      return DriverManager.getConnection(server.jdbcUrl(), server.username(), server.password());
    }
  }
}
