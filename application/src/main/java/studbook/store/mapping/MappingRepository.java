package studbook.store.mapping;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import studbook.model.SafeText;
import studbook.store.error.DatabaseError;
import studbook.store.error.ErrorClassifier;
import studbook.store.error.StoreException;
import studbook.store.mapping.TableMapping.MappedTable;
import studbook.store.table.TableColumn;

/** Finds tables that may have horses, in every schema that the user may read, and maps them. */
public final class MappingRepository {

  private static final Logger log = LoggerFactory.getLogger(MappingRepository.class);

  /** No privilege for a column; the rows of a view take too long. */
  private static final Set<String> UNREADABLE =
      Set.of(DatabaseError.INSUFFICIENT_PRIVILEGE, "57014");

  private final Jdbi jdbi;

  public MappingRepository(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * One of Studbook's two names.
   *
   * @param schema that has it
   * @param isEmpty whether it has no rows
   */
  public record ExistingTable(String schema, boolean isEmpty) {}

  private record FoundRelation(
      String schema, String table, String quoted, String owner, boolean isOwned, boolean isView) {}

  /** The table or view that Studbook finds under one of its names. */
  public Optional<ExistingTable> existing(MappedTable target) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT n.nspname AS schema,
                       format('%I.%I', n.nspname, c.relname) AS quoted, has_table_privilege(c.oid, 'SELECT') AS readable
                FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = to_regclass(:table)
                """)
            .bind("table", target.table())
            .map((row, _) ->
                new ExistingTable(
                    row.getString("schema"),
                    row.getBoolean("readable") && count(handle, row.getString("quoted")) == 0))
            .findOne());
  }

  /** Tables in which each row is a horse, the likeliest first. Takes some milliseconds a table. */
  public List<CandidateTable> horseTables() {
    return candidates().stream()
        .filter(CandidateTable::hasHorses)
        .sorted(
            Comparator.<CandidateTable, Boolean>comparing(one -> one.horseIds().isEmpty())
                .thenComparing(one -> !one.isNamedHorse())
                .thenComparing(CandidateTable::hasPedigrees)
                .thenComparingLong(one -> -one.rows())
                .thenComparing(CandidateTable::quoted))
        .toList();
  }

  /** Tables in which each row is the pedigree of a horse, the likeliest first. */
  public List<CandidateTable> pedigreeTables(CandidateTable horses) {
    return candidates().stream()
        .filter(one -> !one.quoted().equals(horses.quoted()))
        .filter(CandidateTable::hasPedigrees)
        .sorted(
            Comparator.<CandidateTable, Boolean>comparing(
                    one -> !one.schema().equals(horses.schema()))
                .thenComparing(one -> one.horseIds().isEmpty())
                .thenComparingLong(one -> -one.rows())
                .thenComparing(CandidateTable::quoted))
        .toList();
  }

  private List<CandidateTable> candidates() {
    return relations().stream().flatMap(relation -> read(relation).stream()).toList();
  }

  /** Tables that can be written, whose names or columns allow horses. */
  private List<FoundRelation> relations() {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT n.nspname AS schema, c.relname AS "table", format('%I.%I', n.nspname, c.relname) AS quoted,
                       pg_get_userbyid(c.relowner) AS owner, pg_has_role(c.relowner, 'USAGE') AS is_owned, c.relkind = 'v' AS is_view
                FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE c.relkind IN ('r', 'p', 'v') AND NOT c.relispartition AND c.relpersistence <> 't'
                  AND n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'studbook')
                  AND has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT')
                  AND c.oid <> ALL (ARRAY(
                    SELECT to_regclass(name)::oid FROM (VALUES ('ra_horses'), ('ra_horse_pedigree')) AS own (name)
                    WHERE to_regclass(name) IS NOT NULL))
                  AND (c.relkind <> 'v' OR pg_relation_is_updatable(c.oid, false) & 4 = 4)
                  AND (c.relname ~* 'horse' OR EXISTS (
                    SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND a.attname ~* '(id|horse)$'))
                ORDER BY 1, 2
                """)
            .map((row, _) ->
                new FoundRelation(
                    row.getString("schema"),
                    row.getString("table"),
                    row.getString("quoted"),
                    row.getString("owner"),
                    row.getBoolean("is_owned"),
                    row.getBoolean("is_view")))
            .list());
  }

  /**
   * The statements for the owner without which this user cannot read tables that are named like
   * horses; empty if there are none.
   */
  public List<String> unreadable() {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT CASE WHEN has_schema_privilege(n.oid, 'USAGE') THEN ''
                            ELSE format('GRANT USAGE ON SCHEMA %I TO %I; ', n.nspname, current_user) END
                    || format('GRANT SELECT ON %I.%I TO %I;', n.nspname, c.relname, current_user)
                FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE c.relkind IN ('r', 'p', 'v') AND c.relname ~* 'horse' AND n.nspname !~ '^pg_'
                  AND n.nspname NOT IN ('information_schema', 'studbook')
                  AND NOT (has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT'))
                ORDER BY 1 LIMIT 10
                """)
            .mapTo(String.class)
            .list());
  }

  /**
   * A table by its name, with or without a schema.
   *
   * @throws StoreException if there is none that this user may read and write
   */
  public CandidateTable named(String name) {
    FoundRelation relation =
        jdbi.withHandle(handle ->
                handle
                    .createQuery(
                        """
                        SELECT n.nspname AS schema, c.relname AS "table", format('%I.%I', n.nspname, c.relname) AS quoted,
                               pg_get_userbyid(c.relowner) AS owner, pg_has_role(c.relowner, 'USAGE') AS is_owned,
                               c.relkind = 'v' AS is_view
                        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                        WHERE c.oid = to_regclass(:name) AND c.relkind IN ('r', 'p', 'v')
                        """)
                    .bind("name", name)
                    .map((row, _) ->
                        new FoundRelation(
                            row.getString("schema"),
                            row.getString("table"),
                            row.getString("quoted"),
                            row.getString("owner"),
                            row.getBoolean("is_owned"),
                            row.getBoolean("is_view")))
                    .findOne())
            .orElseThrow(() ->
                new StoreException(
                    "the database has no table %s: name it as SCHEMA.TABLE; capital letters need quotation marks, as in 'public.\"Horses\"'"
                        .formatted(SafeText.excerpt(name, 100))));
    return read(relation)
        .orElseThrow(() ->
            new StoreException(
                "%s cannot be read by this database user; run as its owner: GRANT SELECT ON %s TO %s;"
                    .formatted(
                        relation.quoted(),
                        relation.quoted(),
                        jdbi.withHandle(MappingRepository::user))));
  }

  private static String user(Handle handle) {
    return handle.createQuery("SELECT quote_ident(current_user)").mapTo(String.class).one();
  }

  /** Empty if the rows cannot be read, or not soon. */
  private Optional<CandidateTable> read(FoundRelation relation) {
    try {
      return Optional.of(
          jdbi.inTransaction(handle -> {
            handle.execute("SET LOCAL statement_timeout = '5s'");
            return new CandidateTable(
                relation.schema(),
                relation.table(),
                relation.quoted(),
                relation.owner(),
                relation.isOwned(),
                relation.isView(),
                count(handle, relation.quoted()),
                TableColumn.read(handle, relation.quoted()),
                identifiers(handle, relation.quoted()),
                uniqueColumns(handle, relation.quoted()),
                horseIds(handle, relation.quoted()));
          }));
    } catch (JdbiException e) {
      if (DatabaseError.in(e).filter(error -> UNREADABLE.contains(error.state())).isEmpty()) {
        throw e;
      }
      log.info("{} is left out: {}", relation.quoted(), ErrorClassifier.reason(e));
      return Optional.empty();
    }
  }

  /** Exact up to ten thousand, then the estimate of ANALYZE. */
  private static long count(Handle handle, String quoted) {
    return handle
        .createQuery(
            """
            SELECT CASE WHEN 10000 >= counted.rows THEN counted.rows
                        ELSE (SELECT GREATEST(c.reltuples::bigint, counted.rows) FROM pg_class c WHERE c.oid = to_regclass(:quoted)) END
            FROM (SELECT count(*) AS rows FROM (SELECT FROM <table> LIMIT 10001) AS sample) AS counted
            """)
        .define("table", quoted)
        .bind("quoted", quoted)
        .mapTo(Long.class)
        .one();
  }

  private static Map<String, String> identifiers(Handle handle, String quoted) {
    Map<String, String> identifiers = new LinkedHashMap<>();
    handle
        .createQuery(
            """
            SELECT attname AS name, quote_ident(attname) AS identifier FROM pg_attribute
            WHERE attrelid = to_regclass(:quoted) AND attnum > 0 AND NOT attisdropped
            """)
        .bind("quoted", quoted)
        .map((row, _) -> Map.entry(row.getString("name"), row.getString("identifier")))
        .forEach(column -> identifiers.put(column.getKey(), column.getValue()));
    return identifiers;
  }

  private static Set<String> uniqueColumns(Handle handle, String quoted) {
    return new HashSet<>(
        handle
            .createQuery(
                """
                SELECT a.attname FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
                WHERE i.indrelid = to_regclass(:quoted) AND i.indisunique AND i.indisvalid AND i.indpred IS NULL AND i.indnkeyatts = 1
                """)
            .bind("quoted", quoted)
            .mapTo(String.class)
            .list());
  }

  /** By a sample of rows. */
  private static Set<String> horseIds(Handle handle, String quoted) {
    return new HashSet<>(
        handle
            .createQuery(
                """
                SELECT value.key FROM (SELECT to_jsonb(t) AS columns FROM <table> AS t LIMIT 50) AS sample
                CROSS JOIN jsonb_each_text(sample.columns) AS value
                GROUP BY value.key HAVING bool_or(value.value ~ '^hrs_[0-9]')
                """)
            .define("table", quoted)
            .mapTo(String.class)
            .list());
  }

  /** The statements for these mappings, and what this user lacks to run them. */
  public MappingScript script(List<TableMapping> mappings) {
    return jdbi.withHandle(handle -> {
      String schema = firstSchema(handle);
      List<String> statements = new ArrayList<>();
      List<String> needs = new ArrayList<>();
      if (!mayCreateIn(handle, schema)) {
        needs.add(
            "the views are created in schema %s, in which it may create nothing".formatted(schema));
      }
      for (TableMapping mapping : mappings) {
        statements.addAll(mapping.statements(schema));
        if (!mapping.additions().isEmpty() && !mapping.table().isOwned()) {
          needs.add(
              "%s belongs to %s, and only its owner adds columns"
                  .formatted(mapping.table().quoted(), mapping.table().owner()));
        }
        needs.addAll(unwritable(handle, mapping));
      }
      if (!needs.isEmpty()) {
        String user = user(handle);
        for (TableMapping mapping : mappings) {
          statements.add(
              "GRANT SELECT, %sUPDATE ON %s.%s TO %s;"
                  .formatted(
                      mapping.target() == MappedTable.PEDIGREES ? "INSERT, " : "",
                      schema,
                      mapping.target().table(),
                      user));
        }
      }
      return new MappingScript(statements, needs);
    });
  }

  private static boolean mayCreateIn(Handle handle, String schema) {
    return handle
        .createQuery("SELECT has_schema_privilege(to_regnamespace(:schema), 'CREATE')")
        .bind("schema", schema)
        .mapTo(Boolean.class)
        .one();
  }

  private static List<String> unwritable(Handle handle, TableMapping mapping) {
    return handle
        .createQuery(
            """
            SELECT format('it lacks %s on %s', string_agg(command, ', '), :quoted)
            FROM unnest(string_to_array(:commands, ' ')) AS command
            WHERE NOT has_any_column_privilege(to_regclass(:quoted), command)
            HAVING count(*) > 0
            """)
        .bind("quoted", mapping.table().quoted())
        .bind("commands", mapping.target() == MappedTable.PEDIGREES ? "INSERT UPDATE" : "UPDATE")
        .mapTo(String.class)
        .list();
  }

  /** As an SQL statement writes it. Studbook's tables are created there, too. */
  private static String firstSchema(Handle handle) {
    return handle
        .createQuery(
            """
            SELECT quote_ident(schema) FROM unnest(current_schemas(false)) WITH ORDINALITY AS path (schema, place)
            WHERE schema <> 'studbook' ORDER BY place LIMIT 1
            """)
        .mapTo(String.class)
        .findOne()
        .orElseThrow(() ->
            new StoreException(
                "the database user's search_path names no existing schema: create one, such as"
                    + " public, for ra_horses"));
  }

  /** Runs all statements, or none. */
  public void run(MappingScript script) {
    jdbi.useTransaction(handle -> {
      for (String statement : script.statements()) {
        handle.execute(statement);
      }
    });
  }
}
