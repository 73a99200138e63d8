package studbook.store.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import studbook.store.table.TableColumn.ColumnContent;

/**
 * Whether a table or view has the columns that Studbook needs: each missing one is named, with the
 * statement that adds it. Valid as long as the handle.
 */
public final class ColumnFit {

  /** An empty column would not help: Studbook finds horses by them. */
  private static final List<String> IDENTIFYING = List.of("horse_id", "name");

  private final Handle handle;

  public ColumnFit(Handle handle) {
    this.handle = handle;
  }

  /**
   * What is missing or has an unsuitable type, a sentence each without a full stop; empty if the
   * table fits.
   *
   * @param columns of the table
   */
  public List<String> problems(
      String table, Map<String, TableColumn> columns, List<String> needed) {
    List<String> problems = new ArrayList<>();
    List<String> missing = needed.stream().filter(name -> !columns.containsKey(name)).toList();
    if (!missing.isEmpty()) {
      problems.add(isView(table) ? ofView(table, missing) : ofTable(table, missing));
    }
    for (String name : needed) {
      TableColumn column = columns.get(name);
      ColumnContent content = TableColumn.content(name);
      if (column != null && !content.fits(column.base())) {
        problems.add(
            "column %s.%s has type %s, but Studbook stores a %s in it: change its type"
                .formatted(table, name, column.declared(), content.text()));
      }
    }
    return problems;
  }

  private static String ofTable(String table, List<String> missing) {
    String renamed = "create a view that gives your columns these names (docs/your-tables.md)";
    Optional<String> added = addition(table, missing);
    return "table %s has no %s: %s"
        .formatted(
            table,
            named(missing),
            added
                .map(statement -> "run as the owner %s or %s".formatted(statement, renamed))
                .orElse(renamed));
  }

  private String ofView(String view, List<String> missing) {
    String first =
        table(view)
            .flatMap(table ->
                addition(table, missing)
                    .map(statement ->
                        "; if %s has no column for it, first run as the owner %s"
                            .formatted(table, statement)))
            .orElse("");
    return "the view %s has no %s: add it to the view with CREATE OR REPLACE VIEW (docs/your-tables.md)%s"
        .formatted(view, named(missing), first);
  }

  private static String named(List<String> missing) {
    return missing.stream()
        .map(name -> "%s (%s)".formatted(name, TableColumn.content(name).text()))
        .collect(Collectors.joining(", ", "column ", ", which Studbook needs"));
  }

  /** Empty if only a person knows where the values are. */
  private static Optional<String> addition(String table, List<String> missing) {
    List<String> columns =
        missing.stream()
            .filter(name -> !IDENTIFYING.contains(name))
            .map(name -> "ADD COLUMN %s %s".formatted(name, type(TableColumn.content(name))))
            .toList();
    return columns.isEmpty()
        ? Optional.empty()
        : Optional.of("ALTER TABLE %s %s;".formatted(table, String.join(", ", columns)));
  }

  private static String type(ColumnContent content) {
    return switch (content) {
      case TEXT -> "text";
      case DATE -> "date";
      case TIMESTAMP -> "timestamptz";
    };
  }

  private boolean isView(String table) {
    return handle
        .createQuery(
            "SELECT EXISTS (SELECT FROM pg_class WHERE oid = to_regclass(:table) AND relkind IN ('v', 'm'))")
        .bind("table", table)
        .mapTo(Boolean.class)
        .one();
  }

  /** The table behind a view; empty if there are several. */
  private Optional<String> table(String view) {
    return handle
        .createQuery(
            """
            SELECT min(d.refobjid::regclass::text)
            FROM pg_rewrite w JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = w.oid
            JOIN pg_class c ON d.refclassid = 'pg_class'::regclass AND c.oid = d.refobjid AND c.relkind IN ('r', 'p')
            WHERE w.ev_class = to_regclass(:view)
            HAVING count(DISTINCT c.oid) = 1
            """)
        .bind("view", view)
        .mapTo(String.class)
        .findOne();
  }
}
