package studbook.csvimport;

/**
 * A line of a CSV file that cannot be loaded.
 *
 * @param line counted from 1, the header's; of a record over several lines, the first
 * @param reason one clause, fit for a terminal
 */
public record LineError(long line, String reason) {

  @Override
  public String toString() {
    return "line " + line + ": " + reason;
  }
}
