package studbook.store.error;

/**
 * No row can be written: a permission was revoked, the tables are locked or were changed, or the
 * database rejects every row. Retry later.
 */
public final class DatabaseUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public DatabaseUnavailableException(Throwable cause) {
    super(cause);
  }
}
