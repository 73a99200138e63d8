package studbook.csvimport;

import java.util.Set;
import java.util.TreeSet;

/**
 * How a file is loaded.
 *
 * @param columns the only ones to load, horse_id always among them; empty for all
 * @param dryRun whether to do everything and then take it back
 */
public record ImportOptions(Set<String> columns, boolean dryRun) {

  public static final ImportOptions ALL = new ImportOptions(Set.of(), false);

  /**
   * Checks the columns' names.
   *
   * @throws IllegalArgumentException with a sentence naming the columns that cannot be loaded
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
