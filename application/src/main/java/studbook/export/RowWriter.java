package studbook.export;

import studbook.store.statistics.ExportQueries;

/**
 * Writes each row at once, in constant memory. Write errors are thrown as {@link
 * java.io.UncheckedIOException}. Not thread-safe.
 */
public interface RowWriter extends ExportQueries.RowSink {

  /** Writes the end and leaves the writer open. */
  void end();
}
