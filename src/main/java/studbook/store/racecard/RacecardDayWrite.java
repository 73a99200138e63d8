package studbook.store.racecard;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import studbook.store.outcome.ErrorEntry;
import studbook.store.outcome.Outcome;
import studbook.store.work.Lease;

/**
 * A day of racecards that came to its end, ready to be written.
 *
 * @param why of a day that was refused or failed, in a sentence that is safe to show
 * @param requests sent for it, all its pages and attempts
 * @param runners that it held, wanted or not
 * @param outcomes of the horses that the run wants
 * @param unwanted what may be remembered of the others
 */
public record RacecardDayWrite(
    Lease lease,
    LocalDate day,
    DayStatus result,
    Optional<String> why,
    int requests,
    int runners,
    List<Outcome> outcomes,
    List<CachedProfile> unwanted,
    List<ErrorEntry> errors) {

  /** How it ended. Only a day that was read is left out by later runs. */
  public enum DayStatus {
    READ,
    /** The API says that there is no such day. */
    REJECTED,
    /** Its attempts are used up. */
    FAILED
  }
}
