package studbook.csvimport;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * A table between the file and the user's tables, created and dropped in one transaction. Not a
 * temporary table, since those belong to a session, which a transaction pooler shares. The names in
 * its SQL are {@link ImportColumn}'s own.
 */
final class StagingTable {

  /** A line that contradicts an earlier one about the same horse. */
  private record ContradictoryRow(long line, long earlier, long total) {}

  private final Handle handle;
  private final TargetTable horses;
  private final Optional<TargetTable> pedigrees;
  private final List<ImportColumn> columns;
  private final String name = "studbook.import_" + UUID.randomUUID().toString().replace("-", "");

  /**
   * Creates the table with the types of the user's own columns.
   *
   * @param pedigrees if columns of it are loaded
   * @param columns to load, horse_id first
   */
  StagingTable(
      Handle handle,
      TargetTable horses,
      Optional<TargetTable> pedigrees,
      Collection<ImportColumn> columns) {
    this.handle = handle;
    this.horses = horses;
    this.pedigrees = pedigrees;
    this.columns = List.copyOf(columns);
    with(handle.createUpdate(
            """
            CREATE UNLOGGED TABLE <staging> AS
            SELECT CAST(0 AS bigint) AS line, <typed> FROM ra_horses AS h<pedigrees> WITH NO DATA
            """))
        .define(
            "typed", columns.stream().map(StagingTable::typed).collect(Collectors.joining(", ")))
        .define("pedigrees", pedigrees.isPresent() ? " CROSS JOIN ra_horse_pedigree AS p" : "")
        .execute();
  }

  private static String typed(ImportColumn column) {
    return (column.isOfPedigree() ? "p." : "h.") + column.sqlName();
  }

  /** Runs COPY with the rows of {@code rows}; an exception cancels it. */
  void copy(Consumer<CopyWriter> rows) throws SQLException {
    CopyIn copyIn =
        handle
            .getConnection()
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn("COPY " + name + " (line, " + list("", columns) + ") FROM STDIN");
    try {
      CopyWriter copy = new CopyWriter(copyIn);
      rows.accept(copy);
      copy.end();
    } finally {
      if (copyIn.isActive()) {
        copyIn.cancelCopy();
      }
    }
    // Autovacuum does not see this table; without statistics the planner joins it row by row.
    with(handle.createUpdate("ANALYZE <staging>")).execute();
  }

  /** The number of rows that repeat the horse of an earlier one. */
  long duplicates() {
    return with(handle.createQuery(
            """
            SELECT coalesce(sum(n - 1), 0)
            FROM (SELECT count(*) AS n FROM <staging> GROUP BY horse_id HAVING count(*) > 1) AS d
            """))
        .mapTo(Long.class)
        .one();
  }

  /** Adds lines that contradict an earlier line about the same horse. */
  void addContradictions(LineErrors errors) {
    List<ContradictoryRow> found =
        with(handle.createQuery(
                """
                SELECT s.line, f.line AS earlier, count(*) OVER () AS total
                FROM <staging> AS s
                JOIN (SELECT horse_id, min(line) AS line
                      FROM <staging>
                      GROUP BY horse_id
                      HAVING count(*) > 1) AS d ON d.horse_id = s.horse_id
                JOIN <staging> AS f ON f.line = d.line
                WHERE ROW(<ofS>) IS DISTINCT FROM ROW(<ofF>)
                ORDER BY s.line
                LIMIT :kept
                """))
            .bind("kept", LineErrors.KEPT)
            .map((row, context) ->
                new ContradictoryRow(
                    row.getLong("line"), row.getLong("earlier"), row.getLong("total")))
            .list();
    if (!found.isEmpty()) {
      errors.addAll(
          found.stream()
              .map(each ->
                  new LineError(
                      each.line(), "contradicts line " + each.earlier() + " on this horse"))
              .toList(),
          found.getFirst().total());
    }
  }

