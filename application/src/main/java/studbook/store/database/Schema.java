package studbook.store.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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
   * Migrates the database to this program's version. Returns quickly if it is up to date.
   *
   * @return whether anything was created or changed
   * @throws StoreException if the database is newer than the program
   */
  public boolean migrateIfNeeded() {
    if (isUpToDate()) {
      return false;
    }
    // Held by a transaction, not by the session: a transaction pooler may be in between.
    return database
        .jdbi()
        .inTransaction(handle -> {
          handle.execute("SELECT pg_advisory_xact_lock(?)", FIRST_START_LOCK);
          if (isUpToDate()) {
            return false;
          }
          migrate();
          createTablesWhereMissing();
          return true;
        });
  }

  /**
   * The statements that {@link #migrateIfNeeded} would run now, as a script; empty if nothing is
   * missing.
   */
  public String script() {
    StringBuilder script = new StringBuilder();
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

  private void migrate() {
    flyway().migrate();
  }

  private Flyway flyway() {
    return Flyway.configure()
        .dataSource(database.dataSource())
        .schemas("studbook")
        .defaultSchema("studbook")
        .createSchemas(true)
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
