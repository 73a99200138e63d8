package studbook.csvimport;

/**
 * A line of a CSV file that cannot be loaded.
 *
 * @param line counted from 1, the header's; the first one of a multi-line record
 * @param reason one clause, safe to display
 */
public record LineError(long line, String reason) {

  @Override
  public String toString() {
    return "line " + line + ": " + reason;
  }
}
