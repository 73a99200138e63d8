package studbook.backfill.pause;

import java.util.List;
import java.util.Optional;
import studbook.model.PauseCause;
import studbook.store.outcome.Outcome;
import studbook.store.outcome.WriteResult;

/**
 * Counts the rows that the user's schema rejects. More than one in twenty is no matter of single
 * rows: the run pauses until a person resumes it, since every request for such a horse is wasted.
 * Results that are not written yet wait for that. Safe for many threads.
 */
public final class RejectionRateMonitor {

  /** A share of fewer rows means nothing. Doubles with each pause, since a person has seen it. */
  private static final int FEWEST = 20;

  private static final int ONE_IN = 20;

  private final RequestGate gate;
  private int fewest = FEWEST;
  private long written;
  private long refused;

  public RejectionRateMonitor(RequestGate gate) {
    this.gate = gate;
  }

  /** Counts rows that were committed together; what was being written at a pause says nothing. */
  public synchronized void onCommit(List<WriteResult.RowWritten> rows) {
    if (gate.holdsWrites()) {
      startAnew();
      return;
    }
    Optional<Outcome> last = Optional.empty();
    for (WriteResult.RowWritten row : rows) {
      written++;
      if (row.failure().isPresent() && row.outcome().isRefused()) {
        refused++;
        last = Optional.of(row.outcome());
      }
    }
    if (last.isPresent()
        && refused >= fewest
        && refused * ONE_IN > written
        && gate.runPause().isEmpty()) {
      gate.pauseRun(
          PauseCause.REJECTIONS,
          "The database rejected %d of %d rows: fix the schema, then run `studbook resume`; the latest: %s"
              .formatted(
                  refused,
                  written,
                  last.get().failure().map(Outcome.OutcomeFailure::message).orElse("")));
      fewest *= 2;
      startAnew();
    }
  }

  private void startAnew() {
    written = 0;
    refused = 0;
  }
}
