package studbook.backfill.write;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import studbook.store.outcome.ErrorEntry;
import studbook.store.outcome.Outcome;
import studbook.store.racecard.RacecardDayWrite;
import studbook.store.work.Lease;

/** A request to an {@link OutcomeWriter}. */
public sealed interface WriteRequest {

  /**
   * The result of a request for a horse.
   *
   * @param outcome empty if the horse is requested again
   */
  record OutcomeEntry(Optional<Outcome> outcome, List<ErrorEntry> errors) implements WriteRequest {}

  /**
   * A finished racecard day.
   *
   * @param failure why it was not read; empty if it was
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
