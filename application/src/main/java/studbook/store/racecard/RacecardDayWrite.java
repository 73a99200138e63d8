package studbook.store.racecard;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import studbook.store.change.ConfirmedProfile;
import studbook.store.outcome.ErrorEntry;
import studbook.store.outcome.Outcome;
import studbook.store.work.Lease;

/**
 * A finished racecard day, ready to be written.
 *
 * @param why of a rejected or failed day, a sentence that is safe to display
 * @param requests sent for it, all pages and attempts
 * @param runners on it, needed or not
 * @param outcomes of the horses that the run needs
 * @param others complete profiles of runners that the run does not need; rows of ra_horses are
 *     compared with them
 * @param unwanted profiles of runners that the run does not need, to be cached
 */
public record RacecardDayWrite(
    Lease lease,
    LocalDate day,
    DayStatus status,
    Optional<String> why,
    int requests,
    int runners,
    List<Outcome> outcomes,
    List<ConfirmedProfile> others,
    List<CachedProfile> unwanted,
    List<ErrorEntry> errors) {

  /** Its status. Later runs skip only days that were read. */
  public enum DayStatus {
    READ,
    /** The API says that there is no such day. */
    REJECTED,
    /** Its attempts failed. */
    FAILED
  }
}
