package studbook.backfill.racecard;

import java.util.Optional;

/** What follows from an answer for a day of racecards. */
public sealed interface RacecardAction {

  /** The day has come to its end. */
  record DayFinished(RacecardDayResult end) implements RacecardAction {}

  /** It is asked again at once: the next page, or what cost it nothing. */
  record DayRetry(RacecardTask task) implements RacecardAction {}

  /**
   * Another answer will show what is to blame: the day, racecards, or the API as a whole.
   *
   * @param refused the status, where the API refused the day (404, 410, 422) or the account (401,
   *     403)
   */
  record DaySuspended(RacecardTask task, Optional<Integer> refused) implements RacecardAction {

    /** Whether the API says that it has no such day. */
    boolean isUnknownDay() {
      return refused.filter(status -> status != 401 && status != 403).isPresent();
    }
  }
}
