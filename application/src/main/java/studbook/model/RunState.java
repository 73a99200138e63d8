package studbook.model;

import java.util.Locale;

/** The state of a run. */
public enum RunState {
  RUNNING,
  /** Work is impossible until an external cause is over; the run's reason names it. */
  PAUSED,
  /** Stopped by a person or a signal; it can be resumed. */
  STOPPED,
  FINISHED,
  CANCELLED,
  /** Replaced by a later run. */
  SUPERSEDED;

  /** Whether the run has ended for good. */
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
