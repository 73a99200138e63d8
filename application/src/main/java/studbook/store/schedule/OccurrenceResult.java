package studbook.store.schedule;

import java.util.Locale;

/** What came of an occurrence of a job. */
public enum OccurrenceResult {
  /** Done; nothing to do is done too. */
  DONE,
  /** Done, but something is not good. */
  NOT_GOOD,
  /** Not done. */
  FAILED,
  /** Stopped before its end; the next occurrence continues it. */
  PARTIAL,
  /** Not run, because the job was still running. */
  SKIPPED,
  /** Not run, because no service was; a later occurrence took its place. */
  MISSED;

  /** As in the table. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  static OccurrenceResult of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
