package studbook.backfill.worker;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import studbook.backfill.pause.PauseInfo;
import studbook.backfill.pause.RequestGate;
import studbook.backfill.plan.WorkerConfig;
import studbook.model.PauseCause;
import studbook.store.run.RunStateRepository;
import studbook.store.run.WorkerRepository;

/**
 * Synchronises the gates of this process with the row of its run: a pause that one process notices
 * stops all of them, one process at a time probes for all, and the first good response ends it.
 * Takes the run over if its owner is dead, and leaves it when it has ended. Not thread-safe.
 */
final class RunCoordinator {

  private static final Logger log = LoggerFactory.getLogger(RunCoordinator.class);

  /** In ticks: the interval at which an isolated process probes while others get responses. */
  private static final int PROBE_ALONE_INTERVAL = 15;

  /** In ticks: an unshared pause of a dead process ends after this time without its cause. */
  private static final int UNSHARED_PAUSE_TICKS = 10;

  private final RunStateRepository runStates;
  private final WorkerRepository workers;
  private final WorkerConfig config;
  private final RequestGate gate;
  private final List<RequestGate> gates;
  private final WorkerIsolation isolation;
  private final Runnable giveBack;
  private final Consumer<RunResult> leave;

  private Optional<PauseCause> following = Optional.empty();
  private Optional<PauseCause> reported = Optional.empty();
  private int ticks;
  private int ticksWithoutCause;

  /**
   * @param gates of all dispatchers; the first decides whether the run is paused
   * @param giveBack releases the held work; called repeatedly while this process is isolated, since
   *     requests in flight return later
   * @param leave called, perhaps more than once, when the run has ended for this process
   */
  RunCoordinator(
      Jdbi jdbi,
      WorkerConfig config,
      List<RequestGate> gates,
      WorkerIsolation isolation,
      Runnable giveBack,
      Consumer<RunResult> leave) {
    this.runStates = new RunStateRepository(jdbi);
    this.workers = new WorkerRepository(jdbi);
    this.config = config;
    this.gate = gates.getFirst();
    this.gates = List.copyOf(gates);
    this.isolation = isolation;
    this.giveBack = giveBack;
    this.leave = leave;
  }

  /** Reads the run's row, reports local changes, and applies the row's state. */
  void coordinate() {
    ticks++;
    RunStateRepository.RunPoll run = runStates.poll(config.run());
    // Read after the run's state: another process that was asked may have stopped the run already.
    if (workers.isStopRequested(config.worker())) {
      leave.accept(new RunResult.StopRequested());
      return;
    }
    switch (run.state()) {
      case RUNNING -> onRunning();
      case PAUSED -> run.pause().ifPresent(this::onPaused);
      case STOPPED -> leave.accept(new RunResult.ProcessStopped());
      case FINISHED -> leave.accept(new RunResult.RunFinished());
      case CANCELLED -> leave.accept(new RunResult.RunCancelled());
      case SUPERSEDED -> leave.accept(new RunResult.RunSuperseded());
    }
    checkOwner(run.owner());
    if (isolation.check(
        within -> runStates.hasHealthyPeer(config.run(), config.worker(), within))) {
      giveBack.run();
    }
  }

  private void onRunning() {
    if (following.isPresent()) {
      log.info("resumed: {} is over", following.get().text());
      resume();
      return;
    }
    Optional<PauseInfo> pause = gate.pause();
    if (pause.isEmpty()) {
      reported = Optional.empty();
    } else if (gate.credentialsRejected().isEmpty()) {
      report(pause.get());
    }
  }

  private void resume() {
    gates.forEach(RequestGate::resume);
    following = Optional.empty();
  }

  private void report(PauseInfo pause) {
    PauseCause cause = pause.cause();
    if (reported.equals(Optional.of(cause))) {
      return;
    }
    if (runStates.pause(config.run(), config.worker(), cause, pause.reason(), pause.left())) {
      log.warn("paused: {}", pause.sentence());
      if (cause.isShared()) {
        follow(new RunStateRepository.PauseState(cause, pause.reason()));
      } else {
        reported = Optional.of(cause);
      }
    } else if (cause.isProbed() && ticks % PROBE_ALONE_INTERVAL == 0) {
      gate.allowProbe();
    }
  }

  private void onPaused(RunStateRepository.PauseState pause) {
    if (!pause.cause().isShared()) {
      onUnsharedPause(pause);
      return;
    }
    if (following.isEmpty()) {
      log.warn("paused: {}", pause.reason());
      follow(pause);
    } else if (gate.runPause().isEmpty()) {
      endPause(pause);
      resume();
      return;
    }
    if (pause.cause().isProbed() && runStates.takeProbe(config.run())) {
      gate.allowProbe();
    }
  }

  private void follow(RunStateRepository.PauseState pause) {
    gates.forEach(each -> each.follow(pause.cause(), pause.reason()));
    following = Optional.of(pause.cause());
  }

  private void endPause(RunStateRepository.PauseState pause) {
    log.info("resumed: {} is over", pause.cause().text());
    runStates.resume(config.run(), config.worker(), pause.reason() + ": over");
  }

  /** Each process has such a pause for itself: the one that reported it ends it. */
  private void onUnsharedPause(RunStateRepository.PauseState pause) {
    ticksWithoutCause = gate.pause().isEmpty() ? ticksWithoutCause + 1 : 0;
    if (ticksWithoutCause >= UNSHARED_PAUSE_TICKS
        || (ticksWithoutCause > 0 && reported.isPresent())) {
      endPause(pause);
      reported = Optional.empty();
      ticksWithoutCause = 0;
    }
  }

  private void checkOwner(WorkerRepository.WorkerRow owner) {
    if (owner.id().equals(config.worker())) {
      return;
    }
    if (!owner.isAlive()) {
      if (runStates.takeOver(config.run(), owner.id(), config.worker())) {
        log.info(
            "run {} is this process's now: its owner, {}, died", config.run(), owner.process());
      }
    } else if (!owner.version().equals(config.version())) {
      leave.accept(new RunResult.OtherVersion(owner.process(), owner.version()));
    }
  }
}
