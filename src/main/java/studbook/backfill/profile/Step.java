package studbook.backfill.profile;

import java.time.Duration;
import java.util.List;
import studbook.store.outcome.ErrorEntry;
import studbook.store.outcome.Outcome;

/** What follows from an attempt. */
sealed interface Step {

  /** For the error log. */
  List<ErrorEntry> errors();

  /** What follows depends on nothing else. */
  sealed interface Certain extends Step {}

  /** The horse has come to its outcome. */
  record Settle(Outcome outcome, List<ErrorEntry> errors) implements Certain {}

  /** The horse is asked for again, not before {@code delay} is over. */
  record Again(Task task, Duration delay, List<ErrorEntry> errors) implements Certain {}

  /**
   * The request failed. Whether the horse or the API is the cause shows in the answers for others
   * ({@link UnconfirmedFailures}).
   *
   * @param uncharged what follows where the API is the cause
   * @param charged what follows where the horse is; it has no errors of its own
   * @param refused whether the answer was 401, 403 or 429
   */
  record Failed(Again uncharged, Certain charged, boolean refused) implements Step {

    @Override
    public List<ErrorEntry> errors() {
      return uncharged.errors();
    }
  }
}
