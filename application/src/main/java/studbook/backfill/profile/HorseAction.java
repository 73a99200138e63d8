package studbook.backfill.profile;

import java.time.Duration;
import java.util.List;
import studbook.store.outcome.ErrorEntry;
import studbook.store.outcome.Outcome;

/** What follows from an attempt. */
sealed interface HorseAction {

  /** For the error log. */
  List<ErrorEntry> errors();

  /** What follows depends on nothing else. */
  sealed interface FinalAction extends HorseAction {}

  /** The horse has come to its outcome. */
  record Complete(Outcome outcome, List<ErrorEntry> errors) implements FinalAction {}

  /** The horse is asked for again, not before {@code delay} is over. */
  record Retry(HorseTask task, Duration delay, List<ErrorEntry> errors) implements FinalAction {}

  /**
   * The request failed. Whether the horse or the API is the cause shows in the answers for others
   * ({@link UnconfirmedFailures}).
   *
   * @param uncharged what follows where the API is the cause
   * @param charged what follows where the horse is; it has no errors of its own
   * @param refused whether the answer was 401, 403 or 429
   */
  record Failed(Retry uncharged, FinalAction charged, boolean refused) implements HorseAction {

    @Override
    public List<ErrorEntry> errors() {
      return uncharged.errors();
    }
  }
}
