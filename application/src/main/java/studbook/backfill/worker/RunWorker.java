package studbook.backfill.worker;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import studbook.backfill.dispatch.RequestExecutor;
import studbook.backfill.dispatch.Signal;
import studbook.backfill.pause.RequestGate;
import studbook.backfill.plan.WorkerConfig;
import studbook.backfill.progress.ProgressSnapshot;
import studbook.backfill.progress.RunListener;
import studbook.backfill.progress.RunMetricsRecorder;
import studbook.backfill.write.OutcomeWriter;
import studbook.racingapi.RacingApi;
import studbook.ratelimit.RateLimiter;
import studbook.store.database.DatabaseRetry;
import studbook.store.error.ErrorClassifier;
import studbook.store.run.RunRepository;
import studbook.store.run.WorkerRepository;
import studbook.time.TimeSources;

/**
 * Works on one run: completes horses from cached profiles, reads racecard days, and requests
 * horses. Its parts start in order and are stopped in reverse. One thread calls {@link #work};
 * {@link #stop} is for any.
 */
public final class RunWorker {

  private static final Logger log = LoggerFactory.getLogger(RunWorker.class);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(1);

  /**
   * The API and the rate limits of its requests.
   *
   * @param racecardsLimiter if racecards have a limit of their own
   */
  public record ApiClients(
      RacingApi api, RateLimiter limiter, Optional<RateLimiter> racecardsLimiter) {}

  private final Jdbi jdbi;
  private final WorkerConfig config;
  private final ApiClients api;
  private final TimeSources time;
  private final RunListener listener;
  private final Signal signal;
  private final RequestGate gate;
  private final StopControl stop;

  public RunWorker(
      Jdbi jdbi, WorkerConfig config, ApiClients api, TimeSources time, RunListener listener) {
    this.jdbi = jdbi;
    this.config = config;
    this.api = api;
    this.time = time;
    this.listener = listener;
    this.signal = new Signal(time.ticker());
    this.gate = new RequestGate(time.ticker(), signal::send);
    this.stop = new StopControl(gate, time.ticker());
  }

  /**
   * Works until every horse of the run is completed, or {@link #stop} is called. Writes all results
   * and releases all leases before it returns.
   */
  public RunResult work() {
    stop.interruptOnStop(Thread.currentThread());
    DatabaseRetry retry =
        new DatabaseRetry(time.sleeper(), reason -> listener.onDatabaseWait(config.run(), reason));
    Optional<RunStart> start = RunStart.load(jdbi, config.run(), retry, stop::shouldContinue);
    stop.endSending();
    start.ifPresent(this::work);
    return stop.result();
  }

  /** Ends {@link #work}: nothing new is sent, requests in flight may finish. */
  public void stop() {
    stop.stop();
  }

  private void work(RunStart start) {
    RequestGate racecardsGate =
        api.racecardsLimiter().isPresent() ? new RequestGate(time.ticker(), signal::send) : gate;
    List<RequestGate> gates = List.of(gate, racecardsGate);
    RunParts parts = new RunParts(jdbi, config, api, time, listener, gates, stop, start);
    RunMetricsRecorder recorder =
        new RunMetricsRecorder(jdbi, api.api(), config.worker(), time.ticker());
    HeartbeatLoop heartbeat = heartbeat(gates, parts, recorder);
    try (StartedParts started = new StartedParts()) {
      started.add(() -> releaseLeases(parts));
      heartbeat.tick(); // a run that is paused is joined without a request
      Thread beating = WorkerThreads.start("heartbeat", () -> heartbeat.run(signal), stop::fail);
      started.add(() -> WorkerThreads.stop(beating, STOP_TIMEOUT));
      startWriter("racecard writer", parts.dayWriter, parts.commits, started);
      startWriter("outcome writer", parts.writer, parts.commits, started);
      started.add(parts.scan::close);
      RequestExecutor executor = new RequestExecutor(stop::fail);
      started.add(executor::close);
      stop.interruptOnStop(Thread.currentThread());
      started.add(stop::endSending);
      parts.cachedProfiles.run(stop::shouldContinue, parts.commits::onWritten);
      parts.dispatch(executor);
    } catch (InterruptedException e) {
      log.debug("stopping");
    }
    refresh(parts);
    ProgressSnapshot snapshot = parts.snapshot();
    recorder.note(snapshot);
    listener.onTick(snapshot);
  }

  private void startWriter(
      String name, OutcomeWriter writer, CommitHandler commits, StartedParts started) {
    Thread thread = WorkerThreads.start(name, () -> writer.run(commits), stop::fail);
    started.add(() -> {
      writer.close();
      WorkerThreads.join(thread, stop.writeTimeout());
    });
  }

  private HeartbeatLoop heartbeat(
      List<RequestGate> gates, RunParts parts, RunMetricsRecorder recorder) {
    RunCoordinator coordinator =
        new RunCoordinator(jdbi, config, gates, parts.isolation, parts::giveBack, stop::leave);
    return new HeartbeatLoop(
        jdbi,
        config,
        gates,
        coordinator,
        parts.progress,
        time.ticker(),
        () -> status(parts),
        this::onProcesses,
        () -> onTick(parts, recorder));
  }

  private WorkerRepository.WorkerStatus status(RunParts parts) {
    return new WorkerRepository.WorkerStatus(
        Optional.of(config.run()),
        api.api().traffic().count().sent(),
        parts.commits.discarded(),
        gate.timeSinceSuccess());
  }

  private void onProcesses(int count) {
    api.limiter().onProcesses(count);
    api.racecardsLimiter().ifPresent(limiter -> limiter.onProcesses(count));
  }

  private void onTick(RunParts parts, RunMetricsRecorder recorder) {
    parts.check();
    ProgressSnapshot snapshot = parts.snapshot();
    recorder.tick(snapshot);
    listener.onTick(snapshot);
  }

  /** The run's last figures are the database's, if it can be read. */
  private void refresh(RunParts parts) {
    try {
      parts.progress.refresh(() -> new RunRepository(jdbi).counts(config.run()));
    } catch (RuntimeException e) {
      log.debug("the last figures are those of this process: {}", ErrorClassifier.reason(e));
    }
  }

  private void releaseLeases(RunParts parts) {
    try {
      parts.chunks.release(config.run(), config.worker());
    } catch (RuntimeException e) {
      log.warn("the leases could not be released and expire: {}", ErrorClassifier.reason(e));
    }
  }
}
