package studbook.backfill.write;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import studbook.store.outcome.ErrorEntry;
import studbook.store.outcome.Outcome;
import studbook.store.racecard.RacecardDayWrite;
import studbook.store.work.Lease;

/** What an {@link OutcomeWriter} commits. */
public sealed interface WriteRequest {

  /**
   * What follows from a request for a horse.
   *
   * @param outcome empty where the horse is requested again
   */
  record OutcomeEntry(Optional<Outcome> outcome, List<ErrorEntry> errors) implements WriteRequest {}

  /**
   * A racecard day that has ended.
   *
   * @param failure why it was not read; empty where it was
   * @param requests sent for it
   * @param runners each horse once
   * @param errors of its requests
   */
  record RacecardDay(
      Lease lease,
      LocalDate day,
      RacecardDayWrite.DayStatus status,
      Optional<String> failure,
      int requests,
      List<ValidatedRunner> runners,
      List<ErrorEntry> errors)
      implements WriteRequest {}
}
