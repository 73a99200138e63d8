package studbook.backfill.worker;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import studbook.backfill.progress.RunListener;
import studbook.model.PauseCause;
import studbook.quality.Score;
import studbook.store.database.DatabaseRetry;
import studbook.store.error.Outage;
import studbook.store.run.ProcessIdentity;
import studbook.store.run.RunControl;
import studbook.store.run.Runs;
import studbook.time.Sleeper;
import studbook.time.Ticker;

/**
 * Records in the database how this process's part in a run ended. While the database is unavailable
 * it tries again, until the process is asked to stop; then it tries for a second more, on a thread
 * of its own, since a connection that is dead may hold a thread much longer. For one thread.
 */
public final class RunCloser {

  private static final Logger log = LoggerFactory.getLogger(RunCloser.class);
  private static final Duration POLL = Duration.ofMillis(50);

  /** Part of the five seconds in which a process ends after a signal. */
  private static final Duration AFTER_STOP = Duration.ofSeconds(1);

  private final Jdbi jdbi;
  private final Runs runs;
  private final RunControl control;
  private final UUID worker;
  private final BooleanSupplier stopping;
  private final Ticker ticker;
  private final Sleeper sleeper;

  /**
   * For the runs that {@code worker} works on.
   *
   * @param stopping whether the process was asked to stop
   */
  public RunCloser(Jdbi jdbi, UUID worker, BooleanSupplier stopping, Ticker ticker, Sleeper sleeper) {
    this.jdbi = jdbi;
    this.runs = new Runs(jdbi);
    this.control = new RunControl(jdbi);
    this.worker = worker;
    this.stopping = stopping;
    this.ticker = ticker;
    this.sleeper = sleeper;
  }

  /**
   * Records an ending.
   *
   * @param listener told while the database is unavailable
   * @return what became of the run, which others may have decided; {@link Ending.NotRecorded} where
   *     the process had to stop first
   */
  public Ending record(Runs.Run run, Ending ending, RunListener listener) {
    AtomicReference<String> reason = new AtomicReference<>("it did not answer in time");
    DatabaseRetry retry =
        new DatabaseRetry(
            sleeper,
            why -> {
              reason.set(why);
              listener.waitsForDatabase(run.id(), why);
            });
    FutureTask<Optional<Ending>> marking =
        new FutureTask<>(
            () -> retry.callWhile(() -> !stopping.getAsBoolean(), () -> mark(run, ending)));
    Thread.ofPlatform().name("run closer").daemon().start(marking);
    return await(marking)
        .orElseGet(() -> {
          log.warn("run {} could not be marked as ended: {}", run.id(), reason.get());
          return new Ending.NotRecorded(ending, reason.get());
        });
  }

  private Optional<Ending> await(FutureTask<Optional<Ending>> marking) {
    long stopSeen = 0;
    boolean stopped = false;
    while (true) {
      try {
        return marking.get(POLL.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException | InterruptedException e) { // an interrupt is a stop
        if (!stopped && stopping.getAsBoolean()) {
          stopped = true;
          stopSeen = ticker.nanos();
        }
        if (stopped && ticker.nanos() - stopSeen > AFTER_STOP.toNanos()) {
          return Optional.empty();
        }
      } catch (ExecutionException e) {
        throw e.getCause() instanceof RuntimeException trouble
            ? trouble
            : new IllegalStateException(e.getCause());
      }
    }
  }

  /** Marks a run as stopped by an error of this program; where that fails, its lease runs out. */
  public void breakOff(Runs.Run run, Throwable trouble) {
    try {
      control.leave(
          run.id(), worker, Optional.empty(), "an internal error: " + Outage.reason(trouble));
    } catch (RuntimeException e) {
      log.warn("run {} could not be marked as stopped: {}", run.id(), Outage.reason(e));
    }
  }

  private Ending mark(Runs.Run run, Ending ending) {
    return switch (ending) {
      case Ending.Finished finished -> finish(run, finished);
      case Ending.Stopped stopped -> leave(run, Optional.empty(), "stopped by a signal", stopped);
      case Ending.StopRequested requested -> stopWithAll(run, requested);
      case Ending.Refused(int status) -> {
        String why = "The Racing API answered " + status;
        leave(run, Optional.of(PauseCause.CREDENTIALS), why, ending);
        yield ending;
      }
      case Ending.OtherVersion _,
          Ending.Superseded _,
          Ending.Cancelled _,
          Ending.Left _,
          Ending.NotRecorded _ ->
          ending;
    };
  }

  private Ending finish(Runs.Run run, Ending.Finished finished) {
    if (runs.finish(run.id(), worker)) {
      noteQuality(run, runs::qualityAfter);
      return finished;
    }
    return current(run);
  }

  private Ending leave(Runs.Run run, Optional<PauseCause> cause, String reason, Ending asWeWished) {
    return switch (control.leave(run.id(), worker, cause, reason)) {
      case RunControl.Left.Stopped() -> asWeWished;
      case RunControl.Left.InHand(ProcessIdentity process) -> new Ending.Left(process);
      case RunControl.Left.Over() -> current(run);
    };
  }

  /** Where another process owns the run, that one was asked to stop as well. */
  private Ending stopWithAll(Runs.Run run, Ending.StopRequested requested) {
    Ending ending = leave(run, Optional.empty(), "stopped by a person", requested);
    return ending instanceof Ending.Stopped || ending instanceof Ending.Left ? requested : ending;
  }

  /** What others made of it, or this process by a try whose answer was lost. */
  private Ending current(Runs.Run run) {
    return switch (control.look(run.id()).state()) {
      case FINISHED -> new Ending.Finished();
      case CANCELLED -> new Ending.Cancelled();
      case SUPERSEDED -> new Ending.Superseded();
      case RUNNING, PAUSED, STOPPED -> new Ending.Stopped();
    };
  }

  /** Notes the data quality score; a run without one continues. */
  public void noteQuality(Runs.Run run, BiConsumer<Long, Optional<Double>> note) {
    try {
      note.accept(run.id(), Score.take(jdbi).map(Score::value));
    } catch (RuntimeException e) {
      log.warn("run {} has no data quality score here: {}", run.id(), Outage.reason(e));
    }
  }
}
