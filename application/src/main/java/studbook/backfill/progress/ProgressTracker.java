package studbook.backfill.progress;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
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
    return commitDay(() -> Optional.of(write.get()), 0).orElseThrow();
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
      Optional<List<WriteResult>> completed = write.get();
      completed.ifPresent(horses -> add(horses, requests));
      return completed;
    } finally {
      commits.readLock().unlock();
    }
  }

  private synchronized void add(List<WriteResult> completed, int requests) {
    RunCounts sum = counts.plusRequests(requests);
    for (WriteResult result : completed) {
      if (result instanceof WriteResult.RowWritten written) {
        sum =
            sum.plus(
                written.status(), written.withPedigree(), written.outcome().trace().requests());
      }
    }
    take(sum);
  }

  /**
   * Reads the database's counts, which include other workers' commits. Does nothing during a commit
   * of this process; the next call will.
   */
  public void refresh(Supplier<RunCounts> counts) {
    if (commits.writeLock().tryLock()) {
      try {
        take(counts.get());
      } finally {
        commits.writeLock().unlock();
      }
    }
  }

  private synchronized void take(RunCounts now) {
    counts = now;
    throughput.at(counts.processed());
  }

  public synchronized RunCounts counts() {
    return counts;
  }

  /** Horses a second over the last minutes. */
  synchronized double perSecond() {
    return throughput.perSecond();
  }
}