  /**
   * Fills blanks of existing horses and returns how many got a value. Not an INSERT with ON
   * CONFLICT DO UPDATE: that checks a NOT NULL constraint on a column that the file lacks even if
   * the horse exists.
   */
  long fillBlanks() {
    List<String> steps = new ArrayList<>();
    List<ImportColumn> ofHorse =
        columns.stream()
            .filter(column -> column != ImportColumn.HORSE_ID && !column.isOfPedigree())
            .toList();
    if (!ofHorse.isEmpty()) {
      steps.add(fill(horses, "h", "", ofHorse));
    }
    pedigrees.ifPresent(table -> {
      List<ImportColumn> ofPedigree = ofPedigree(table);
      if (!ofPedigree.isEmpty()) {
        steps.add(fill(table, "p", "JOIN ra_horses AS h ON h.horse_id = s.horse_id", ofPedigree));
      }
      insertion(table).ifPresent(steps::add);
    });
    if (steps.isEmpty()) {
      return 0;
    }
    String all =
        IntStream.range(0, steps.size())
            .mapToObj(i -> "step" + i + " AS (" + steps.get(i) + ")")
            .collect(Collectors.joining(", "));
    String touched =
        IntStream.range(0, steps.size())
            .mapToObj(i -> "SELECT horse_id FROM step" + i)
            .collect(Collectors.joining(" UNION "));
    return with(handle.createQuery("WITH <steps> SELECT count(*) FROM (<touched>) AS filled"))
        .define("steps", rendered(all))
        .define("touched", touched)
        .mapTo(Long.class)
        .one();
  }

  /** The loaded columns of the table, with the horse's region. */
  private List<ImportColumn> ofPedigree(TargetTable table) {
    return columns.stream()
        .filter(column ->
            column.isOfPedigree()
                || (column == ImportColumn.REGION
                    && table.widths().containsKey(ImportColumn.REGION)))
        .toList();
  }

  /** An UPDATE that returns the ids of the horses that got a value. */
  private String fill(TargetTable table, String alias, String join, List<ImportColumn> fillable) {
    List<String> assignments = new ArrayList<>();
    for (ImportColumn column : fillable) {
      String c = column.sqlName();
      assignments.add(
          "%s = CASE WHEN %s THEN %s ELSE %s.%1$s END"
              .formatted(c, isFilled(table, alias, column), value(alias, column), alias));
    }
    if (table.stamps().contains("updated_at")) {
      assignments.add("updated_at = now()");
    }
    return """
    UPDATE %s AS %s SET %s FROM <staging> AS s %s
    WHERE s.horse_id = %2$s.horse_id AND (%s) RETURNING CAST(%2$s.horse_id AS text) AS horse_id
    """
        .formatted(
            table.name(),
            alias,
            String.join(", ", assignments),
            join,
            fillable.stream()
                .map(column -> isFilled(table, alias, column))
                .collect(Collectors.joining(" OR ")));
  }

  /** The region of a pedigree is the horse's, if it has one. */
  private static String value(String alias, ImportColumn column) {
    return alias.equals("p") && column == ImportColumn.REGION
        ? "coalesce(nullif(CAST(h.region AS text), ''), s.region)"
        : "s." + column.sqlName();
  }

  /** Inserts missing horses in one order, so that two imports cannot deadlock. */
  long insertMissing() {
    Set<String> stamps = horses.stamps();
    List<ImportColumn> ofHorse = columns.stream().filter(column -> !column.isOfPedigree()).toList();
    return with(handle.createUpdate(
            """
            INSERT INTO ra_horses (<ofHorse><stamps>)
            SELECT DISTINCT ON (s.horse_id COLLATE "C") <values><now>
            FROM <staging> AS s
            WHERE NOT EXISTS (SELECT FROM ra_horses AS h WHERE h.horse_id = s.horse_id)
            ORDER BY s.horse_id COLLATE "C", s.line
            ON CONFLICT (horse_id) DO NOTHING
            """))
        .define("ofHorse", list("", ofHorse))
        .define("values", list("s.", ofHorse))
        .define("stamps", stamps.stream().map(stamp -> ", " + stamp).collect(Collectors.joining()))
        .define("now", ", now()".repeat(stamps.size()))
        .execute();
  }

