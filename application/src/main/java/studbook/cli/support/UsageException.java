package studbook.cli.support;

/** An error that the user can fix. The message is the sentence they read. */
public final class UsageException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public UsageException(String message) {
    super(message);
  }
}
