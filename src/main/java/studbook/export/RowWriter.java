package studbook.export;

import studbook.store.statistics.ExportQueries;

/**
 * Takes rows and writes each at once, so that it needs as much memory for a million as for one.
 * What cannot be written is thrown as {@link java.io.UncheckedIOException}. For one thread.
 */
public interface RowWriter extends ExportQueries.RowSink {

  /** Writes what belongs after the last row, and leaves the writer open. */
  void end();
}
