package studbook.security;

/**
 * A text that must not reach any output: a user name, a password. It prints as {@code ***} whatever
 * record holds it. A class and no record, so that nothing that lists components finds the text and
 * the one way to it, {@link #reveal()}, can be searched for. Immutable.
 */
public final class Secret {

  private final String text;

  private Secret(String text) {
    this.text = text;
  }

  public static Secret of(String text) {
    return new Secret(text);
  }

  /** The text itself, for the one who sends it where it belongs. */
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
