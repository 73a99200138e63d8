package studbook.store.error;

/**
 * A database problem that a person must fix. The message is one sentence for that person, without
 * credentials.
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
