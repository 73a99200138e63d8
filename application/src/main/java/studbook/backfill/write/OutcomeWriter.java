package studbook.backfill.write;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import studbook.backfill.progress.ProgressTracker;
import studbook.model.HorseId;
import studbook.store.change.ConfirmedProfile;
import studbook.store.database.DatabaseRetry;
import studbook.store.outcome.ErrorEntry;
import studbook.store.outcome.Outcome;
import studbook.store.outcome.OutcomeRepository;
import studbook.store.outcome.WriteResult;
import studbook.store.racecard.CachedProfile;
import studbook.store.racecard.RacecardDayWrite;
import studbook.store.racecard.RacecardScanRepository;
import studbook.store.work.Lease;
import studbook.time.Sleeper;

/**
 * Commits requests in the order of arrival. What arrives during a commit is the next batch, so a
 * slow run commits every outcome at once. A fast run pauses between commits, since a batch of a
 * hundred costs little more than one of ten, unless a full batch is waiting. While the database is
 * unavailable it keeps everything and retries; while the run is paused since the user's schema
 * rejects rows it keeps everything until the run is resumed or stopped.
 */
public final class OutcomeWriter {

  private static final Logger log = LoggerFactory.getLogger(OutcomeWriter.class);
  private static final Duration POLL = Duration.ofMillis(50);
  private static final int MAX_BATCH = 500;

  /**
   * The batch size from which a run is fast; far below what arrives in a pause at a thousand horses
   * a second.
   */
  private static final int FAST_BATCH = 10;

  /** A quarter of the time within which an outcome is to be committed. */
  private static final Duration GATHERING = Duration.ofMillis(50);

  /** Called on the writing thread after each commit. */
  public interface CommitListener {

    void onCommit(List<WriteResult> results);

    void onDayCommit(WriteRequest.RacecardDay day, List<WriteResult> results);

    /** Nothing of a day was written: its lease is another worker's. */
    void onDayLost(Lease lease);
  }

  private final OutcomeRepository outcomeRepository;
  private final RacecardScanRepository racecards;
  private final ProgressTracker progress;
  private final WriteBacklog backlog;
  private final Sleeper sleeper;
  private final boolean cacheProfiles;
  private final DatabaseRetry retry;
  private final LinkedBlockingQueue<WriteRequest> queue = new LinkedBlockingQueue<>();

  private volatile boolean closing;

  /**
   * A writer that writes once {@link #run} is called.
   *
   * @param cacheProfiles whether runners that no horse of the run needs are kept for later runs
   */
  public OutcomeWriter(
      OutcomeRepository outcomeRepository,
      RacecardScanRepository racecards,
      ProgressTracker progress,
      WriteBacklog backlog,
      Sleeper sleeper,
      boolean cacheProfiles) {
    this.outcomeRepository = outcomeRepository;
    this.racecards = racecards;
    this.progress = progress;
    this.backlog = backlog;
    this.sleeper = sleeper;
    this.cacheProfiles = cacheProfiles;
    this.retry = new DatabaseRetry(sleeper, backlog::onUnavailable);
  }

  public void add(WriteRequest.RacecardDay day) {
    queue.add(day);
  }

  public void complete(Outcome outcome, List<ErrorEntry> errors) {
    add(new WriteRequest.OutcomeEntry(Optional.of(outcome), errors));
  }

  public void record(List<ErrorEntry> errors) {
    if (!errors.isEmpty()) {
      add(new WriteRequest.OutcomeEntry(Optional.empty(), errors));
    }
  }

  private void add(WriteRequest.OutcomeEntry entry) {
    backlog.add();
    queue.add(entry);
  }

  /**
   * Writes until {@link #close} was called and everything is written, or the thread is interrupted.
   */
  public void run(CommitListener listener) {
    try {
      while (!closing || !queue.isEmpty()) {
        switch (next()) {
          case null -> {}
          case WriteRequest.OutcomeEntry first -> writeBatch(first, listener);
          case WriteRequest.RacecardDay day -> writeDay(day, listener);
        }
      }
    } catch (InterruptedException e) {
      log.warn("{} results were not written; they are requested again", queue.size());
    }
  }

  /** Null if nothing is to be written yet. */
  private @Nullable WriteRequest next() throws InterruptedException {
    if (backlog.isHeld() && !closing) {
      sleeper.sleep(POLL);
      return null;
    }
    return queue.poll(POLL.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void writeBatch(WriteRequest.OutcomeEntry first, CommitListener listener)
      throws InterruptedException {
    List<WriteRequest.OutcomeEntry> batch = new ArrayList<>(List.of(first));
    while (batch.size() < MAX_BATCH && queue.peek() instanceof WriteRequest.OutcomeEntry next) {
      queue.remove();
      batch.add(next);
    }
    List<WriteResult> results =
        commit(
            batch.stream().flatMap(entry -> entry.outcome().stream()).toList(),
            batch.stream().flatMap(entry -> entry.errors().stream()).toList());
    backlog.remove(batch.size());
    listener.onCommit(results);
    if (batch.size() >= FAST_BATCH && queue.size() < MAX_BATCH && !closing) {
      sleeper.sleep(GATHERING);
    }
  }

  /** Writes on the calling thread, while no other thread uses this writer. */
  public List<WriteResult> commit(List<Outcome> completed, List<ErrorEntry> errors)
      throws InterruptedException {
    return retry.call(() ->
        backlog.writing(() -> progress.commit(() -> outcomeRepository.write(completed, errors))));
  }

  private void writeDay(WriteRequest.RacecardDay day, CommitListener listener)
      throws InterruptedException {
    // Once: after a commit whose reply was lost its horses would not be needed any more.
    RacecardDayWrite write = retry.call(() -> prepare(day));
    retry.call(() -> {
      backlog
          .writing(() -> progress.commitDay(() -> racecards.write(write), write.requests()))
          .ifPresentOrElse(
              results -> listener.onDayCommit(day, results), () -> listener.onDayLost(day.lease()));
      return day;
    });
  }

  private RacecardDayWrite prepare(WriteRequest.RacecardDay day) {
    long run = day.lease().run();
    Set<HorseId> needed =
        racecards.wanted(run, day.runners().stream().map(ValidatedRunner::horse).toList());
    List<Outcome> completed = new ArrayList<>();
    List<ConfirmedProfile> others = new ArrayList<>();
    List<CachedProfile> cached = new ArrayList<>();
    List<ErrorEntry> errors = new ArrayList<>(day.errors());
    for (ValidatedRunner runner : day.runners()) {
      if (needed.contains(runner.horse())) {
        completed.add(runner.outcome(day.lease(), ValidatedRunner.RACECARDS));
        errors.addAll(runner.errors(run, ValidatedRunner.RACECARDS));
      } else {
        runner.confirmation(day.day()).ifPresent(others::add);
        if (cacheProfiles) {
          runner.cached().ifPresent(cached::add);
        }
      }
    }
    return new RacecardDayWrite(
        day.lease(),
        day.day(),
        day.status(),
        day.failure(),
        day.requests(),
        day.runners().size(),
        completed,
        others,
        cached,
        errors);
  }

  /** No more is added. */
  public void close() {
    closing = true;
  }
}
