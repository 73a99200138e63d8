package studbook.backfill;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
import studbook.racingapi.Runner;
import studbook.store.ErrorEntry;
import studbook.store.KnownProfile;
import studbook.store.Outage;
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
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  /** Told, on the writing thread, what became of each day that was begun. */
  interface Listener {

    /** The day was committed with these horses. */
    void committed(ReadDay day, List<Settled> settled);

    /** Nothing of the day was written: it was given up, or is another worker's. */
    void dropped();
  }

  /**
   * What days are written with.
   *
   * @param remember whether runners that nobody wants are kept for later
   */
  record Desk(Sweeps sweeps, Progress progress, Inspection inspection, boolean remember) {}

  private final Desk desk;
  private final Gate gate;
  private final Sleeper sleeper;
  private final Listener listener;
  private final LinkedBlockingQueue<DayTask> begun = new LinkedBlockingQueue<>();

  private volatile boolean closing;

  /** A scribe that writes once {@link #run} is called. */
  DayScribe(Desk desk, Gate gate, Sleeper sleeper, Listener listener) {
    this.desk = desk;
    this.gate = gate;
    this.sleeper = sleeper;
    this.listener = listener;
  }

  /** A day was begun; it is written when it has ended and all that were begun before it. */
  void expect(DayTask task) {
    begun.add(task);
  }

  /** Writes until {@link #close} was called and every day that has ended is written. */
  void run() {
    try {
      while (!closing || !begun.isEmpty()) {
        DayTask task = begun.poll(LOOK.toMillis(), TimeUnit.MILLISECONDS);
        if (task != null) {
          Optional<DayEnd> end = end(task.end());
          if (end.isPresent()) {
            write(end.get());
          } else {
            listener.dropped();
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

  private void write(DayEnd end) throws InterruptedException {
    while (true) {
      try {
        ReadDay day = prepare(end);
        Optional<List<Settled>> settled =
            desk.progress().commitDay(() -> desk.sweeps().write(day), day.requests());
        gate.wrote(this);
        if (settled.isPresent()) {
          listener.committed(day, settled.get());
        } else {
          listener.dropped();
        }
        return;
      } catch (RuntimeException e) {
        if (!Outage.passes(e)) {
          throw e;
        }
        gate.cannotWrite(this, Outage.reason(e));
        sleeper.sleep(PATIENCE);
      }
    }
  }

  private ReadDay prepare(DayEnd end) {
    DayTask task = end.task();
    long run = task.lease().run();
    Map<HorseId, Runner> runners = new LinkedHashMap<>();
    task.runners().forEach(runner -> runners.putIfAbsent(runner.horse(), runner));
    Set<HorseId> wanted = desk.sweeps().wanted(run, List.copyOf(runners.keySet()));
    List<Outcome> outcomes = new ArrayList<>();
    List<KnownProfile> unwanted = new ArrayList<>();
    List<ErrorEntry> errors = new ArrayList<>(task.errors());
    for (Runner runner : runners.values()) {
      if (wanted.contains(runner.horse())) {
        Card card = Card.of(runner.horse(), runner.profile(), desk.inspection());
        outcomes.add(card.outcome(task.lease(), DayJudge.SOURCE));
        errors.addAll(card.errors(run, DayJudge.SOURCE));
      } else if (desk.remember()) {
        Card.of(runner.horse(), runner.profile(), desk.inspection())
            .known()
            .ifPresent(unwanted::add);
      }
    }
    return new ReadDay(
        task.lease(),
        task.day(),
        end.result(),
        end.why(),
        task.requests(),
        runners.size(),
        outcomes,
        unwanted,
        errors);
  }

  /** No more is coming. */
  void close() {
    closing = true;
  }
}
