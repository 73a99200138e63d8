package studbook.backfill.progress;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import studbook.model.HorseStatus;
import studbook.store.outcome.WriteResult;
import studbook.store.run.RunCounts;
import studbook.time.Ticker;

/**
 * The progress of a run: the database's counts at the last read, and what this process has
 * committed since. They are never read between a commit and its addition, which would count it
 * twice. Safe for many threads.
 */
public final class ProgressTracker {

  private final ThroughputMeter throughput;
  private final ReentrantReadWriteLock commits = new ReentrantReadWriteLock();
  private RunCounts counts;

  public ProgressTracker(RunCounts atStart, Ticker ticker) {
    this.counts = atStart;
    this.throughput = new ThroughputMeter(ticker, atStart.processed());
  }

  /**
   * Commits and adds the completed horses.
   *
   * @param write commits
   */
  public List<WriteResult> commit(Supplier<List<WriteResult>> write) {
    commits.readLock().lock();
    try {
      List<WriteResult> settled = write.get();
      add(settled);
      return settled;
    } finally {
      commits.readLock().unlock();
    }
  }

  /**
   * Commits a day and adds the completed horses.
   *
   * @param write commits; empty if nothing was written
   * @param requests sent for the day, which belong to no single horse
   */
  public Optional<List<WriteResult>> commitDay(
      Supplier<Optional<List<WriteResult>>> write, int requests) {
    commits.readLock().lock();
    try {
      Optional<List<WriteResult>> settled = write.get();
      settled.ifPresent(horses -> {
        add(horses);
        sent(requests);
      });
      return settled;
    } finally {
      commits.readLock().unlock();
    }
  }

  private synchronized void add(List<WriteResult> settled) {
    for (WriteResult result : settled) {
      if (result instanceof WriteResult.RowWritten written) {
        counts = plus(counts, written);
      }
    }
    throughput.at(counts.processed());
  }

  private synchronized void sent(int requests) {
    counts =
        new RunCounts(
            counts.total(),
            counts.enriched(),
            counts.noDob(),
            counts.basic(),
            counts.notFound(),
            counts.failed(),
            counts.alreadyFilled(),
            counts.missing(),
            counts.withPedigree(),
            counts.requests() + requests);
  }

  /**
   * Reads the database's counts, which include other workers' commits. Does nothing during a commit
   * of this process; the next call will.
   */
  public void refresh(Supplier<RunCounts> ledger) {
    if (commits.writeLock().tryLock()) {
      try {
        take(ledger.get());
      } finally {
        commits.writeLock().unlock();
      }
    }
  }

  private synchronized void take(RunCounts fromLedger) {
    counts = fromLedger;
    throughput.at(counts.processed());
  }

  public synchronized RunCounts counts() {
    return counts;
  }

  /** Horses a second over the last minutes. */
  synchronized double perSecond() {
    return throughput.perSecond();
  }

  private static RunCounts plus(RunCounts t, WriteResult.RowWritten written) {
    HorseStatus status = written.status();
    return new RunCounts(
        t.total(),
        t.enriched() + one(status == HorseStatus.ENRICHED),
        t.noDob() + one(status == HorseStatus.NO_DOB),
        t.basic() + one(status == HorseStatus.BASIC),
        t.notFound() + one(status == HorseStatus.NOT_FOUND),
        t.failed() + one(status == HorseStatus.FAILED),
        t.alreadyFilled() + one(status == HorseStatus.ALREADY_FILLED),
        t.missing() + one(status == HorseStatus.MISSING),
        t.withPedigree() + one(written.withPedigree()),
        t.requests() + written.outcome().trace().requests());
  }

  private static int one(boolean yes) {
    return yes ? 1 : 0;
  }
}
