package studbook.backfill;

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
import studbook.horse.HorseId;
import studbook.horse.Inspection;
import studbook.store.DatabaseRetry;
import studbook.store.ErrorEntry;
import studbook.store.KnownProfile;
import studbook.store.Lease;
import studbook.store.Outcome;
import studbook.store.ReadDay;
import studbook.store.Settled;
import studbook.store.Sweeps;
import studbook.time.Sleeper;

/**
 * Commits days in the order in which they were begun, newest first, whichever is answered first: of
 * two racecards of a horse the newer wins. While the database is away it keeps what it has and
 * tries again.
 */
final class DayScribe {

  private static final Logger log = LoggerFactory.getLogger(DayScribe.class);
  private static final Duration LOOK = Duration.ofMillis(50);

  /** Told, on the writing thread, what became of each day that was begun. */
  interface Listener {

    /** The day was committed with these horses. */
    void committed(ReadDay day, List<Settled> settled);

    /** Nothing of the day was written: it was given up, or is another worker's. */
    void dropped(Lease lease);
  }

  /**
   * What days are written with.
   *
   * @param remember whether runners that nobody wants are kept for later
   */
  record Desk(Sweeps sweeps, Progress progress, Inspection inspection, boolean remember) {}

  /**
   * A day on its way.
   *
   * @param cards inspected by the thread that read the day, while this one writes another
   */
  private record Begun(
      Lease lease, CompletableFuture<DayEnd> end, CompletableFuture<List<Card>> cards) {}

  private final Desk desk;
  private final Gate gate;
  private final DatabaseRetry retry;
  private final Listener listener;
  private final LinkedBlockingQueue<Begun> begun = new LinkedBlockingQueue<>();

  private volatile boolean closing;

  /** A scribe that writes once {@link #run} is called. */
  DayScribe(Desk desk, Gate gate, Sleeper sleeper, Listener listener) {
    this.desk = desk;
    this.gate = gate;
    this.retry = new DatabaseRetry(sleeper, reason -> gate.cannotWrite(this, reason));
    this.listener = listener;
  }

  /** A day was begun; it is written when it has ended and all that were begun before it. */
  void expect(DayTask task) {
    begun.add(
        new Begun(
            task.lease(), task.end(), task.end().thenApply(end -> end.cards(desk.inspection()))));
  }

  /** Writes until {@link #close} was called and every day that has ended is written. */
  void run() {
    try {
      while (!closing || !begun.isEmpty()) {
        Begun day = begun.poll(LOOK.toMillis(), TimeUnit.MILLISECONDS);
        if (day != null) {
          Optional<DayEnd> end = end(day.end());
          if (end.isPresent()) {
            write(end.get(), day.cards().join());
          } else {
            listener.dropped(day.lease());
          }
        }
      }
    } catch (InterruptedException e) {
      log.warn("{} days were not written; they are read again", begun.size());
    }
  }

  /** Empty where the day was given up, or does not end any more. */
  private Optional<DayEnd> end(CompletableFuture<DayEnd> ending) throws InterruptedException {
    while (ending.isDone() || !closing) {
      try {
        return Optional.of(ending.get(LOOK.toMillis(), TimeUnit.MILLISECONDS));
      } catch (TimeoutException e) {
        log.trace("still under way");
      } catch (CancellationException e) {
        return Optional.empty();
      } catch (ExecutionException e) {
        throw new IllegalStateException(e);
      }
    }
    return Optional.empty();
  }

  private void write(DayEnd end, List<Card> cards) throws InterruptedException {
    // Once: after a commit whose reply was lost its horses would no longer be wanted.
    ReadDay day = retry.call(() -> prepare(end, cards));
    retry.call(() -> {
      Optional<List<Settled>> settled =
          desk.progress().commitDay(() -> desk.sweeps().write(day), day.requests());
      if (settled.isPresent()) {
        listener.committed(day, settled.get());
      } else {
        listener.dropped(day.lease());
      }
      return day;
    });
    gate.wrote(this);
  }

  private ReadDay prepare(DayEnd end, List<Card> cards) {
    DayTask task = end.task();
    long run = task.lease().run();
    Set<HorseId> wanted = desk.sweeps().wanted(run, cards.stream().map(Card::horse).toList());
    List<Outcome> outcomes = new ArrayList<>();
    List<KnownProfile> unwanted = new ArrayList<>();
    List<ErrorEntry> errors = new ArrayList<>(task.errors());
    for (Card card : cards) {
      if (wanted.contains(card.horse())) {
        outcomes.add(card.outcome(task.lease(), DayJudge.SOURCE));
        errors.addAll(card.errors(run, DayJudge.SOURCE));
      } else if (desk.remember()) {
        card.known().ifPresent(unwanted::add);
      }
    }
    return new ReadDay(
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
  void close() {
    closing = true;
  }
}
