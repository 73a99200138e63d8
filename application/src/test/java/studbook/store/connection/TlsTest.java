package studbook.store.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import studbook.embeddedpg.EmbeddedServer;
import studbook.embeddedpg.PrivateServer;
import studbook.store.TestCertificates;
import studbook.store.database.Database;
import studbook.store.error.StoreException;
import studbook.time.SystemTime;

/** Which certificates of a real server are accepted, and what is said of the others. */
class TlsTest {

  private static final String CONNECTS = "connects";
  private static final String UNTRUSTED =
      "its certificate is not signed by a certificate authority";
  private static final String ANOTHER_NAME = "its certificate is for another host name";
  private static final String EXPIRED = "its certificate has expired";
  private static final String NO_TLS = "it offers no TLS";

  private static final int MOST_LOOKS = 1_000;
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);

  @TempDir private static Path folder;
  private static TestCertificates certificates;
  private static EmbeddedServer server;
  private static Path root;
  private static Path otherRoot;

  @BeforeAll
  static void start() throws Exception {
    certificates = new TestCertificates(folder);
    root = certificates.authority("root");
    otherRoot = certificates.authority("other-root");
    certificates.server("right", "root", "localhost", "-1d", 10);
    certificates.server("elsewhere", "root", "db.example.org", "-1d", 10);
    certificates.server("expired", "root", "localhost", "-20d", 10);
    server = PrivateServer.start(folder.resolve("home"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aNamedRootIsVerifiedAsByLibpq() throws Exception {
    serve("right");
    assertThat(outcome("sslmode=require")).isEqualTo(CONNECTS);
    assertThat(outcome("sslmode=require&sslrootcert=" + root)).isEqualTo(CONNECTS);
    assertThat(outcome("sslmode=verify-ca&sslrootcert=" + root)).isEqualTo(CONNECTS);
    assertThat(outcome("sslmode=verify-full&sslrootcert=" + root)).isEqualTo(CONNECTS);
    for (String mode : new String[] {"require", "verify-ca", "verify-full"}) {
      assertThat(outcome("sslmode=" + mode + "&sslrootcert=" + otherRoot))
          .as(mode)
          .contains(UNTRUSTED);
      assertThat(outcome("sslmode=" + mode + "&sslrootcert=/nowhere/ca.pem"))
          .as(mode)
          .contains("/nowhere/ca.pem", "sslrootcert=system");
    }
  }

  @Test
  void theHostIsVerifiedWithVerifyFullAndHostaddrDoesNotChangeItsName() throws Exception {
    serve("elsewhere");
    assertThat(outcome("sslmode=require&sslrootcert=" + root)).isEqualTo(CONNECTS);
    assertThat(outcome("sslmode=verify-full&sslrootcert=" + root)).contains(ANOTHER_NAME);
    String verified = "hostaddr=127.0.0.1&sslmode=verify-full&sslrootcert=" + root;
    assertThat(outcome("db.example.org", verified)).isEqualTo(CONNECTS);
    assertThat(outcome("other.example.org", verified)).contains(ANOTHER_NAME);
  }

  @Test
  void anExpiredCertificateIsRefused() throws Exception {
    serve("expired");
    assertThat(outcome("sslmode=require")).isEqualTo(CONNECTS);
    for (String mode : new String[] {"require", "verify-ca", "verify-full"}) {
      assertThat(outcome("sslmode=" + mode + "&sslrootcert=" + root)).as(mode).contains(EXPIRED);
    }
  }

  @Test
  void aServerWithoutTlsIsRefused() throws Exception {
    set("ssl", "off");
    assertThat(outcome("sslmode=prefer&sslrootcert=" + root)).isEqualTo(CONNECTS);
    for (String query :
        new String[] {
          "ssl=true", "sslmode=require", "sslmode=require&sslrootcert=" + root, "sslrootcert=system"
        }) {
      assertThat(outcome(query)).as(query).contains(NO_TLS);
    }
  }

  @Test
  void systemVerifiesByTheTrustStoreOfJava() throws Exception {
    serve("right");
    assertThat(outcome("sslrootcert=system")).contains(UNTRUSTED);
    SSLContext usual = SSLContext.getDefault();
    SSLContext.setDefault(trusting("root"));
    try {
      assertThat(outcome("sslrootcert=system")).isEqualTo(CONNECTS);
      assertThat(outcome("sslmode=verify-full&sslrootcert=system")).isEqualTo(CONNECTS);
      serve("elsewhere");
      assertThat(outcome("sslrootcert=system")).contains(ANOTHER_NAME);
      serve("expired");
      assertThat(outcome("sslrootcert=system")).contains(EXPIRED);
    } finally {
      SSLContext.setDefault(usual);
    }
  }

  private static SSLContext trusting(String authority) throws Exception {
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(certificates.trusting(authority));
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private static String outcome(String query) {
    return outcome("localhost", query);
  }

  private static String outcome(String host, String query) {
    String url =
        server
            .jdbcUrl()
            .replace(
                "jdbc:postgresql://127.0.0.1",
                "postgresql://%s:%s@%s".formatted(server.username(), server.password(), host));
    try (Database database = Database.open(DatabaseAddress.parse(url + "?" + query), 1)) {
      database.probe();
      return CONNECTS;
    } catch (StoreException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /** Lets the server show a certificate to those who connect from now on. */
  private static void serve(String name) throws Exception {
    write("server.crt", certificates.certificate(name));
    write("server.key", certificates.key(name));
    set("ssl", "on");
  }

  private static void write(String name, String text) throws IOException {
    Path data = folder.resolve("home/postgres/data");
    Path file = data.resolve(name);
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    Files.setOwner(file, Files.getOwner(data));
  }

  private static void set(String setting, String value) throws Exception {
    String before;
    try (Connection connection = connect();
        var statement = connection.createStatement()) {
      before = loaded(connection);
      statement.execute("ALTER SYSTEM SET %s = %s".formatted(setting, value));
      statement.execute("SELECT pg_reload_conf()");
    }
    for (int look = 0; look < MOST_LOOKS; look++) {
      try (Connection connection = connect()) {
        if (!loaded(connection).equals(before)) {
          return;
        }
      }
      SystemTime.sleeper().sleep(BETWEEN_LOOKS);
    }
    throw new IllegalStateException("the server did not read its configuration again");
  }

  private static Connection connect() throws SQLException {
    return DriverManager.getConnection(
        server.jdbcUrl() + "?sslmode=disable", server.username(), server.password());
  }

  private static String loaded(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery("SELECT pg_conf_load_time()::text")) {
      row.next();
      return row.getString(1);
    }
  }
}
