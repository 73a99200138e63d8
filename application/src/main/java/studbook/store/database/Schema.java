package studbook.store.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.jdbi.v3.core.Handle;
import studbook.store.error.StoreException;

/**
 * Studbook's own schema and the user's two tables, created if missing. An existing table is never
 * altered.
 */
public final class Schema {

  /** The newest migration of this program. A test compares it with the files. */
  static final int VERSION = 1;

  private static final String HORSES = "ra_horses";
  private static final String PEDIGREES = "ra_horse_pedigree";
  private static final String MIGRATIONS = "studbook/store/migration";

  /** Serialises the first starts of many processes; any fixed number. */
  private static final long FIRST_START_LOCK = 0x5374_7564_626f_6f6bL;

  private static final String CREATE_SCHEMA = "CREATE SCHEMA studbook";

  private static final String CREATE_HORSES =
      """
      CREATE TABLE ra_horses (
        horse_id varchar(50) PRIMARY KEY,
        name varchar(255),
        sex varchar(50),
        sex_code varchar(10),
        dob date,
        colour varchar(100),
        colour_code varchar(20),
        region varchar(20),
        created_at timestamptz DEFAULT clock_timestamp(),
        updated_at timestamptz DEFAULT clock_timestamp()
      )
      """;

  private static final String CREATE_PEDIGREES =
      """
      CREATE TABLE ra_horse_pedigree (
        horse_id varchar(50) PRIMARY KEY,
        sire_id varchar(50),
        sire varchar(255),
        dam_id varchar(50),
        dam varchar(255),
        damsire_id varchar(50),
        damsire varchar(255),
        breeder varchar(255),
        region varchar(20),
        created_at timestamptz DEFAULT clock_timestamp(),
        updated_at timestamptz DEFAULT clock_timestamp()
      )
      """;

  private final Database database;

  public Schema(Database database) {
    this.database = database;
  }

  /**
   * Migrates the database to this program's version. Returns quickly if it is up to date. Waits for
   * another process that does the same.
   *
   * @return whether anything was created or changed
   * @throws StoreException if the database is newer than the program, read-only, or has tables of
   *     unknown origin in the schema studbook
   */
  public boolean migrateIfNeeded() {
    if (isUpToDate()) {
      return false;
    }
    requireWritable();
    // Held by a transaction, not by the session: a transaction pooler may be in between.
    return database
        .jdbi()
        .inTransaction(handle -> {
          handle.execute("SELECT pg_advisory_xact_lock(?)", FIRST_START_LOCK);
          if (isUpToDate()) {
            return false;
          }
          createSchemaIfMissing();
          flyway().migrate();
          createTablesWhereMissing();
          return true;
        });
  }

  /**
   * The process that creates or migrates the schema at this moment, as text for people; empty if
   * none does.
   */
  public Optional<String> migratingProcess() {
    return database
        .jdbi()
        .withHandle(handle ->
            handle
                .createQuery(
                    """
                    SELECT format('process %s (%s)', pid, concat_ws(', ', coalesce(nullif(a.application_name, ''), 'no name'),
                             'since ' || to_char(a.xact_start, 'HH24:MI')))
                    FROM pg_locks l LEFT JOIN pg_stat_activity a USING (pid)
                    WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
                      AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
                      AND (l.classid::bigint << 32 | l.objid::bigint) = :lock
                    LIMIT 1
                    """)
                .bind("lock", FIRST_START_LOCK)
                .mapTo(String.class)
                .findOne());
  }

  /** A standby would be reported statement by statement, as if it could be waited for. */
  private void requireWritable() {
    database
        .jdbi()
        .withHandle(handle ->
            handle
                .createQuery(
                    """
                    SELECT CASE WHEN pg_is_in_recovery() THEN 'it is a standby; connect to the primary'
                                WHEN current_setting('transaction_read_only')::boolean
                                  THEN 'default_transaction_read_only is on for this server, database or user' END
                    """)
                .mapTo(String.class)
                .findOne())
        .ifPresent(reason -> {
          throw new StoreException(
              "the schema studbook cannot be created, since the database at %s is read-only: %s"
                  .formatted(database.place(), reason));
        });
  }

  /**
   * Not by Flyway, which repeats a CREATE SCHEMA that failed for ten seconds, and would take tables
   * without a history for a mistake in its own settings. In a session of its own, since Flyway's
   * must see it.
   */
  private void createSchemaIfMissing() {
    try (Handle handle = database.jdbi().open()) {
      switch (contentOfSchema(handle)) {
        case "missing" -> handle.execute(CREATE_SCHEMA);
        case "tables" ->
            throw new StoreException(
                "the schema studbook of the database at %s has tables, but no schema_history, so Studbook did not create them: rename that schema, or run DROP SCHEMA studbook CASCADE if nothing in it is needed, and then `studbook init`"
                    .formatted(database.place()));
        default -> {}
      }
    }
  }

  private static String contentOfSchema(Handle handle) {
    return handle
        .createQuery(
            """
            SELECT CASE WHEN n.oid IS NULL THEN 'missing'
                        WHEN count(c.oid) = 0 THEN 'empty'
                        WHEN count(c.oid) FILTER (WHERE c.relname = 'schema_history') = 0 THEN 'tables'
                        ELSE 'history' END
            FROM (VALUES ('studbook')) AS own (name)
              LEFT JOIN pg_namespace n ON n.nspname = own.name
              LEFT JOIN pg_class c ON c.relnamespace = n.oid
            GROUP BY n.oid
            """)
        .mapTo(String.class)
        .one();
  }

