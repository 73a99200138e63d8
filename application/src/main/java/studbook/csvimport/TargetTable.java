package studbook.csvimport;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * One of the user's tables, limited to columns of a file.
 *
 * @param name ra_horses or ra_horse_pedigree
 * @param widths its columns with their character limits
 * @param stamps which of created_at and updated_at it has
 */
record TargetTable(String name, Map<ImportColumn, Integer> widths, Set<String> stamps) {

  static final String HORSES = "ra_horses";
  static final String PEDIGREES = "ra_horse_pedigree";

  private static final Set<String> STAMPS = Set.of("created_at", "updated_at");

  private record TableFound(String name, int width) {}

  /**
   * Reads the table's columns.
   *
   * @throws ImportRejectedException if there is no such table, or no horse_id
   */
  static TargetTable read(Handle handle, String name) {
    Map<ImportColumn, Integer> widths = new EnumMap<>(ImportColumn.class);
    Set<String> stamps = new HashSet<>();
    handle
        .createQuery(
            """
            SELECT a.attname AS name,
                   CASE WHEN a.atttypid IN ('varchar'::regtype, 'bpchar'::regtype)
                             AND a.atttypmod > 4
                        THEN a.atttypmod - 4
                        ELSE 2147483647
                   END AS width
            FROM pg_attribute a
            WHERE a.attrelid = to_regclass(:name)
              AND a.attnum > 0
              AND NOT a.attisdropped
              AND a.attgenerated = ''
            """)
        .bind("name", name)
        .map((row, context) -> new TableFound(row.getString("name"), row.getInt("width")))
        .forEach(found -> {
          ImportColumn.named(found.name()).ifPresent(column -> widths.put(column, found.width()));
          if (STAMPS.contains(found.name())) {
            stamps.add(found.name());
          }
        });
    if (!widths.containsKey(ImportColumn.HORSE_ID)) {
      throw new ImportRejectedException(
          "the database has no table %s with a column horse_id".formatted(name));
    }
    return new TargetTable(name, widths, stamps);
  }
}
