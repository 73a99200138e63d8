package studbook.backfill;

import java.util.List;
import studbook.store.LedgerState;
import studbook.store.Settled;
import studbook.store.Tally;
import studbook.time.Ticker;

/**
 * How far a run is: the ledger's figures when this process joined, and what it has committed since.
 * Safe for many threads.
 */
final class Progress {

  private final Pace pace;
  private Tally tally;

  Progress(Tally atStart, Ticker ticker) {
    this.tally = atStart;
    this.pace = new Pace(ticker, atStart.processed());
  }

  /** Adds what a commit settled. */
  synchronized void add(List<Settled> settled) {
    for (Settled one : settled) {
      if (one instanceof Settled.Written written) {
        tally = plus(tally, written);
      }
    }
    pace.at(tally.processed());
  }

  /** Adds requests that belong to no single horse. */
  synchronized void sent(int requests) {
    tally =
        new Tally(
            tally.total(),
            tally.enriched(),
            tally.noDob(),
            tally.basic(),
            tally.notFound(),
            tally.failed(),
            tally.alreadyFilled(),
            tally.gone(),
            tally.withPedigree(),
            tally.requests() + requests);
  }

  /** Takes the ledger's own figures, which know of other workers' commits too. */
  synchronized void refresh(Tally fromLedger) {
    if (fromLedger.processed() > tally.processed()) {
      tally = fromLedger;
      pace.at(tally.processed());
    }
  }

  synchronized Tally tally() {
    return tally;
  }

  /** Horses a second over the last minutes. */
  synchronized double perSecond() {
    return pace.perSecond();
  }

  private static Tally plus(Tally t, Settled.Written written) {
    LedgerState state = written.state();
    return new Tally(
        t.total(),
        t.enriched() + one(state == LedgerState.ENRICHED),
        t.noDob() + one(state == LedgerState.NO_DOB),
        t.basic() + one(state == LedgerState.BASIC),
        t.notFound() + one(state == LedgerState.NOT_FOUND),
        t.failed() + one(state == LedgerState.FAILED),
        t.alreadyFilled() + one(state == LedgerState.ALREADY_FILLED),
        t.gone() + one(state == LedgerState.GONE),
        t.withPedigree() + one(written.withPedigree()),
        t.requests() + written.outcome().trace().requests());
  }

  private static int one(boolean yes) {
    return yes ? 1 : 0;
  }
}