  /**
   * The statements that {@link #migrateIfNeeded} would run now, as a script; empty if nothing is
   * missing.
   */
  public String script() {
    StringBuilder script = new StringBuilder();
    if (database.jdbi().withHandle(Schema::contentOfSchema).equals("missing")) {
      script.append(CREATE_SCHEMA).append(";\n\n");
    }
    for (MigrationInfo migration : flyway().info().pending()) {
      script.append("-- ").append(migration.getScript()).append('\n');
      script.append(resource(MIGRATIONS + "/" + migration.getScript())).append('\n');
    }
    List<String> missing = missing();
    if (missing.contains("the table " + HORSES)) {
      script.append(CREATE_HORSES.strip()).append(";\n\n");
    }
    if (missing.contains("the table " + PEDIGREES)) {
      script.append(CREATE_PEDIGREES.strip()).append(";\n\n");
    }
    return script.toString();
  }

  private static String resource(String name) {
    try (InputStream in = Schema.class.getResourceAsStream("/" + name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Drops everything, also the two tables with their rows. For a database that belongs to Studbook.
   */
  public void drop() {
    database
        .jdbi()
        .useTransaction(handle -> {
          handle.execute("DROP SCHEMA IF EXISTS studbook CASCADE");
          handle.execute("DROP TABLE IF EXISTS ra_horse_pedigree, ra_horses");
        });
  }

  /**
   * Whether everything exists in this program's version.
   *
   * @throws StoreException if the database is newer than the program
   */
  public boolean isUpToDate() {
    return database
        .jdbi()
        .withHandle(handle ->
            isCurrent(handle) && isUpToDate(handle, HORSES) && isUpToDate(handle, PEDIGREES));
  }

  /**
   * What {@link #migrateIfNeeded} would create or migrate, in words; empty if everything exists.
   *
   * @throws StoreException if the database is newer than the program
   */
  public List<String> missing() {
    return database
        .jdbi()
        .withHandle(handle -> {
          List<String> missing = new ArrayList<>();
          if (!isCurrent(handle)) {
            missing.add("the schema studbook");
          }
          for (String table : List.of(HORSES, PEDIGREES)) {
            if (!isUpToDate(handle, table)) {
              missing.add("the table " + table);
            }
          }
          return missing;
        });
  }

  private boolean isCurrent(Handle handle) {
    List<AppliedMigration> applied = applied(handle);
    int version = applied.stream().mapToInt(AppliedMigration::version).max().orElse(0);
    if (version > VERSION) {
      throw new StoreException(
          "the database at %s was created by a newer Studbook (schema version %d; this program knows %d): use that version or a later one"
              .formatted(database.place(), version, VERSION));
    }
    if (!applied.stream().allMatch(AppliedMigration::isOfThisProgram)) {
      throw new StoreException(
          "the schema studbook of the database at %s was created by an earlier development version, which cannot be migrated: use that version, or run DROP SCHEMA studbook CASCADE and then `studbook init`; horses and pedigrees stay, runs and the history of changes are lost"
              .formatted(database.place()));
    }
    return version == VERSION;
  }

  /**
   * A migration as the database recorded it.
   *
   * @param checksum of its file, as {@link MigrationChecksum} computes it
   */
  private record AppliedMigration(int version, String script, int checksum) {

    /** Files change until they are released. */
    boolean isOfThisProgram() {
      return MigrationChecksum.of(resource(MIGRATIONS + "/" + script)) == checksum;
    }
  }

  private static List<AppliedMigration> applied(Handle handle) {
    return isUpToDate(handle, "studbook.schema_history")
        ? handle
            .createQuery(
                """
                SELECT version::integer, script, checksum FROM studbook.schema_history
                WHERE success AND version IS NOT NULL
                """)
            .map((row, _) ->
                new AppliedMigration(
                    row.getInt("version"), row.getString("script"), row.getInt("checksum")))
            .list()
        : List.of();
  }

  /**
   * Reads pg_class, too: a name alone is looked up in the session's cache, which may not contain
   * yet what another process created while this one waited for the lock.
   */
  private static boolean isUpToDate(Handle handle, String table) {
    return handle
        .createQuery("SELECT EXISTS (SELECT FROM pg_class WHERE oid = to_regclass(:table))")
        .bind("table", table)
        .mapTo(Boolean.class)
        .one();
  }

  private Flyway flyway() {
    return Flyway.configure()
        .dataSource(database.dataSource())
        .schemas("studbook")
        .defaultSchema("studbook")
        .createSchemas(false)
        .table("schema_history")
        .locations("classpath:" + MIGRATIONS)
        .loggers("slf4j")
        .load();
  }

  /**
   * Checks first: CREATE TABLE IF NOT EXISTS needs the permission to create even if the table
   * exists. Not in Studbook's own schema, which the search path has first if the user is called
   * studbook.
   */
  private void createTablesWhereMissing() {
    database
        .jdbi()
        .useTransaction(handle -> {
          boolean found =
              handle
                  .createQuery(
                      """
                      SELECT set_config('search_path', quote_ident(schema), true)
                      FROM unnest(current_schemas(false)) WITH ORDINALITY AS path (schema, place)
                      WHERE schema <> 'studbook' ORDER BY place LIMIT 1
                      """)
                  .mapTo(String.class)
                  .findOne()
                  .isPresent();
          if (!found) {
            throw new StoreException(
                "the database user's search_path names no existing schema: create one, such as"
                    + " public, for ra_horses");
          }
          if (!isUpToDate(handle, HORSES)) {
            handle.execute(CREATE_HORSES);
          }
          if (!isUpToDate(handle, PEDIGREES)) {
            handle.execute(CREATE_PEDIGREES);
          }
        });
  }
}
