package studbook.cli.support;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import studbook.cli.settings.Requirement;
import studbook.cli.settings.Settings;
import studbook.cli.support.ShutdownHandler.ShutdownScope;
import studbook.embeddedpg.EmbeddedServer;
import studbook.security.Secret;
import studbook.store.connection.DatabaseAddress;
import studbook.store.database.Database;
import studbook.store.database.Schema;
import studbook.store.outcome.UserTables;
import studbook.store.table.MissingGrants;

/** The configured database, opened and migrated; embedded if none is configured. */
public final class DatabaseSession implements AutoCloseable {

  /** Two for the writers, two for permits, one for the heartbeat, one for reads. */
  private static final int CONNECTIONS = 6;

  /** For reading or migrating the schema. */
  private static final Duration LONGEST_LOCK_WAIT = Duration.ofSeconds(10);

  private final Optional<EmbeddedServer> server;
  private final Database database;
  private final ShutdownScope scope;

  private DatabaseSession(Optional<EmbeddedServer> server, Database database, ShutdownScope scope) {
    this.server = server;
    this.database = database;
    this.scope = scope;
  }

  /** Opens it; starts the embedded server and creates the schema if needed. */
  public static DatabaseSession open(Settings settings, CommandContext context) {
    DatabaseSession database = connect(settings, context);
    try {
      database.migrate(context);
      return database;
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /**
   * Creates or migrates the schema if needed.
   *
   * @return whether anything was created or changed
   * @throws UsageException if the database user lacks a permission, with the GRANT; nothing was
   *     created then. Also if another program holds a lock for too long
   */
  public boolean migrate(CommandContext context) {
    return new LockWatch(context, database, LONGEST_LOCK_WAIT)
        .during(() -> {
          Schema schema = new Schema(database);
          if (schema.isUpToDate()) {
            return false;
          }
          requireCreatable();
          schema
              .migratingProcess()
              .ifPresent(process ->
                  context.printError("Waiting: %s creates the schema.".formatted(process)));
          return schema.migrateIfNeeded();
        });
  }

  /**
   * Checks that this database user may create what is missing.
   *
   * @throws UsageException with the GRANT
   */
  public void requireCreatable() {
    List<String> grants =
        database.jdbi().withHandle(handle -> new MissingGrants(handle).toCreate());
    if (!grants.isEmpty()) {
      throw new UsageException(
          "%s is not initialised, and this database user may not do it; run as the owner: %s"
              .formatted(place(), String.join(" ", grants)));
    }
  }

  /**
   * Opens it for a command that only reads; creates nothing in a database of another owner.
   *
   * @throws UsageException if the schema is missing, with the command that creates it
   */
  public static DatabaseSession existing(Settings settings, CommandContext context) {
    if (settings.database().isEmpty()) {
      return open(settings, context);
    }
    DatabaseSession database = connect(settings, context);
    try {
      List<String> missing = new Schema(database.database).missing();
      if (!missing.isEmpty()) {
        throw new UsageException(
            "%s is not initialised: `studbook init` creates %s"
                .formatted(database.place(), String.join(", ", missing)));
      }
      return database;
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /** The same with the settings of a command that needs no others. */
  public static DatabaseSession existing(CommandContext context) {
    return existing(context.settings(Requirement.DATABASE), context);
  }

  /** Opens it without reading the schema. */
  public static DatabaseSession connect(Settings settings, CommandContext context) {
    return connect(
        settings,
        context,
        // Unless a command registers a better way to end: all its database calls fail.
        database -> context.stopSignal().onShutdown(database::abort));
  }

  /** Opens more connections beside those of the command, which decides what a signal does. */
  public static DatabaseSession connectBeside(Settings settings, CommandContext context) {
    return connect(settings, context, _ -> () -> {});
  }

  private static DatabaseSession connect(
      Settings settings, CommandContext context, Function<Database, ShutdownScope> scope) {
    if (settings.database().isPresent()) {
      DatabaseAddress address = settings.database().get();
      return connect(Optional.empty(), address, () -> context.newest(address), scope);
    }
    EmbeddedServer server = EmbeddedServer.join(settings.home(), context::printError);
    DatabaseAddress address =
        new DatabaseAddress(
            server.jdbcUrl(),
            Secret.of(server.username()),
            Optional.of(Secret.of(server.password())),
            "the embedded PostgreSQL");
    return connect(Optional.of(server), address, () -> address, scope);
  }

  private static DatabaseSession connect(
      Optional<EmbeddedServer> server,
      DatabaseAddress address,
      Supplier<DatabaseAddress> newest,
      Function<Database, ShutdownScope> scope) {
    Database database = Database.open(address, CONNECTIONS, newest);
    DatabaseSession store = new DatabaseSession(server, database, scope.apply(database));
    try {
      database.probe();
      return store;
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }

  /**
   * The missing permissions of the database user as statements for the owner; queries the database.
   */
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
   * Checks that the user's tables can be read.
   *
   * @throws studbook.store.error.StoreException with the column or policy at fault
   */
  public void requireReadable() {
    new UserTables(database.jdbi()).requireReadable();
  }

  public Database database() {
    return database;
  }

  public Jdbi jdbi() {
    return database.jdbi();
  }

  /** Its location for people. */
  public String place() {
    return database.place();
  }

  @Override
  public void close() {
    scope.close();
    database.close();
    server.ifPresent(EmbeddedServer::close);
  }
}
