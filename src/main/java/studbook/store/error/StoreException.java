package studbook.store.error;

/**
 * Something about the database that a person must mend. The message is one sentence for that person
 * and holds no credential.
 */
public final class StoreException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public StoreException(String message) {
    super(message);
  }

  public StoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
