package studbook.store.table;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/**
 * A column of one of the user's tables, from the catalog.
 *
 * @param declared the type as declared, for messages
 * @param base the catalog's name of the type; for a domain, of the type below it
 * @param width in characters; empty if the type has no limit
 * @param isGenerated whether the database computes the value, so that it cannot be written
 */
public record TableColumn(
    String name, String declared, String base, Optional<Integer> width, boolean isGenerated) {

  private static final Set<String> TEXTS = Set.of("varchar", "text", "bpchar", "citext");
  private static final Set<String> TIMESTAMPS = Set.of("timestamp", "timestamptz");

  /** The kind of value that Studbook writes into a column. */
  public enum ColumnContent {
    TEXT,
    DATE,
    TIMESTAMP;

    public boolean fits(String base) {
      return switch (this) {
        case TEXT -> TEXTS.contains(base);
        case DATE -> base.equals("date");
        case TIMESTAMP -> TIMESTAMPS.contains(base);
      };
    }

    /** For messages. */
    public String text() {
      return switch (this) {
        case TEXT -> "text";
        case DATE -> "date";
        case TIMESTAMP -> "timestamp";
      };
    }
  }

  /**
   * The columns of a table or view by name; none if there is no such table. The type is read from
   * pg_type and not from format_type(), whose result depends on session settings.
   */
  public static Map<String, TableColumn> read(Handle handle, String table) {
    Map<String, TableColumn> columns = new LinkedHashMap<>();
    handle
        .createQuery(
            """
            WITH RECURSIVE type AS (
              SELECT attnum, attname, attgenerated, format_type(atttypid, atttypmod) AS declared, atttypid AS oid, atttypmod AS mod
              FROM pg_attribute WHERE attrelid = to_regclass(:table) AND attnum > 0 AND NOT attisdropped
              UNION ALL
              SELECT type.attnum, type.attname, type.attgenerated, type.declared, t.typbasetype, t.typtypmod
              FROM type JOIN pg_type t ON t.oid = type.oid AND t.typtype = 'd'
            )
            SELECT type.attname AS name, type.attgenerated <> '' AS is_generated, type.declared, t.typname AS base,
                   CASE WHEN t.typname IN ('varchar', 'bpchar') AND type.mod > 4 THEN type.mod - 4 END AS width
            FROM type JOIN pg_type t ON t.oid = type.oid AND t.typtype <> 'd'
            ORDER BY type.attnum
            """)
        .bind("table", table)
        .map(ConstructorMapper.of(TableColumn.class))
        .forEach(column -> columns.put(column.name(), column));
    return columns;
  }

  /** The kind of value for a column of this name. */
  public static ColumnContent content(String name) {
    return switch (name) {
      case "dob" -> ColumnContent.DATE;
      case "created_at", "updated_at" -> ColumnContent.TIMESTAMP;
      default -> ColumnContent.TEXT;
    };
  }
}
