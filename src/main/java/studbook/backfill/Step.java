package studbook.backfill;

import java.time.Duration;
import java.util.List;
import studbook.store.ErrorEntry;
import studbook.store.Outcome;

/** What follows from an attempt. */
sealed interface Step {

  /** For the error log. */
  List<ErrorEntry> errors();

  /** The horse has come to its outcome. */
  record Settle(Outcome outcome, List<ErrorEntry> errors) implements Step {}

  /** The horse is asked for again, not before {@code delay} is over. */
  record Again(Task task, Duration delay, List<ErrorEntry> errors) implements Step {}
}
