package studbook.backfill.progress;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import studbook.model.LedgerState;
import studbook.store.outcome.Settled;
import studbook.store.run.Tally;
import studbook.time.Ticker;

/**
 * How far a run is: the ledger's figures when they were last read, and what this process has
 * committed since. The ledger is never read between a commit and its addition, or that commit would
 * count twice. Safe for many threads.
 */
public final class Progress {

  private final Pace pace;
  private final ReentrantReadWriteLock commits = new ReentrantReadWriteLock();
  private Tally tally;

  public Progress(Tally atStart, Ticker ticker) {
    this.tally = atStart;
    this.pace = new Pace(ticker, atStart.processed());
  }

  /**
   * Commits, and adds what that settled.
   *
   * @param write as {@code Outcomes.write}
   */
  public List<Settled> commit(Supplier<List<Settled>> write) {
    commits.readLock().lock();
    try {
      List<Settled> settled = write.get();
      add(settled);
      return settled;
    } finally {
      commits.readLock().unlock();
    }
  }

  /**
   * Commits a day, and adds what that settled.
   *
   * @param write as {@code Sweeps.write}; empty where nothing was written
   * @param requests sent for the day, which belong to no single horse
   */
  public Optional<List<Settled>> commitDay(Supplier<Optional<List<Settled>>> write, int requests) {
    commits.readLock().lock();
    try {
      Optional<List<Settled>> settled = write.get();
      settled.ifPresent(horses -> {
        add(horses);
        sent(requests);
      });
      return settled;
    } finally {
      commits.readLock().unlock();
    }
  }

  private synchronized void add(List<Settled> settled) {
    for (Settled one : settled) {
      if (one instanceof Settled.Written written) {
        tally = plus(tally, written);
      }
    }
    pace.at(tally.processed());
  }

  private synchronized void sent(int requests) {
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

  /**
   * Takes the ledger's own figures, which know of other workers' commits too. Does nothing while a
   * commit of ours is under way; the next look will do.
   */
  public void refresh(Supplier<Tally> ledger) {
    if (commits.writeLock().tryLock()) {
      try {
        take(ledger.get());
      } finally {
        commits.writeLock().unlock();
      }
    }
  }

  private synchronized void take(Tally fromLedger) {
    tally = fromLedger;
    pace.at(tally.processed());
  }

  public synchronized Tally tally() {
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
