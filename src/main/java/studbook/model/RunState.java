package studbook.model;

import java.util.Locale;

/** Where a run stands. */
public enum RunState {
  RUNNING,
  /** Nothing can be done until something outside heals; the run's reason says what. */
  PAUSED,
  /** Ended by a person or a signal; it can be resumed. */
  STOPPED,
  FINISHED,
  CANCELLED,
  /** A later run was planned in its place. */
  SUPERSEDED;

  /** Whether the run is over and will not go on. */
  public boolean isTerminal() {
    return this == FINISHED || this == CANCELLED || this == SUPERSEDED;
  }

  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static RunState of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
