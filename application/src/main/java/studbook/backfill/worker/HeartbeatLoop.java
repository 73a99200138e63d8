package studbook.backfill.worker;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import studbook.backfill.dispatch.RunContext;
import studbook.backfill.dispatch.Signal;
import studbook.backfill.pause.RequestGate;
import studbook.backfill.progress.ProgressTracker;
import studbook.store.database.DatabaseRetry;
import studbook.store.run.WorkerRepository;
import studbook.time.Ticker;

/**
 * What happens every second beside the work, and at once where a gate shuts or opens: the heartbeat
 * that keeps the leases, the run's row, and a look for those who watch.
 */
final class HeartbeatLoop {

  private static final Logger log = LoggerFactory.getLogger(HeartbeatLoop.class);
  private static final Duration BEAT = Duration.ofSeconds(1);
  private static final Duration HEARTBEAT = Duration.ofSeconds(5);

  private final RunWorker.RunStores ledger;
  private final RunContext part;
  private final List<RequestGate> gates;
  private final RunCoordinator steering;
  private final ProgressTracker progress;
  private final Ticker ticker;
  private final HeartbeatListeners watchers;

  private Optional<Long> heartbeatAt = Optional.empty();
  private boolean answerTold;
  private Optional<OwnerAbsence> absence = Optional.empty();

  /** The database is away, since then. */
  private record OwnerAbsence(String reason, long since) {}

  /**
   * Who is asked and told at every beat.
   *
   * @param doing what this process does
   * @param look for those who watch
   */
  record HeartbeatListeners(Supplier<WorkerRepository.WorkerStatus> doing, Runnable look) {}

  /**
   * @param gates those of all lanes; the first tells whether the run is paused
   */
  HeartbeatLoop(
      RunWorker.RunStores ledger,
      RunContext part,
      List<RequestGate> gates,
      RunCoordinator steering,
      ProgressTracker progress,
      Ticker ticker,
      HeartbeatListeners watchers) {
    this.ledger = ledger;
    this.part = part;
    this.gates = List.copyOf(gates);
    this.steering = steering;
    this.progress = progress;
    this.ticker = ticker;
    this.watchers = watchers;
  }

  /**
   * Beats until the thread is interrupted.
   *
   * @param changes rung where a gate shuts or opens
   */
  void beat(Signal changes) {
    try {
      while (true) {
        long seen = changes.rung();
        tick();
        changes.await(seen, BEAT);
      }
    } catch (InterruptedException e) {
      log.debug("the pulse ends");
    }
  }

  /** One beat. For one thread at a time. */
  void tick() {
    gates.forEach(RequestGate::check);
    DatabaseRetry.attempt(this::beat, this::away);
    watchers.look().run();
  }

  private boolean beat() {
    if (gates.getFirst().isDatabaseUnavailable() || absence.isPresent() || isTimeForAHeartbeat()) {
      answerTold = isAnswered();
      ledger.workers().heartbeat(part.worker(), watchers.doing().get());
      heartbeatAt = Optional.of(ticker.nanos());
      progress.refresh(() -> ledger.runs().tally(part.run()));
      back();
    }
    steering.steer();
    return true;
  }

  private boolean isTimeForAHeartbeat() {
    return heartbeatAt.isEmpty()
        || ticker.nanos() - heartbeatAt.get() >= HEARTBEAT.toNanos()
        || answerTold != isAnswered();
  }

  /**
   * Written at once where it changes: a start in the background waits for the first good answer,
   * and whether the API fails for all is judged by what each process writes of itself.
   */
  private boolean isAnswered() {
    return gates.getFirst().timeSinceSuccess().isPresent();
  }

  private void away(String reason) {
    gates.forEach(one -> one.onDatabaseUnavailable(reason));
    if (absence.isEmpty()) {
      absence = Optional.of(new OwnerAbsence(reason, ticker.nanos()));
      log.warn("the database is away, nothing is sent until it is back: {}", reason);
    }
  }

  private void back() {
    gates.forEach(RequestGate::onDatabaseAvailable);
    if (absence.isPresent()) {
      Duration lasted = Duration.ofNanos(ticker.nanos() - absence.get().since());
      ledger.events().outage(part.run(), part.worker(), absence.get().reason(), lasted);
      absence = Optional.empty();
      log.info("the database is back");
    }
  }
}
