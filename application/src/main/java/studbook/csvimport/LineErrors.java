package studbook.csvimport;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Counts the bad lines of a file and keeps the first ones. Not thread-safe. */
final class LineErrors {

  static final int KEPT = 20;

  private final List<LineError> first = new ArrayList<>();
  private long total;

  void add(long line, String reason) {
    total++;
    if (first.size() < KEPT) {
      first.add(new LineError(line, reason));
    }
  }

  /** Adds {@code count} bad lines, of which only the first are given. */
  void addAll(List<LineError> given, long count) {
    total += count;
    first.addAll(given);
    first.sort(Comparator.comparingLong(LineError::line));
    if (first.size() > KEPT) {
      first.subList(KEPT, first.size()).clear();
    }
  }

  /** Fails if a line is bad. */
  void check() {
    if (total > 0) {
      throw new CsvFormatException(first, total);
    }
  }
}
