package studbook.csvimport;

import java.util.List;

/** The file is invalid and nothing was loaded. The message is one sentence for a person. */
public final class CsvFormatException extends RuntimeException {

  private final List<LineError> lines;
  private final long total;

  CsvFormatException(String sentence) {
    super(sentence);
    this.lines = List.of();
    this.total = 0;
  }

  CsvFormatException(List<LineError> lines, long total) {
    super(total + (total == 1 ? " line is" : " lines are") + " bad, so nothing was loaded");
    this.lines = List.copyOf(lines);
    this.total = total;
  }

  /** The first bad lines in file order; empty if the file as a whole is invalid. */
  public List<LineError> lines() {
    return lines;
  }

  /** The number of bad lines; may exceed the size of {@link #lines()}. */
  public long total() {
    return total;
  }
}
