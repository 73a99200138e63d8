package studbook.ratelimit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.LongSupplier;
import org.jdbi.v3.core.ConnectionFactory;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import studbook.store.TestDatabase;
import studbook.store.connection.DatabaseAddress;
import studbook.store.database.Database;
import studbook.store.database.Schema;

/**
 * A real PostgreSQL on a virtual clock: a function before {@code pg_catalog} in the search path
 * stands for {@code clock_timestamp()}, so the very statements of production run on it. Each use of
 * a connection takes a round trip of the virtual world, half of it before the statement.
 */
final class SimulatedDatabase implements AutoCloseable {

  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  private final TestDatabase server = TestDatabase.fresh();
  private final Connection connection;
  private final PreparedStatement setClock;
  private @Nullable SimulatedClock clock;
  private long step;

  SimulatedDatabase() throws SQLException {
    try (Database database = Database.open(DatabaseAddress.parse(server.libpqUri()), 4)) {
      new Schema(database).migrateIfNeeded();
    }
    connection = server.dataSource().getConnection();
    try (var statement = connection.createStatement()) {
      statement.execute("CREATE SCHEMA virtual");
      statement.execute(
          """
          CREATE FUNCTION virtual.clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE
          AS $$ SELECT current_setting('virtual.now')::timestamptz $$
          """);
      statement.execute("SET search_path = virtual, public, pg_catalog");
      statement.execute("SET synchronous_commit = off");
    }
    setClock = connection.prepareStatement("SELECT set_config('virtual.now', ?, false)");
  }

  /**
   * Moves into {@code clock}, or where null out of all of them, with its clock at the beginning and
   * no budget.
   */
  void enter(@Nullable SimulatedClock clock) throws SQLException {
    this.clock = clock;
    step = 0;
    try (var statement = connection.createStatement()) {
      statement.execute("DELETE FROM studbook.rate_limit");
    }
  }

  /** Sets the database's clock forward, or back. */
  void setClockBy(long nanos) {
    step += nanos;
  }

  /** A way to the database that takes {@code trip} nanoseconds there and back. */
  Jdbi jdbi(LongSupplier trip) {
    return Jdbi.create(
        new ConnectionFactory() {
          @Override
          public Connection openConnection() throws SQLException {
            pause(trip.getAsLong() / 2);
            setClock.setString(
                1, START.plusNanos(now() + step).truncatedTo(ChronoUnit.MICROS).toString());
            setClock.execute();
            return connection;
          }

          @Override
          public void closeConnection(Connection shared) {
            pause(trip.getAsLong() / 2);
          }
        });
  }

  private long now() {
    return clock == null ? 0 : clock.now();
  }

  private void pause(long nanos) {
    if (clock != null) {
      clock.pause(nanos);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
    server.close();
  }
}
