package studbook.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Merges sorted lines of an archive file with sorted lines of the database. A line that is in both
 * is written once, so an archive that was interrupted between writing and deleting can be repeated.
 * Memory does not grow with the lines. Not thread-safe.
 */
final class LineMerge {

  private final OutputStream out;
  private byte @Nullable [] last;

  private LineMerge(OutputStream out) {
    this.out = out;
  }

  /**
   * Writes the union of both, each line once.
   *
   * @param old null if there is no file yet
   */
  static void write(@Nullable ArchiveReader old, Iterator<byte[]> rows, OutputStream out)
      throws IOException {
    LineMerge merge = new LineMerge(out);
    byte[] before = old == null ? null : old.next();
    while (before != null || rows.hasNext()) {
      if (!rows.hasNext()) {
        before = merge.copy(before, old);
        continue;
      }
      byte[] row = rows.next();
      while (before != null && Arrays.compareUnsigned(before, row) < 0) {
        before = merge.copy(before, old);
      }
      merge.write(row);
    }
  }

  /** Writes a line of the file and returns the next one. */
  private byte @Nullable [] copy(byte @Nullable [] line, @Nullable ArchiveReader old)
      throws IOException {
    if (line == null || old == null) {
      return null;
    }
    write(line);
    byte[] next = old.next();
    if (next != null && Arrays.compareUnsigned(line, next) >= 0) {
      throw old.damaged("its lines are not sorted");
    }
    return next;
  }

  private void write(byte[] line) throws IOException {
    if (last == null || !Arrays.equals(last, line)) {
      out.write(line);
      out.write('\n');
    }
    last = line;
  }
}
