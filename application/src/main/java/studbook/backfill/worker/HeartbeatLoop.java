package studbook.backfill.worker;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import studbook.backfill.dispatch.Signal;
import studbook.backfill.pause.RequestGate;
import studbook.backfill.plan.WorkerConfig;
import studbook.backfill.progress.ProgressTracker;
import studbook.store.database.DatabaseRetry;
import studbook.store.run.RunRepository;
import studbook.store.run.WorkerRepository;
import studbook.store.work.LeaseConfig;
import studbook.store.work.RunEventRepository;
import studbook.time.Ticker;

/**
 * Every second, and at once when a gate changes: sends the heartbeat that renews the leases, and
 * coordinates with the other processes of the run. For one thread at a time.
 */
final class HeartbeatLoop {

  private static final Logger log = LoggerFactory.getLogger(HeartbeatLoop.class);
  private static final Duration TICK = Duration.ofSeconds(1);

  private final WorkerConfig config;
  private final WorkerRepository workerRepository;
  private final RunRepository runRepository;
  private final RunEventRepository eventRepository;
  private final List<RequestGate> gates;
  private final RunCoordinator coordinator;
  private final ProgressTracker progress;
  private final Ticker ticker;
  private final Supplier<WorkerRepository.WorkerStatus> status;
  private final IntConsumer processes;
  private final Runnable onTick;

  private Optional<Long> heartbeatAt = Optional.empty();
  private boolean successSent;
  private Optional<OutageStart> outage = Optional.empty();

  private record OutageStart(String reason, long since) {}

  /**
   * @param gates of all dispatchers; the first decides whether the run is paused
   * @param status of this process
   * @param processes receives with each heartbeat how many work on the run
   * @param onTick called at every tick, also while the database is unavailable
   */
  HeartbeatLoop(
      Jdbi jdbi,
      WorkerConfig config,
      List<RequestGate> gates,
      RunCoordinator coordinator,
      ProgressTracker progress,
      Ticker ticker,
      Supplier<WorkerRepository.WorkerStatus> status,
      IntConsumer processes,
      Runnable onTick) {
    this.config = config;
    this.workerRepository = new WorkerRepository(jdbi);
    this.runRepository = new RunRepository(jdbi);
    this.eventRepository = new RunEventRepository(jdbi);
    this.gates = List.copyOf(gates);
    this.coordinator = coordinator;
    this.progress = progress;
    this.ticker = ticker;
    this.status = status;
    this.processes = processes;
    this.onTick = onTick;
  }

  /**
   * Ticks until the thread is interrupted.
   *
   * @param signal signals changes of a gate
   */
  void run(Signal signal) {
    try {
      while (true) {
        long version = signal.version();
        tick();
        signal.await(version, TICK);
      }
    } catch (InterruptedException e) {
      log.debug("the heartbeat ends");
    }
  }

  void tick() {
    gates.forEach(RequestGate::check);
    DatabaseRetry.attempt(this::coordinate, this::onUnavailable);
    onTick.run();
  }

  private boolean coordinate() {
    if (gates.getFirst().isDatabaseUnavailable() || outage.isPresent() || isHeartbeatDue()) {
      successSent = hasSuccess();
      processes.accept(workerRepository.heartbeat(config.worker(), status.get()));
      heartbeatAt = Optional.of(ticker.nanos());
      progress.refresh(() -> runRepository.counts(config.run()));
      onAvailable();
    }
    coordinator.coordinate();
    return true;
  }

  private boolean isHeartbeatDue() {
    return heartbeatAt.isEmpty()
        || ticker.nanos() - heartbeatAt.get() >= LeaseConfig.HEARTBEAT_INTERVAL.toNanos()
        || successSent != hasSuccess();
  }

  /**
   * Sent at once when it changes: a start in the background waits for the first good response, and
   * each process's status decides whether the API fails for all.
   */
  private boolean hasSuccess() {
    return gates.getFirst().timeSinceSuccess().isPresent();
  }

  private void onUnavailable(String reason) {
    gates.forEach(gate -> gate.onDatabaseUnavailable(reason));
    if (outage.isEmpty()) {
      outage = Optional.of(new OutageStart(reason, ticker.nanos()));
      log.warn("the database is unavailable, nothing is sent until it is available: {}", reason);
    }
  }

  private void onAvailable() {
    gates.forEach(RequestGate::onDatabaseAvailable);
    if (outage.isPresent()) {
      Duration duration = Duration.ofNanos(ticker.nanos() - outage.get().since());
      eventRepository.outage(config.run(), config.worker(), outage.get().reason(), duration);
      outage = Optional.empty();
      log.info("the database is available");
    }
  }
}
