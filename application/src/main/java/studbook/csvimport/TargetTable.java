package studbook.csvimport;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import studbook.store.table.TableColumn;

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

  /**
   * Reads the table's columns.
   *
   * @throws ImportRejectedException if there is no such table, or no horse_id
   */
  static TargetTable read(Handle handle, String name) {
    Map<ImportColumn, Integer> widths = new EnumMap<>(ImportColumn.class);
    Set<String> stamps = new HashSet<>();
    for (TableColumn column : TableColumn.read(handle, name).values()) {
      if (column.isGenerated()) {
        continue;
      }
      ImportColumn.named(column.name())
          .ifPresent(named -> widths.put(named, column.width().orElse(Integer.MAX_VALUE)));
      if (STAMPS.contains(column.name())) {
        stamps.add(column.name());
      }
    }
    if (!widths.containsKey(ImportColumn.HORSE_ID)) {
      throw new ImportRejectedException(
          "the database has no table %s with a column horse_id".formatted(name));
    }
    return new TargetTable(name, widths, stamps);
  }
}
