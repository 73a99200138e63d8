package studbook.store.error;

/**
 * Nothing can be written, whichever row it is: a right was withdrawn, the tables are locked or were
 * changed, or the database refuses every row. Retry later.
 */
public final class DatabaseUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public DatabaseUnavailableException(Throwable cause) {
    super(cause);
  }
}
