package studbook.store;

/**
 * Nothing can be written, whichever row it is: a right was withdrawn, the tables are locked or were
 * changed, or the database refuses every row. Retry later.
 */
final class DatabaseUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  DatabaseUnavailableException(Throwable cause) {
    super(cause);
  }
}
