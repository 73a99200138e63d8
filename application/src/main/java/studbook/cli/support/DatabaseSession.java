package studbook.cli.support;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import studbook.cli.settings.Settings;
import studbook.embeddedpg.EmbeddedServer;
import studbook.security.Secret;
import studbook.store.connection.DatabaseAddress;
import studbook.store.database.Database;
import studbook.store.database.Schema;
import studbook.store.outcome.UserTables;
import studbook.store.table.MissingGrants;

/** The database that the settings mean, opened and up to date; embedded where none is named. */
public final class DatabaseSession implements AutoCloseable {

  /** Two for the writers, two for slots, one for the pulse, one for looks. */
  private static final int CONNECTIONS = 6;

  /** A look at the schema and a migration of it. */
  private static final Duration LONGEST_LOCK_WAIT = Duration.ofSeconds(10);

  private final Optional<EmbeddedServer> server;
  private final Database database;
  private final ShutdownHandler.ShutdownScope stopScope;

  private DatabaseSession(
      Optional<EmbeddedServer> server, Database database, ShutdownHandler stopSignal) {
    this.server = server;
    this.database = database;
    // Unless a command has a better way to end: whatever it asks the database for fails.
    this.stopScope = stopSignal.stops(database::abort);
  }

  /** Opens it, starting the embedded server and making the schema where needed. */
  public static DatabaseSession open(Settings settings, CommandContext session) {
    DatabaseSession store = connect(settings, session);
    try {
      Schema schema = new Schema(store.database);
      new LockWatch(session, store.database, LONGEST_LOCK_WAIT)
          .during(() -> {
            schema.ensure();
            return schema;
          });
      return store;
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }

  /**
   * Opens it for a command that only looks, and makes nothing in a database that somebody else
   * owns.
   *
   * @throws UsageException where the schema is missing, with the command that makes it
   */
  public static DatabaseSession existing(Settings settings, CommandContext session) {
    if (settings.database().isEmpty()) {
      return open(settings, session);
    }
    DatabaseSession store = connect(settings, session);
    try {
      List<String> missing = new Schema(store.database).missing();
      if (!missing.isEmpty()) {
        throw new UsageException(
            "%s is not initialised: `studbook init` creates %s"
                .formatted(store.place(), String.join(", ", missing)));
      }
      return store;
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }

  /** Opens it without a look at the schema. */
  public static DatabaseSession connect(Settings settings, CommandContext session) {
    if (settings.database().isPresent()) {
      DatabaseAddress address = settings.database().get();
      return connect(Optional.empty(), address, () -> session.newest(address), session);
    }
    EmbeddedServer server = EmbeddedServer.join(settings.home(), session::say);
    DatabaseAddress address =
        new DatabaseAddress(
            server.jdbcUrl(),
            Secret.of(server.username()),
            Optional.of(Secret.of(server.password())),
            "the embedded PostgreSQL");
    return connect(Optional.of(server), address, () -> address, session);
  }

  private static DatabaseSession connect(
      Optional<EmbeddedServer> server,
      DatabaseAddress address,
      Supplier<DatabaseAddress> newest,
      CommandContext session) {
    Database database = Database.open(address, CONNECTIONS, newest);
    DatabaseSession store = new DatabaseSession(server, database, session.stopSignal());
    try {
      database.probe();
      return store;
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }

  /** The rights that the database user lacks, as statements for the owner; asks the database. */
  static List<String> missingGrants(DatabaseAddress address) {
    try (Database database = Database.open(address, 1)) {
      return database
          .jdbi()
          .withHandle(handle -> {
            MissingGrants missing = new MissingGrants(handle);
            return Stream.concat(missing.toCreate().stream(), missing.toFill().stream()).toList();
          });
    }
  }

  /**
   * Makes sure that the user's tables can be read.
   *
   * @throws studbook.store.error.StoreException naming the column or the policy that stands in the
   *     way
   */
  public void requireReadable() {
    new UserTables(database.jdbi()).requireReadable();
  }

  public Database database() {
    return database;
  }

  /** Where it is, for people. */
  public String place() {
    return database.place();
  }

  @Override
  public void close() {
    stopScope.close();
    database.close();
    server.ifPresent(EmbeddedServer::close);
  }
}
