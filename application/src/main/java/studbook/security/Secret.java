package studbook.security;

/**
 * A text that must not reach any output: a user name, a password. It prints as {@code ***} in any
 * record. A class and not a record, so that code which lists components does not find the text and
 * its only accessor, {@link #reveal()}, can be searched for. Immutable.
 */
public final class Secret {

  private final String text;

  private Secret(String text) {
    this.text = text;
  }

  public static Secret of(String text) {
    return new Secret(text);
  }

  /** The text itself, for code that sends it to its destination. */
  public String reveal() {
    return text;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret && secret.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return "***";
  }
}
