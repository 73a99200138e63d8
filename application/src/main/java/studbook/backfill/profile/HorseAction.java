package studbook.backfill.profile;

import java.time.Duration;
import java.util.List;
import studbook.store.outcome.ErrorEntry;
import studbook.store.outcome.Outcome;

/** The action that follows from an attempt. */
sealed interface HorseAction {

  /** For the error log. */
  List<ErrorEntry> errors();

  /** An action that depends on nothing else. */
  sealed interface FinalAction extends HorseAction {}

  /** The horse has its outcome. */
  record Complete(Outcome outcome, List<ErrorEntry> errors) implements FinalAction {}

  /** The horse is requested again after {@code delay}. */
  record Retry(HorseTask task, Duration delay, List<ErrorEntry> errors) implements FinalAction {}

  /**
   * The request failed. Responses for other horses show whether the horse or the API is the cause
   * ({@link UnconfirmedFailures}).
   *
   * @param uncharged the action if the API is the cause
   * @param action the action if the horse is; it has no errors of its own
   * @param refused whether the response was 401, 403 or 429
   */
  record Failed(Retry uncharged, FinalAction action, boolean refused) implements HorseAction {

    @Override
    public List<ErrorEntry> errors() {
      return uncharged.errors();
    }
  }
}
