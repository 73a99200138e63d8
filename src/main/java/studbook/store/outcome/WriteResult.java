package studbook.store.outcome;

import java.util.Optional;
import studbook.model.HorseStatus;

/** What was committed for an outcome. */
public sealed interface WriteResult {

  /** The outcome that was to be written. */
  Outcome outcome();

  /**
   * The horse has its outcome now.
   *
   * @param state may differ from the outcome's: gone, already_filled, or failed as refused by the
   *     user's schema
   */
  record RowWritten(Outcome outcome, HorseStatus state, boolean withPedigree)
      implements WriteResult {

    /** Of a horse that failed. */
    public Optional<Outcome.OutcomeFailure> failure() {
      return state == HorseStatus.FAILED ? outcome.failure() : Optional.empty();
    }
  }

  /** Written before by us, in a commit whose reply was lost. Nothing changed now. */
  record AlreadyWritten(Outcome outcome) implements WriteResult {}

  /**
   * What the outcome had is written, as far as the user's schema took it; the horse is to be asked
   * for.
   */
  record StillPending(Outcome outcome) implements WriteResult {}

  /** The piece belongs to another worker meanwhile. Nothing changed. */
  record LeaseLost(Outcome outcome) implements WriteResult {}
}
