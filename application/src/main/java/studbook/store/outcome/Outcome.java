package studbook.store.outcome;

import java.time.Duration;
import java.util.Optional;
import studbook.model.ErrorKind;
import studbook.model.HorseId;
import studbook.model.HorseStatus;
import studbook.model.Profile;
import studbook.store.work.Lease;

/**
 * The outcome of a horse, ready to be written.
 *
 * @param state one of enriched, no_dob, basic, not_found, failed; the database may find that it is
 *     missing or already filled instead. Pending writes the profile and completes nothing
 * @param profile to be written; empty for not_found and failed
 * @param failure why a horse failed; for one that did not, that a value was rejected, so later runs
 *     request it again
 * @param trace of the requests
 */
public record Outcome(
    Lease lease,
    HorseId horse,
    HorseStatus state,
    Optional<Profile> profile,
    Optional<OutcomeFailure> failure,
    RequestTrace trace) {

  /** Why a horse failed, or which value was rejected. The message is safe to display. */
  public record OutcomeFailure(ErrorKind kind, String message) {}

  /**
   * The requests for a horse.
   *
   * @param source of the outcome: {@code pro}, {@code standard}, {@code racecards}, or {@code
   *     cached}
   * @param status HTTP status of the last response, 0 if there was none
   * @param requests sent for this horse
   * @param last duration of the last request
   */
  public record RequestTrace(String source, int status, int requests, Duration last) {}

  /** Whether the outcome leaves the horse pending. */
  boolean leavesPending() {
    return state == HorseStatus.PENDING;
  }

  /** An error entry for a horse that stays pending: the user's schema rejected its row. */
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

  /** Whether the user's schema rejected it. */
  public boolean isRefused() {
    return failure.filter(why -> why.kind() == ErrorKind.DATABASE_REJECTED).isPresent();
  }

  /** The same horse, rejected by the user's schema. */
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
