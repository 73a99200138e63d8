package studbook.store.work;

import java.util.Locale;

/** The events of a run. */
public enum RunEventType {
  PLANNED,
  PAUSED,
  /** The pause is over: by a user, or because the cause is gone. */
  RESUMED,
  STOPPED,
  /** A new process continues the run after a stop or a crash. */
  RESTARTED,
  FINISHED,
  CANCELLED,
  SUPERSEDED,
  /** Another process owns the run because its owner died. */
  TAKEN_OVER,
  /** Another process owns the run because its owner left it. */
  HANDED_OVER,
  /** A decision about the racecard scan. */
  RACECARDS,
  LIMIT_LOWERED,
  /** Recorded in advance, for the moment at which a lowered limit ends. */
  LIMIT_RESTORED;

  /** As in the database and JSON: {@code taken_over}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** For people: {@code taken over}. */
  public String words() {
    return text().replace('_', ' ');
  }

  public static RunEventType of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
