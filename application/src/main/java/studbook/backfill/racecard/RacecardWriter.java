package studbook.backfill.racecard;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import studbook.backfill.dispatch.WriteBacklog;
import studbook.backfill.progress.ProgressTracker;
import studbook.model.HorseId;
import studbook.model.ProfileValidator;
import studbook.store.database.DatabaseRetry;
import studbook.store.outcome.ErrorEntry;
import studbook.store.outcome.Outcome;
import studbook.store.outcome.WriteResult;
import studbook.store.racecard.CachedProfile;
import studbook.store.racecard.RacecardDayWrite;
import studbook.store.racecard.RacecardScanRepository;
import studbook.store.work.Lease;
import studbook.time.Sleeper;

/**
 * Commits days in the order in which they were claimed, newest first, whichever is answered first:
 * of two racecards of a horse the newer wins. So many days as the window holds are kept for that; a
 * day that is still missing when the window is full is late, and committed when it comes, so that
 * one slow request does not stop the others and the memory is bounded. While the database is away
 * the writer keeps what it has and tries again.
 */
public final class RacecardWriter {

  private static final Logger log = LoggerFactory.getLogger(RacecardWriter.class);
  private static final Duration LOOK = Duration.ofMillis(50);

  /** Looks in which no other day came either: three seconds. */
  private static final int MAX_IDLE_LOOKS = 60;

  /** Called on the writing thread with what became of each day that was claimed. */
  public interface DayListener {

    /** The day was committed with these horses. */
    void committed(RacecardDayWrite day, List<WriteResult> settled);

    /** Nothing of the day was written: it was given up, or is another worker's. */
    void dropped(Lease lease);

    /** The window is full and this day is not read: older days no longer wait for it. */
    void late(Lease lease);
  }

  /**
   * What days are written with.
   *
   * @param remember whether runners that nobody wants are kept for later
   * @param window days that are kept in order
   */
  public record WriterDependencies(
      RacecardScanRepository sweeps,
      ProgressTracker progress,
      ProfileValidator inspection,
      boolean remember,
      int window) {}

  /**
   * A day on its way.
   *
   * @param cards inspected by the thread that read the day, while this one writes another
   */
  private record PendingDay(
      Lease lease,
      CompletableFuture<RacecardDayResult> end,
      CompletableFuture<List<ValidatedRunner>> cards) {

    /** Whether it has ended and its runners are inspected, or it was given up. */
    boolean isDone() {
      return cards.isDone();
    }
  }

  private final WriterDependencies desk;
  private final WriteBacklog backlog;
  private final DatabaseRetry retry;
  private final DayListener listener;
  private final LinkedBlockingQueue<PendingDay> begun = new LinkedBlockingQueue<>();

  /** For the writing thread alone. */
  private final List<PendingDay> late = new ArrayList<>();

  private volatile boolean closing;

  /** A scribe that writes once {@link #run} is called. */
  public RacecardWriter(
      WriterDependencies desk, WriteBacklog backlog, Sleeper sleeper, DayListener listener) {
    this.desk = desk;
    this.backlog = backlog;
    this.retry = new DatabaseRetry(sleeper, backlog::unavailable);
    this.listener = listener;
  }

  /** A day was claimed; it is written when it has ended, newer days first. */
  public void expect(RacecardTask task) {
    begun.add(
        new PendingDay(
            task.lease(), task.end(), task.end().thenApply(end -> end.cards(desk.inspection()))));
  }

  /** Writes until {@link #close} was called and every day that has ended is written. */
  public void run() {
    try {
      while (!closing || !begun.isEmpty()) {
        PendingDay day = begun.poll(LOOK.toMillis(), TimeUnit.MILLISECONDS);
        if (day != null && awaits(day)) {
          settle(day);
        }
        settleLate();
      }
      for (PendingDay day : late) {
        listener.dropped(day.lease());
      }
    } catch (InterruptedException e) {
      log.warn("{} days were not written; they are read again", begun.size() + late.size());
    }
  }

  /**
   * Waits until a day has ended; false where it became one of the late ones: the window is full, or
   * older days were read and no more come.
   */
  private boolean awaits(PendingDay day) throws InterruptedException {
    long read = 0;
    int idleLooks = 0;
    while (!day.isDone() && !closing) {
      long readBefore = read;
      read = begun.stream().filter(PendingDay::isDone).count();
      idleLooks = read > 0 && read == readBefore ? idleLooks + 1 : 0;
      if (begun.size() + 1 >= desk.window() || idleLooks > MAX_IDLE_LOOKS) {
        late.add(day);
        listener.late(day.lease());
        return false;
      }
      settleLate();
      waitFor(day);
    }
    return true;
  }

  private static void waitFor(PendingDay day) throws InterruptedException {
    try {
      day.cards().get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | CancellationException | ExecutionException e) {
      log.trace("settle() looks what became of it");
    }
  }

  private void settleLate() throws InterruptedException {
    for (PendingDay day : List.copyOf(late)) {
      if (day.isDone()) {
        late.remove(day);
        settle(day);
      }
    }
  }

  /** Writes a day that has ended; one that was given up, or does not end any more, is dropped. */
  private void settle(PendingDay day) throws InterruptedException {
    if (!day.end().isDone() || day.end().isCancelled()) {
      listener.dropped(day.lease());
      return;
    }
    write(day.end().join(), day.cards().join());
  }

  private void write(RacecardDayResult end, List<ValidatedRunner> cards)
      throws InterruptedException {
    // Once: after a commit whose reply was lost its horses would no longer be wanted.
    RacecardDayWrite day = retry.call(() -> prepare(end, cards));
    retry.call(() -> {
      Optional<List<WriteResult>> settled =
          backlog.writing(
              () -> desk.progress().commitDay(() -> desk.sweeps().write(day), day.requests()));
      if (settled.isPresent()) {
        listener.committed(day, settled.get());
      } else {
        listener.dropped(day.lease());
      }
      return day;
    });
  }

  private RacecardDayWrite prepare(RacecardDayResult end, List<ValidatedRunner> cards) {
    RacecardTask task = end.task();
    long run = task.lease().run();
    Set<HorseId> wanted =
        desk.sweeps().wanted(run, cards.stream().map(ValidatedRunner::horse).toList());
    List<Outcome> outcomes = new ArrayList<>();
    List<CachedProfile> unwanted = new ArrayList<>();
    List<ErrorEntry> errors = new ArrayList<>(task.errors());
    for (ValidatedRunner card : cards) {
      if (wanted.contains(card.horse())) {
        outcomes.add(card.outcome(task.lease(), RacecardResponseHandler.SOURCE));
        errors.addAll(card.errors(run, RacecardResponseHandler.SOURCE));
      } else if (desk.remember()) {
        card.known().ifPresent(unwanted::add);
      }
    }
    return new RacecardDayWrite(
        task.lease(),
        task.day(),
        end.result(),
        end.why(),
        task.requests(),
        cards.size(),
        outcomes,
        unwanted,
        errors);
  }

  /** No more is coming. */
  public void close() {
    closing = true;
  }
}
