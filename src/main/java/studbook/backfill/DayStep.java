package studbook.backfill;

import java.util.Optional;

/** What follows from an answer for a day of racecards. */
sealed interface DayStep {

  /** The day has come to its end. */
  record Finished(DayEnd end) implements DayStep {}

  /** It is asked again at once: the next page, or what cost it nothing. */
  record Again(DayTask task) implements DayStep {}

  /**
   * Whether the day is to blame, or racecards, or the API as a whole, a profile will show.
   *
   * @param unauthorised the status, where the account was refused
   */
  record Doubted(DayTask task, Optional<Integer> unauthorised) implements DayStep {}
}
