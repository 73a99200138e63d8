package studbook.export;

import studbook.store.statistics.ExportQueries.RowSink;

/**
 * Writes each row at once, in constant memory. Write errors are thrown as {@link
 * java.io.UncheckedIOException}. Not thread-safe.
 */
public interface RowWriter extends RowSink {

  /** Writes the end and leaves the writer open. */
  void end();
}
