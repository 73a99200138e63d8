package studbook.notification;

import java.util.Locale;

/** What a notification reports. */
public enum NotificationEvent {
  RUN_FINISHED,
  RUN_PAUSED,
  /** An error stopped it: credentials that were refused, an internal error. */
  RUN_FAILED,
  VALIDATION_FAILED,
  /** Suspicious changes wait for a decision. */
  REVIEW_WAITING,
  SCHEDULE_MISSED,
  TEST;

  /** As in the database and in a webhook's body. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
