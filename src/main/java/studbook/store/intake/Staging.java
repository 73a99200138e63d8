package studbook.store.intake;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * A table between the file and ra_horses. It is created and dropped inside one transaction, in
 * which nobody else ever sees it; no temporary table, since those belong to a session and a
 * transaction pooler lends its sessions out. The names put into its SQL are {@link Column}'s own.
 */
final class Staging {

  /** A line that contradicts an earlier one on the same horse. */
  private record Contradiction(long line, long earlier, long total) {}

  private final Handle handle;
  private final Table table;
  private final List<Column> columns;
  private final String name = "studbook.intake_" + UUID.randomUUID().toString().replace("-", "");

  /**
   * Creates the table with the types of the user's own columns.
   *
   * @param columns what is loaded, horse_id first
   */
  Staging(Handle handle, Table table, Collection<Column> columns) {
    this.handle = handle;
    this.table = table;
    this.columns = List.copyOf(columns);
    with(handle.createUpdate(
            """
            CREATE UNLOGGED TABLE <staging> AS
            SELECT CAST(0 AS bigint) AS line, <columns> FROM ra_horses WITH NO DATA
            """))
        .execute();
  }

  /** Runs COPY while {@code rows} feeds it; a failure on the way cancels it. */
  void copy(Consumer<Copy> rows) throws SQLException {
    CopyIn copyIn =
        handle
            .getConnection()
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn("COPY " + name + " (line, " + list("") + ") FROM STDIN");
    try {
      Copy copy = new Copy(copyIn);
      rows.accept(copy);
      copy.end();
    } finally {
      if (copyIn.isActive()) {
        copyIn.cancelCopy();
      }
    }
    // No autovacuum sees this table; without figures the planner joins it row by row.
    with(handle.createUpdate("ANALYZE <staging>")).execute();
  }

  /** How many rows only repeat the horse of an earlier one, whatever else they say. */
  long duplicates() {
    return with(handle.createQuery(
            """
            SELECT coalesce(sum(n - 1), 0)
            FROM (SELECT count(*) AS n FROM <staging> GROUP BY horse_id HAVING count(*) > 1) AS d
            """))
        .mapTo(Long.class)
        .one();
  }

  /** Notes the lines that say of a horse something else than an earlier line does. */
  void addContradictions(BadLines bad) {
    List<Contradiction> found =
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
            .bind("kept", BadLines.KEPT)
            .map((row, context) ->
                new Contradiction(
                    row.getLong("line"), row.getLong("earlier"), row.getLong("total")))
            .list();
    if (!found.isEmpty()) {
      bad.addAll(
          found.stream()
              .map(each ->
                  new BadLine(
                      each.line(), "not what line " + each.earlier() + " says of this horse"))
              .toList(),
          found.getFirst().total());
    }
  }

  /**
   * Fills the blanks of horses that stand already, and returns how many got a value. Not one INSERT
   * with ON CONFLICT DO UPDATE for all: that checks a NOT NULL of the user's on a column the file
   * lacks even where the horse stands already.
   */
  long fillBlanks() {
    List<Column> fillable = columns.stream().filter(column -> column != Column.HORSE_ID).toList();
    if (fillable.isEmpty()) {
      return 0;
    }
    List<String> assignments = new ArrayList<>();
    for (Column column : fillable) {
      String c = column.sqlName();
      assignments.add(
          c + " = CASE WHEN " + isFilled(column) + " THEN s." + c + " ELSE h." + c + " END");
    }
    if (table.stamps().contains("updated_at")) {
      assignments.add("updated_at = now()");
    }
    return with(handle.createUpdate(
            """
            UPDATE ra_horses AS h
            SET <assignments>
            FROM <staging> AS s
            WHERE s.horse_id = h.horse_id AND (<anyIsFilled>)
            """))
        .define("assignments", String.join(", ", assignments))
        .define(
            "anyIsFilled",
            fillable.stream().map(this::isFilled).collect(Collectors.joining(" OR ")))
        .execute();
  }

  /** Inserts the horses that are missing, in one order, so that two intakes cannot deadlock. */
  long insertMissing() {
    Set<String> stamps = table.stamps();
    return with(handle.createUpdate(
            """
            INSERT INTO ra_horses (<columns><stamps>)
            SELECT DISTINCT ON (s.horse_id COLLATE "C") <ofS><now>
            FROM <staging> AS s
            WHERE NOT EXISTS (SELECT FROM ra_horses AS h WHERE h.horse_id = s.horse_id)
            ORDER BY s.horse_id COLLATE "C", s.line
            ON CONFLICT (horse_id) DO NOTHING
            """))
        .define("stamps", stamps.stream().map(stamp -> ", " + stamp).collect(Collectors.joining()))
        .define("now", ", now()".repeat(stamps.size()))
        .execute();
  }

  void drop() {
    with(handle.createUpdate("DROP TABLE <staging>")).execute();
  }

  /**
   * Whether a row of the file fills this column: it has a value, the horse has none, and where the
   * column is half of a pair, the horse's other half is blank too or agrees with the file's.
   */
  private String isFilled(Column column) {
    String c = column.sqlName();
    String filled = "(s." + c + " IS NOT NULL AND " + isBlank(c);
    return column
        .partner()
        .filter(table.widths()::containsKey)
        .map(partner -> {
          String p = partner.sqlName();
          String agrees =
              columns.contains(partner)
                  ? " OR lower(CAST(h." + p + " AS text)) = lower(CAST(s." + p + " AS text))"
                  : "";
          return filled + " AND (" + isBlank(p) + agrees + "))";
        })
        .orElse(filled + ")");
  }

  private static String isBlank(String column) {
    return "coalesce(CAST(h." + column + " AS text), '') = ''";
  }

  private <S extends SqlStatement<S>> S with(S statement) {
    return statement
        .define("staging", name)
        .define("columns", list(""))
        .define("ofS", list("s."))
        .define("ofF", list("f."));
  }

  private String list(String prefix) {
    return columns.stream()
        .map(column -> prefix + column.sqlName())
        .collect(Collectors.joining(", "));
  }
}
