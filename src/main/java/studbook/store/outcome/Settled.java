package studbook.store.outcome;

import java.util.Optional;
import studbook.model.LedgerState;

/** What was committed for an outcome. */
public sealed interface Settled {

  /** The outcome that was to be written. */
  Outcome outcome();

  /**
   * The horse has its outcome now.
   *
   * @param state may differ from the outcome's: gone, already_filled, or failed as refused by the
   *     user's schema
   */
  record Written(Outcome outcome, LedgerState state, boolean withPedigree) implements Settled {

    /** Of a horse that failed. */
    public Optional<Outcome.Failure> failure() {
      return state == LedgerState.FAILED ? outcome.failure() : Optional.empty();
    }
  }

  /** Written before by us, in a commit whose reply was lost. Nothing changed now. */
  record Repeated(Outcome outcome) implements Settled {}

  /**
   * What the outcome had is written, as far as the user's schema took it; the horse is to be asked
   * for.
   */
  record StillPending(Outcome outcome) implements Settled {}

  /** The piece belongs to another worker meanwhile. Nothing changed. */
  record LeaseLost(Outcome outcome) implements Settled {}
}
