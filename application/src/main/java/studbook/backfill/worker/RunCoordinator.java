package studbook.backfill.worker;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import studbook.backfill.pause.PauseInfo;
import studbook.backfill.pause.RequestGate;
import studbook.backfill.plan.WorkerConfig;
import studbook.model.PauseCause;
import studbook.store.run.RunStateRepository;
import studbook.store.run.WorkerRepository;

/**
 * Keeps the gates of this process and the row of its run in step: a pause that one process notices
 * stops all of them, one process at a time probes for all, and the first good response ends it.
 * Takes the run over where its owner died, and leaves it where it is over. For one thread.
 */
final class RunCoordinator {

  private static final Logger log = LoggerFactory.getLogger(RunCoordinator.class);

  /** In ticks: so often a process probes alone that is cut off while others have responses. */
  private static final int PROBE_ALONE_INTERVAL = 15;

  /** In ticks: an unshared pause of a process that died ends after so long without its cause. */
  private static final int UNSHARED_PAUSE_TICKS = 10;

  private final RunStateRepository control;
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
   * @param gates those of all dispatchers; the first tells whether the run is paused
   * @param giveBack gives back the work that is held; called again and again while this process is
   *     isolated, since requests in flight return later
   * @param leave called, perhaps more than once, where the run is over for this process
   */
  RunCoordinator(
      RunStateRepository control,
      WorkerConfig config,
      List<RequestGate> gates,
      WorkerIsolation isolation,
      Runnable giveBack,
      Consumer<RunResult> leave) {
    this.control = control;
    this.config = config;
    this.gate = gates.getFirst();
    this.gates = List.copyOf(gates);
    this.isolation = isolation;
    this.giveBack = giveBack;
    this.leave = leave;
  }

  /** Reads the run's row, reports what is new here, and follows what the row says. */
  void coordinate() {
    ticks++;
    RunStateRepository.RunPoll run = control.look(config.run());
    // Read after the run's state: another process that was asked may have stopped the run already.
    if (control.isStopRequested(config.worker())) {
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
    if (isolation.check(within -> control.hasHealthyPeer(config.run(), config.worker(), within))) {
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
    if (control.pause(config.run(), config.worker(), cause, pause.reason(), pause.left())) {
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

  private void onPaused(RunStateRepository.PauseState paused) {
    if (!paused.cause().isShared()) {
      onUnsharedPause(paused);
      return;
    }
    if (following.isEmpty()) {
      log.warn("paused: {}", paused.reason());
      follow(paused);
    } else if (gate.runPause().isEmpty()) {
      endPause(paused);
      resume();
      return;
    }
    if (paused.cause().isProbed() && control.takeProbe(config.run())) {
      gate.allowProbe();
    }
  }

  private void follow(RunStateRepository.PauseState paused) {
    gates.forEach(each -> each.follow(paused.cause(), paused.reason()));
    following = Optional.of(paused.cause());
  }

  private void endPause(RunStateRepository.PauseState paused) {
    log.info("resumed: {} is over", paused.cause().text());
    control.goOn(config.run(), config.worker(), paused.reason() + ": over");
  }

  /** Each process has such a pause for itself: the one that reported it ends it. */
  private void onUnsharedPause(RunStateRepository.PauseState paused) {
    ticksWithoutCause = gate.pause().isEmpty() ? ticksWithoutCause + 1 : 0;
    if (ticksWithoutCause >= UNSHARED_PAUSE_TICKS
        || (ticksWithoutCause > 0 && reported.isPresent())) {
      endPause(paused);
      reported = Optional.empty();
      ticksWithoutCause = 0;
    }
  }

  private void checkOwner(WorkerRepository.WorkerRow owner) {
    if (owner.id().equals(config.worker())) {
      return;
    }
    if (!owner.isAlive()) {
      if (control.inherit(config.run(), owner.id(), config.worker())) {
        log.info(
            "run {} is this process's now: its owner, {}, died", config.run(), owner.process());
      }
    } else if (!owner.version().equals(config.version())) {
      leave.accept(new RunResult.OtherVersion(owner.process(), owner.version()));
    }
  }
}
