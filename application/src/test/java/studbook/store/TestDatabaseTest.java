package studbook.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class TestDatabaseTest {

  @Test
  void eachIsEmptyAndItsOwnAndGoneWhenClosed() throws Exception {
    DataSource closed;
    try (TestDatabase one = TestDatabase.fresh();
        TestDatabase other = TestDatabase.fresh()) {
      closed = one.dataSource();
      execute(closed, "CREATE TABLE only_here (id int)");
      assertThat(value(closed, "SELECT to_regclass('only_here')")).isEqualTo("only_here");
      assertThat(value(other.dataSource(), "SELECT to_regclass('only_here')")).isNull();
      assertThat(one.libpqUri())
          .startsWith("postgresql://studbook:")
          .endsWith(one.jdbcUrl().substring("jdbc:postgresql://".length()));
    }
    assertThatThrownBy(() -> value(closed, "SELECT 1"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("does not exist");
  }

  @Test
  void sessionsAreFarFromUtc() throws Exception {
    try (TestDatabase database = TestDatabase.fresh()) {
      assertThat(value(database.dataSource(), "SHOW TimeZone")).isEqualTo("America/Los_Angeles");
    }
  }

  private static void execute(DataSource database, String sql) throws SQLException {
    try (var connection = database.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String value(DataSource database, String sql) throws SQLException {
    try (var connection = database.getConnection();
        var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }
}
