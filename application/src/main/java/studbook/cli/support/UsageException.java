package studbook.cli.support;

/** An error that the user can fix. The message is the sentence they read. */
public final class UsageException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public UsageException(String message) {
    super(message);
  }

  /**
   * Checks the value of an option.
   *
   * @throws UsageException if it is less than {@code least}
   */
  public static void requireAtLeast(long least, String option, long value) {
    if (value < least) {
      throw new UsageException("%s must be %d or more, not %d".formatted(option, least, value));
    }
  }
}
