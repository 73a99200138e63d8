package studbook.csvimport;

import java.util.List;

/** The file cannot be loaded, and nothing of it was. The message is one sentence for a person. */
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

  /** The first bad lines, in the order of the file; none where the file as a whole is at fault. */
  public List<LineError> lines() {
    return lines;
  }

  /** How many lines are bad; more than {@link #lines()} holds, where they are many. */
  public long total() {
    return total;
  }
}
