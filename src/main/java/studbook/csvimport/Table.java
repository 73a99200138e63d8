package studbook.csvimport;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * One of the user's tables, as far as a file can fill it.
 *
 * @param name ra_horses or ra_horse_pedigree
 * @param widths its columns with the characters that each holds
 * @param stamps those of created_at and updated_at that it has
 */
record Table(String name, Map<Column, Integer> widths, Set<String> stamps) {

  static final String HORSES = "ra_horses";
  static final String PEDIGREES = "ra_horse_pedigree";

  private static final Set<String> STAMPS = Set.of("created_at", "updated_at");

  private record Found(String name, int width) {}

  /**
   * Reads the table's columns.
   *
   * @throws RefusedByDatabase where there is no such table, or none with a horse_id
   */
  static Table read(Handle handle, String name) {
    Map<Column, Integer> widths = new EnumMap<>(Column.class);
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
        .map((row, context) -> new Found(row.getString("name"), row.getInt("width")))
        .forEach(found -> {
          Column.named(found.name()).ifPresent(column -> widths.put(column, found.width()));
          if (STAMPS.contains(found.name())) {
            stamps.add(found.name());
          }
        });
    if (!widths.containsKey(Column.HORSE_ID)) {
      throw new RefusedByDatabase(
          "the database has no table %s with a column horse_id".formatted(name));
    }
    return new Table(name, widths, stamps);
  }
}
