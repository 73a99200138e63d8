package studbook.store.outcome;

import java.time.Duration;
import java.util.Optional;
import studbook.model.ErrorKind;
import studbook.model.HorseId;
import studbook.model.HorseStatus;
import studbook.model.Profile;
import studbook.store.work.Lease;

/**
 * What a horse came to, ready to be written.
 *
 * @param state one of enriched, no_dob, basic, not_found, failed; the database may find that it is
 *     gone or already filled instead. Pending writes the profile and settles nothing
 * @param profile what is to be written; empty for not_found and failed
 * @param failure why a horse failed; of one that did not, that a value was rejected, so that the
 *     outcome is not the last word on it
 * @param trace how the answer was come by
 */
public record Outcome(
    Lease lease,
    HorseId horse,
    HorseStatus state,
    Optional<Profile> profile,
    Optional<OutcomeFailure> failure,
    RequestTrace trace) {

  /** Why a horse failed, or which value was rejected. The message is safe to show. */
  public record OutcomeFailure(ErrorKind kind, String message) {}

  /**
   * How an answer was come by.
   *
   * @param source what settled it: {@code pro}, {@code standard}, {@code racecards}, or {@code
   *     known} from a racecard read before
   * @param status HTTP status of the last answer, 0 where there was none
   * @param requests sent for this horse
   * @param last from sending the last request to its whole answer
   */
  public record RequestTrace(String source, int status, int requests, Duration last) {}

  /** Whether the horse stays pending, whatever of it is written. */
  boolean settlesNothing() {
    return state == HorseStatus.PENDING;
  }

  /** For the error log of a horse that stays pending: the user's schema refused its row. */
  ErrorEntry refusal(String message) {
    return new ErrorEntry(
        lease.run(),
        Optional.of(horse),
        ErrorKind.DATABASE_REJECTED,
        Optional.of(trace.source()),
        trace.status(),
        trace.requests(),
        trace.last(),
        message);
  }

  /**
   * The same after more requests.
   *
   * @param requests sent for this horse
   */
  public Outcome afterRequests(int requests) {
    return new Outcome(
        lease,
        horse,
        state,
        profile,
        failure,
        new RequestTrace(trace.source(), trace.status(), requests, trace.last()));
  }

  /** Whether the user's schema refused it. */
  public boolean isRefused() {
    return failure.filter(why -> why.kind() == ErrorKind.DATABASE_REJECTED).isPresent();
  }

  /** The same horse, refused by the user's schema. */
  Outcome refused(String message) {
    return new Outcome(
        lease,
        horse,
        HorseStatus.FAILED,
        Optional.empty(),
        Optional.of(new OutcomeFailure(ErrorKind.DATABASE_REJECTED, message)),
        trace);
  }
}
