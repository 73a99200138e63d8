package studbook.store.access;

import java.util.Locale;

/** What became of an action of an operator. */
public enum ActionState {
  /** Its command runs in the background. */
  RUNNING,
  /** It did what it should. */
  DONE,
  /** It was refused, or failed. */
  FAILED,
  /** Its process ended before its command did. */
  INTERRUPTED;

  /** As the database and the JSON API have it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  static ActionState of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }

  /** The state of a command that has ended. */
  public static ActionState ended(boolean succeeded) {
    return succeeded ? DONE : FAILED;
  }
}
