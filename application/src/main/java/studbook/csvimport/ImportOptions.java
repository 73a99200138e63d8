package studbook.csvimport;

import java.util.Set;
import java.util.TreeSet;

/**
 * How a file is loaded.
 *
 * @param columns to load, always with horse_id; empty: all
 * @param dryRun whether to roll back at the end
 */
public record ImportOptions(Set<String> columns, boolean dryRun) {

  public static final ImportOptions ALL = new ImportOptions(Set.of(), false);

  /**
   * Validates the column names.
   *
   * @throws IllegalArgumentException with a sentence that names unknown columns
   */
  public ImportOptions {
    Set<String> unknown = new TreeSet<>(columns);
    unknown.removeAll(ImportColumn.names());
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "cannot load "
              + String.join(", ", unknown)
              + "; the columns are "
              + String.join(", ", ImportColumn.names()));
    }
    columns = Set.copyOf(columns);
  }

  boolean wants(ImportColumn column) {
    return columns.isEmpty()
        || column == ImportColumn.HORSE_ID
        || columns.contains(column.sqlName());
  }
}
