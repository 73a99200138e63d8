package studbook.store.table;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * The permissions that a task needs and this database user lacks, as statements for the owner to
 * run. They are those of docs/role.sql. Valid as long as the handle.
 */
public final class MissingGrants {

  /**
   * @param columns that need the permission; none if the whole table does
   */
  private record GrantNeed(String table, String command, List<String> columns) {}

  private static final List<GrantNeed> FILL =
      List.of(
          new GrantNeed("ra_horses", "SELECT", List.of()),
          new GrantNeed(
              "ra_horses",
              "UPDATE",
              UserColumns.without(UserColumns.OF_HORSES, "horse_id", "name", "created_at")),
          new GrantNeed("ra_horse_pedigree", "SELECT", List.of()),
          new GrantNeed("ra_horse_pedigree", "INSERT", UserColumns.OF_PEDIGREES),
          new GrantNeed(
              "ra_horse_pedigree",
              "UPDATE",
              UserColumns.without(UserColumns.OF_PEDIGREES, "horse_id", "created_at")));

  private static final List<GrantNeed> INSERT =
      List.of(new GrantNeed("ra_horses", "INSERT", UserColumns.OF_HORSES));

  /** A file can fill a blank name. */
  private static final List<GrantNeed> NAME =
      List.of(new GrantNeed("ra_horses", "UPDATE", List.of("name")));

  private static final List<GrantNeed> ARCHIVE =
      Stream.of("error", "run_sample", "run_event", "work_item", "chunk", "notification")
          .map(table -> new GrantNeed("studbook." + table, "DELETE", List.of()))
          .toList();

  private final Handle handle;

  public MissingGrants(Handle handle) {
    this.handle = handle;
  }

  /** To fill existing horses, as backfill, retry and worker do. */
  public List<String> toFill() {
    List<String> grants = new ArrayList<>(onTables(FILL));
    grants.addAll(onOwnSchema());
    return grants;
  }

  /** Whether both tables can be read and written, regardless of policies. */
  public static boolean areTablesWritable(Handle handle) {
    return new MissingGrants(handle).onTables(FILL).isEmpty();
  }

  /** To insert new horses with their pedigrees, as discover does. */
  public List<String> toInsert() {
    List<String> grants = new ArrayList<>(onTables(INSERT));
    grants.addAll(toFill());
    return grants;
  }

  /** To load a file, staged in a table that is created and dropped in the schema studbook. */
  public List<String> toImport() {
    List<String> grants = new ArrayList<>(onTables(INSERT));
    grants.addAll(onTables(NAME));
    grants.addAll(onTables(FILL.subList(0, 2)));
    handle
        .createQuery(
            """
            SELECT 'GRANT USAGE, CREATE ON SCHEMA studbook TO ' || quote_ident(current_user) || ';'
            FROM pg_namespace WHERE nspname = 'studbook' AND NOT has_schema_privilege(oid, 'CREATE')
            """)
        .mapTo(String.class)
        .forEach(grants::add);
    return grants;
  }

  /** To load a file with columns of ra_horse_pedigree. */
  public List<String> toImportPedigrees() {
    return onTables(FILL.subList(2, FILL.size()));
  }

  /** To delete rows that were archived. */
  public List<String> toArchive() {
    return onTables(ARCHIVE);
  }

  /** To create the schema studbook and the two tables, if missing. */
  public List<String> toCreate() {
    return handle
        .createQuery(
            """
            SELECT 'GRANT CREATE ON DATABASE ' || quote_ident(datname) || ' TO ' || quote_ident(current_user) || ';'
            FROM pg_database
            WHERE datname = current_database() AND NOT has_database_privilege(oid, 'CREATE')
              AND NOT EXISTS (SELECT FROM pg_namespace WHERE nspname = 'studbook')
            UNION ALL
            SELECT 'GRANT USAGE, CREATE ON SCHEMA studbook TO ' || quote_ident(current_user) || ';'
            FROM pg_namespace own
            WHERE nspname = 'studbook' AND NOT has_schema_privilege(oid, 'CREATE')
              AND NOT EXISTS (SELECT FROM pg_class WHERE relnamespace = own.oid AND relname = 'schema_history')
            UNION ALL
            (SELECT 'GRANT CREATE ON SCHEMA ' || quote_ident(schema) || ' TO ' || quote_ident(current_user) || ';'
             FROM unnest(current_schemas(false)) WITH ORDINALITY AS path (schema, place)
             WHERE schema <> 'studbook' AND (to_regclass('ra_horses') IS NULL OR to_regclass('ra_horse_pedigree') IS NULL)
               AND NOT has_schema_privilege(schema, 'CREATE')
             ORDER BY place LIMIT 1)
            """)
        .mapTo(String.class)
        .list();
  }

  private List<String> onTables(List<GrantNeed> needs) {
    return handle
        .createQuery(
            """
            SELECT 'GRANT ' || need.command || CASE WHEN need.columns = '' THEN '' ELSE ' (' || need.columns || ')' END
                || ' ON ' || need.relation || ' TO ' || quote_ident(current_user) || ';'
            FROM unnest(:tables, :commands, :columns) WITH ORDINALITY AS need (relation, command, columns, place)
            WHERE to_regclass(need.relation) IS NOT NULL AND NOT CASE
              WHEN need.columns = '' THEN has_table_privilege(to_regclass(need.relation), need.command)
              ELSE (SELECT COALESCE(bool_and(has_column_privilege(c.attrelid, c.attnum, need.command)), true)
                    FROM pg_attribute c
                    WHERE c.attrelid = to_regclass(need.relation) AND NOT c.attisdropped
                      AND c.attname = ANY (string_to_array(need.columns, ', '))) END
            ORDER BY need.place
            """)
        .bindArray("tables", String.class, needs.stream().map(GrantNeed::table).toList())
        .bindArray("commands", String.class, needs.stream().map(GrantNeed::command).toList())
        .bindArray(
            "columns",
            String.class,
            needs.stream().map(need -> String.join(", ", need.columns())).toList())
        .mapTo(String.class)
        .list();
  }

  /** Every task writes Studbook's records; only a migration writes the history of migrations. */
  private List<String> onOwnSchema() {
    return handle
        .createQuery(
            """
            WITH own AS (SELECT oid FROM pg_namespace WHERE nspname = 'studbook')
            SELECT statement || quote_ident(current_user) || ';'
            FROM (VALUES
              (1, 'GRANT USAGE ON SCHEMA studbook TO ',
               EXISTS (SELECT FROM own WHERE NOT has_schema_privilege(oid, 'USAGE'))),
              (2, 'GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA studbook TO ',
               EXISTS (SELECT FROM pg_class c JOIN own ON c.relnamespace = own.oid
                       WHERE c.relkind = 'r' AND c.relname <> 'schema_history'
                         AND NOT (has_table_privilege(c.oid, 'SELECT') AND has_table_privilege(c.oid, 'INSERT')
                                  AND has_table_privilege(c.oid, 'UPDATE')))),
              (3, 'GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA studbook TO ',
               EXISTS (SELECT FROM pg_proc p JOIN own ON p.pronamespace = own.oid
                       WHERE NOT has_function_privilege(p.oid, 'EXECUTE')))
            ) AS need (place, statement, missing)
            WHERE missing ORDER BY place
            """)
        .mapTo(String.class)
        .list();
  }
}
