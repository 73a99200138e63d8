package studbook.csvimport;

import java.time.Duration;
import java.util.List;

/**
 * The result of an import or dry run. {@code read = inserted + filled + unchanged + duplicates}.
 *
 * @param read records of the file, without its header
 * @param filled existing horses that got at least one value
 * @param unchanged existing horses that got none
 * @param duplicates records that only repeat an earlier one
 * @param columns that were loaded
 * @param leftOut columns of the file that were not, and why
 */
public record ImportResult(
    long read,
    long inserted,
    long filled,
    long unchanged,
    long duplicates,
    List<String> columns,
    List<SkippedColumn> leftOut,
    Duration duration) {

  /** A column of the file that was not loaded; the name is safe to display. */
  public record SkippedColumn(String column, SkipReason reason) {}

  /** Why a column was not loaded. */
  public enum SkipReason {
    UNKNOWN,
    NOT_REQUESTED,
    NOT_IN_TABLE
  }
}
