package studbook.cli.support;

/** A mistake that the person who called can mend. The message is the sentence they read. */
public final class UsageException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public UsageException(String message) {
    super(message);
  }
}