  /** Inserts the pedigrees of inserted horses. */
  void insertPedigrees() {
    pedigrees
        .flatMap(this::insertion)
        .ifPresent(statement -> handle.createUpdate(rendered(statement)).execute());
  }

  /** An INSERT of pedigrees of existing horses; empty if the file has no parents. */
  private Optional<String> insertion(TargetTable table) {
    List<ImportColumn> ofPedigree = columns.stream().filter(ImportColumn::isOfPedigree).toList();
    String parents =
        columns.stream()
            .filter(ImportColumn::isOfParent)
            .map(column -> "s." + column.sqlName() + " IS NOT NULL")
            .collect(Collectors.joining(" OR "));
    if (parents.isEmpty()) {
      return Optional.empty();
    }
    List<String> names = new ArrayList<>(List.of("horse_id"));
    List<String> values = new ArrayList<>(List.of("s.horse_id"));
    ofPedigree.forEach(column -> {
      names.add(column.sqlName());
      values.add("s." + column.sqlName());
    });
    if (table.widths().containsKey(ImportColumn.REGION)
        && horses.widths().containsKey(ImportColumn.REGION)) {
      names.add("region");
      values.add(
          columns.contains(ImportColumn.REGION)
              ? value("p", ImportColumn.REGION)
              : "nullif(CAST(h.region AS text), '')");
    }
    table
        .stamps()
        .forEach(stamp -> {
          names.add(stamp);
          values.add("now()");
        });
    return Optional.of(
        """
        INSERT INTO ra_horse_pedigree (%s)
        SELECT DISTINCT ON (s.horse_id COLLATE "C") %s
        FROM <staging> AS s JOIN ra_horses AS h ON h.horse_id = s.horse_id
        WHERE (%s) AND NOT EXISTS (SELECT FROM ra_horse_pedigree AS p WHERE p.horse_id = s.horse_id)
        ORDER BY s.horse_id COLLATE "C", s.line
        ON CONFLICT (horse_id) DO NOTHING RETURNING CAST(horse_id AS text) AS horse_id
        """
            .formatted(String.join(", ", names), String.join(", ", values), parents));
  }

  void drop() {
    with(handle.createUpdate("DROP TABLE <staging>")).execute();
  }

  /**
   * Whether a row of the file fills this column: it has a value, the horse has none, and for half
   * of a pair the horse's other half is blank or agrees with the file's.
   */
  private String isFilled(TargetTable table, String alias, ImportColumn column) {
    String c = column.sqlName();
    String filled = "(s." + c + " IS NOT NULL AND " + isBlank(alias, c);
    return column
        .partner()
        .filter(table.widths()::containsKey)
        .map(partner -> {
          String p = partner.sqlName();
          String agrees =
              columns.contains(partner)
                  ? " OR lower(CAST(%s.%s AS text)) = lower(CAST(s.%2$s AS text))"
                      .formatted(alias, p)
                  : "";
          return filled + " AND (" + isBlank(alias, p) + agrees + "))";
        })
        .orElse(filled + ")");
  }

  private static String isBlank(String alias, String column) {
    return "coalesce(CAST(%s.%s AS text), '') = ''".formatted(alias, column);
  }

  private String rendered(String sql) {
    return sql.replace("<staging>", name);
  }

  private <S extends SqlStatement<S>> S with(S statement) {
    return statement
        .define("staging", name)
        .define("ofS", list("s.", columns))
        .define("ofF", list("f.", columns));
  }

  private static String list(String prefix, List<ImportColumn> columns) {
    return columns.stream()
        .map(column -> prefix + column.sqlName())
        .collect(Collectors.joining(", "));
  }
}
