package studbook.store.archive;

import java.util.Locale;

/** A table whose old rows go to files. */
public enum ArchivedTable {
  ERRORS,
  SAMPLES,
  EVENTS,
  /** Of old runs; their totals stay in {@link #CHUNKS}. */
  WORK_ITEMS,
  /** Of old runs; one row for each kind stays, with the sums. */
  CHUNKS;

  /** As in file names and JSON: {@code work-items}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
