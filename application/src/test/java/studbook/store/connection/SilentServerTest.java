package studbook.store.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import studbook.store.TestDatabase;
import studbook.store.database.Database;

/** A server that accepts connections and says nothing. */
class SilentServerTest {

  private static final Duration LOGIN = Duration.ofSeconds(1);

  private static PrewarmedDataSource entrance(String url) {
    DatabaseAddress address = DatabaseAddress.parse(url);
    return new PrewarmedDataSource(address, Database.properties(LOGIN), () -> address);
  }

  @Test
  @Timeout(30)
  void aLoginThatTimesOutLeavesNeitherAThreadNorASocket() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        PrewarmedDataSource dataSource =
            entrance(
                "postgresql://user@127.0.0.1:%d/database?sslmode=disable&gssencmode=disable"
                    .formatted(silent.getLocalPort()))) {
      for (int attempt = 1; attempt <= 3; attempt++) {
        assertThatThrownBy(dataSource::getConnection).isInstanceOf(SQLException.class);
        try (Socket accepted = silent.accept()) {
          accepted.setSoTimeout(5_000);
          accepted.getInputStream().readAllBytes(); // until the client closes
        }
      }
      assertThat(Thread.getAllStackTraces().keySet())
          .extracting(Thread::getName)
          .noneMatch(name -> name.contains("PostgreSQL"));
    }
  }

  @Test
  void aStatementMayTakeLongerThanALogin() throws Exception {
    try (TestDatabase server = TestDatabase.fresh();
        PrewarmedDataSource dataSource = entrance(server.libpqUri());
        Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("SELECT pg_sleep(1.3)");
      assertThat(connection.getNetworkTimeout()).isZero();
    }
  }
}
