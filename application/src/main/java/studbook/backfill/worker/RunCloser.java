package studbook.backfill.worker;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import studbook.backfill.progress.RunListener;
import studbook.model.PauseCause;
import studbook.store.database.DatabaseRetry;
import studbook.store.database.LockWaitMonitor;
import studbook.store.error.ErrorClassifier;
import studbook.store.run.ProcessIdentity;
import studbook.store.run.RunRepository;
import studbook.store.run.RunStateRepository;
import studbook.time.Sleeper;
import studbook.time.Ticker;

/**
 * Records in the database how this process's part in a run ended. While the database is unavailable
 * it retries until the process is asked to stop; then it tries for one more second, on its own
 * thread, since a dead connection may block a thread much longer. Not thread-safe.
 */
public final class RunCloser {

  private static final Logger log = LoggerFactory.getLogger(RunCloser.class);
  private static final Duration POLL = Duration.ofMillis(50);

  /** A part of the five seconds in which a process ends after a signal. */
  private static final Duration AFTER_STOP = Duration.ofSeconds(1);

  private final Jdbi jdbi;
  private final RunRepository runRepository;
  private final RunStateRepository runStates;
  private final QualityRecorder quality;
  private final UUID worker;
  private final BooleanSupplier stopping;
  private final Ticker ticker;
  private final Sleeper sleeper;

  /**
   * Records the end of runs for {@code worker}.
   *
   * @param stopping whether the process was asked to stop
   */
  public RunCloser(
      Jdbi jdbi, UUID worker, BooleanSupplier stopping, Ticker ticker, Sleeper sleeper) {
    this.jdbi = jdbi;
    this.runRepository = new RunRepository(jdbi);
    this.runStates = new RunStateRepository(jdbi);
    this.quality = new QualityRecorder(jdbi, stopping, ticker);
    this.worker = worker;
    this.stopping = stopping;
    this.ticker = ticker;
    this.sleeper = sleeper;
  }

  /**
   * Records the end of a run.
   *
   * @param listener notified while the database is unavailable or another session's lock lasts
   * @return the recorded result, which others may have decided; {@link RunResult.NotRecorded} if
   *     the process had to stop first
   */
  public RunResult record(RunRepository.RunRow run, RunResult result, RunListener listener) {
    AtomicReference<String> reason = new AtomicReference<>("it did not respond in time");
    Consumer<String> waits =
        why -> {
          reason.set(why);
          listener.onDatabaseWait(run.id(), why);
        };
    AtomicBoolean finished = new AtomicBoolean();
    RunResult recorded;
    try (LockWaitMonitor _ =
        LockWaitMonitor.start(jdbi, sleeper, holder -> holder.ifPresent(waits))) {
      recorded =
          await(marking(run, result, new DatabaseRetry(sleeper, waits), finished))
              .orElseGet(() -> {
                log.warn("run {} could not be marked as ended: {}", run.id(), reason.get());
                return new RunResult.NotRecorded(result, reason.get());
              });
    }
    if (finished.get()) {
      quality.after(run, listener);
    }
    return recorded;
  }

  private FutureTask<Optional<RunResult>> marking(
      RunRepository.RunRow run, RunResult result, DatabaseRetry retry, AtomicBoolean finished) {
    FutureTask<Optional<RunResult>> marking =
        new FutureTask<>(() ->
            retry.callWhile(() -> !stopping.getAsBoolean(), () -> mark(run, result, finished)));
    Thread.ofPlatform().name("run closer").daemon().start(marking);
    return marking;
  }

  /** Saves the data quality score before the run, which continues without one. */
  public void recordScore(RunRepository.RunRow run) {
    quality.before(run);
  }

  private Optional<RunResult> await(FutureTask<Optional<RunResult>> marking) {
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
        throw e.getCause() instanceof RuntimeException failure
            ? failure
            : new IllegalStateException(e.getCause());
      }
    }
  }

  /** Marks a run as stopped by an internal error; if that fails, its lease expires. */
  public void abort(RunRepository.RunRow run, Throwable failure) {
    try {
      runStates.leave(
          run.id(),
          worker,
          Optional.empty(),
          "an internal error: " + ErrorClassifier.reason(failure));
    } catch (RuntimeException e) {
      log.warn("run {} could not be marked as stopped: {}", run.id(), ErrorClassifier.reason(e));
    }
  }

  /**
   * Marks the run.
   *
   * @param finished becomes true if this process marked it as finished
   */
  private RunResult mark(RunRepository.RunRow run, RunResult result, AtomicBoolean finished) {
    return switch (result) {
      case RunResult.RunFinished _ -> finish(run, result, finished);
      case RunResult.ProcessStopped stopped ->
          leave(run, Optional.empty(), "stopped by a signal", stopped);
      case RunResult.StopRequested requested -> stopWithAll(run, requested);
      case RunResult.CredentialsRejected(int status) -> {
        String why = "The Racing API answered " + status;
        leave(run, Optional.of(PauseCause.CREDENTIALS), why, result);
        yield result;
      }
      case RunResult.OtherVersion _,
          RunResult.RunSuperseded _,
          RunResult.RunCancelled _,
          RunResult.HandedOver _,
          RunResult.NotRecorded _ ->
          result;
    };
  }

  private RunResult finish(RunRepository.RunRow run, RunResult result, AtomicBoolean finished) {
    if (runRepository.finish(run.id(), worker)) {
      finished.set(true);
      return result;
    }
    return current(run);
  }

  private RunResult leave(
      RunRepository.RunRow run,
      Optional<PauseCause> cause,
      String reason,
      RunResult ofThisProcess) {
    return switch (runStates.leave(run.id(), worker, cause, reason)) {
      case RunStateRepository.LeaveResult.RunLeft() -> ofThisProcess;
      case RunStateRepository.LeaveResult.HeldByWorker(ProcessIdentity process) ->
          new RunResult.HandedOver(process);
      case RunStateRepository.LeaveResult.AlreadyEnded() -> current(run);
    };
  }

  /** If another process owns the run, that one was asked to stop as well. */
  private RunResult stopWithAll(RunRepository.RunRow run, RunResult.StopRequested requested) {
    RunResult result = leave(run, Optional.empty(), "stopped by a user", requested);
    return result instanceof RunResult.ProcessStopped || result instanceof RunResult.HandedOver
        ? requested
        : result;
  }

  /** The result recorded by others, or by this process in a try whose reply was lost. */
  private RunResult current(RunRepository.RunRow run) {
    return switch (runStates.poll(run.id()).state()) {
      case FINISHED -> new RunResult.RunFinished();
      case CANCELLED -> new RunResult.RunCancelled();
      case SUPERSEDED -> new RunResult.RunSuperseded();
      case RUNNING, PAUSED, STOPPED -> new RunResult.ProcessStopped();
    };
  }
}
