package studbook.backfill.profile;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import studbook.backfill.dispatch.WriteBacklog;
import studbook.backfill.progress.ProgressTracker;
import studbook.store.database.DatabaseRetry;
import studbook.store.outcome.ErrorEntry;
import studbook.store.outcome.Outcome;
import studbook.store.outcome.OutcomeRepository;
import studbook.store.outcome.WriteResult;
import studbook.time.Sleeper;

/**
 * Commits what comes in, in the order it comes: whatever has gathered while one commit was on its
 * way is the next batch, so that a quiet run commits every outcome at once. A fast one pauses
 * between its commits, since a batch of a hundred costs little more than one of ten, unless a whole
 * batch is waiting already. While the database is away it keeps what it has and tries again.
 */
public final class OutcomeWriter {

  private static final Logger log = LoggerFactory.getLogger(OutcomeWriter.class);
  private static final int LARGEST_BATCH = 500;

  /**
   * From here on a run is fast; far below what gathers in a pause at a thousand horses a second.
   */
  private static final int MANY = 10;

  /** A quarter of the time within which an outcome is to be committed. */
  private static final Duration GATHERING = Duration.ofMillis(50);

  private record WriteEntry(List<Outcome> outcome, List<ErrorEntry> errors) {}

  private final OutcomeRepository outcomes;
  private final ProgressTracker progress;
  private final WriteBacklog backlog;
  private final Sleeper sleeper;
  private final DatabaseRetry retry;
  private final Consumer<List<WriteResult>> afterCommit;
  private final LinkedBlockingQueue<WriteEntry> notes = new LinkedBlockingQueue<>();

  private volatile boolean closing;

  /**
   * A scribe that writes once {@link #run} is called.
   *
   * @param afterCommit told, on the writing thread, what each commit settled
   */
  public OutcomeWriter(
      OutcomeRepository outcomes,
      ProgressTracker progress,
      WriteBacklog backlog,
      Sleeper sleeper,
      Consumer<List<WriteResult>> afterCommit) {
    this.outcomes = outcomes;
    this.progress = progress;
    this.backlog = backlog;
    this.sleeper = sleeper;
    this.retry = new DatabaseRetry(sleeper, backlog::unavailable);
    this.afterCommit = afterCommit;
  }

  void settle(Outcome outcome, List<ErrorEntry> errors) {
    add(new WriteEntry(List.of(outcome), errors));
  }

  void record(List<ErrorEntry> errors) {
    if (!errors.isEmpty()) {
      add(new WriteEntry(List.of(), errors));
    }
  }

  private void add(WriteEntry note) {
    backlog.add();
    notes.add(note);
  }

  /**
   * Writes until {@link #close} was called and everything is written, or the thread is interrupted.
   */
  public void run() {
    try {
      while (!closing || !notes.isEmpty()) {
        WriteEntry first = notes.poll(50, TimeUnit.MILLISECONDS);
        if (first != null) {
          List<WriteEntry> batch = new ArrayList<>(List.of(first));
          notes.drainTo(batch, LARGEST_BATCH - 1);
          afterCommit.accept(write(batch));
          if (batch.size() >= MANY && notes.size() < LARGEST_BATCH && !closing) {
            sleeper.sleep(GATHERING);
          }
        }
      }
    } catch (InterruptedException e) {
      log.warn("{} outcomes were not written; their horses are asked again", notes.size());
    }
  }

  private List<WriteResult> write(List<WriteEntry> batch) throws InterruptedException {
    List<Outcome> settling = batch.stream().flatMap(note -> note.outcome().stream()).toList();
    List<ErrorEntry> errors = batch.stream().flatMap(note -> note.errors().stream()).toList();
    List<WriteResult> settled =
        retry.call(
            () -> backlog.writing(() -> progress.commit(() -> outcomes.write(settling, errors))));
    backlog.remove(batch.size());
    return settled;
  }

  /** No more is coming. */
  public void close() {
    closing = true;
  }
}
