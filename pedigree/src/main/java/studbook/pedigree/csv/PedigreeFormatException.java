package studbook.pedigree.csv;

/** Thrown where a file is not a pedigree; the message begins with the line. */
public final class PedigreeFormatException extends IllegalArgumentException {

  private final int line;

  PedigreeFormatException(int line, String problem) {
    super("line %d: %s".formatted(line, problem));
    this.line = line;
  }

  /** The line on which the wrong row begins, from 1. */
  public int line() {
    return line;
  }
}
