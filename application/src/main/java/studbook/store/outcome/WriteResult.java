package studbook.store.outcome;

import java.util.Optional;
import studbook.model.HorseStatus;

/** The result of writing an outcome. */
public sealed interface WriteResult {

  /** The outcome. */
  Outcome outcome();

  /**
   * The horse has its outcome now.
   *
   * @param status may differ from the outcome's: missing, already_filled, or failed as rejected by
   *     the user's schema
   */
  record RowWritten(Outcome outcome, HorseStatus status, boolean withPedigree)
      implements WriteResult {

    /** The failure of a failed horse. */
    public Optional<Outcome.OutcomeFailure> failure() {
      return status == HorseStatus.FAILED ? outcome.failure() : Optional.empty();
    }
  }

  /** Written before by this process, in a commit whose reply was lost. Nothing changed now. */
  record AlreadyWritten(Outcome outcome) implements WriteResult {}

  /**
   * The outcome's values are written, as far as the user's schema accepts them; the horse is still
   * to be requested.
   */
  record StillPending(Outcome outcome) implements WriteResult {}

  /** Another worker has the chunk. Nothing changed. */
  record LeaseLost(Outcome outcome) implements WriteResult {}
}
