package studbook.backfill.worker;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import studbook.backfill.pause.PauseInfo;
import studbook.backfill.pause.RequestGate;
import studbook.model.PauseCause;
import studbook.store.run.RunStateRepository;
import studbook.store.run.WorkerRepository;

/**
 * Keeps the gates of this process and the row of its run in step: what one process notices holds
 * all of them, one probe at a time asks for all, and the first good answer opens every gate. Takes
 * the run over where its owner died, and leaves it where it is over. For one thread.
 */
final class RunCoordinator {

  private static final Logger log = LoggerFactory.getLogger(RunCoordinator.class);

  /** In beats: so often a process probes alone that is cut off while others are answered. */
  private static final int PROBES_ALONE = 15;

  /** In beats: after so long a pause that nobody shares is over, if who told of it is gone. */
  private static final int BELIEVED = 10;

  /**
   * Who steers.
   *
   * @param version of this Studbook
   */
  record WorkerHandle(long run, UUID worker, String version) {}

  private final RunStateRepository control;
  private final WorkerHandle hand;
  private final RequestGate gate;
  private final List<RequestGate> gates;
  private final WorkerIsolation isolation;
  private final Runnable giveBack;
  private final Consumer<RunResult> leave;

  private Optional<PauseCause> following = Optional.empty();
  private Optional<PauseCause> told = Optional.empty();
  private int beats;
  private int open;

  /**
   * @param gates those of all lanes; the first tells whether the run is paused
   * @param giveBack gives back the work in hand; called again and again while this process is
   *     isolated, since what is under way comes back later
   * @param leave told, perhaps more than once, that the run is over for this process
   */
  RunCoordinator(
      RunStateRepository control,
      WorkerHandle hand,
      List<RequestGate> gates,
      WorkerIsolation isolation,
      Runnable giveBack,
      Consumer<RunResult> leave) {
    this.control = control;
    this.hand = hand;
    this.gate = gates.getFirst();
    this.gates = List.copyOf(gates);
    this.isolation = isolation;
    this.giveBack = giveBack;
    this.leave = leave;
  }

  /** Looks at the run's row, tells it what is new here, and follows what it says. */
  void steer() {
    beats++;
    RunStateRepository.RunPoll look = control.look(hand.run());
    // Read after the run's state: another process that was asked may have stopped the run already.
    if (control.isStopRequested(hand.worker())) {
      leave.accept(new RunResult.StopRequested());
      return;
    }
    switch (look.state()) {
      case RUNNING -> running();
      case PAUSED -> look.pause().ifPresent(this::paused);
      case STOPPED -> leave.accept(new RunResult.ProcessStopped());
      case FINISHED -> leave.accept(new RunResult.RunFinished());
      case CANCELLED -> leave.accept(new RunResult.RunCancelled());
      case SUPERSEDED -> leave.accept(new RunResult.RunSuperseded());
    }
    lookAtTheOwner(look.owner());
    if (isolation.check(within -> control.hasHealthyPeer(hand.run(), hand.worker(), within))) {
      giveBack.run();
    }
  }

  private void running() {
    if (following.isPresent()) {
      log.info("going on: {} is over", following.get().text());
      gates.forEach(RequestGate::resume);
      following = Optional.empty();
      return;
    }
    Optional<PauseInfo> pause = gate.pause();
    if (pause.isEmpty()) {
      told = Optional.empty();
    } else if (gate.credentialsRejected().isEmpty()) {
      tell(pause.get());
    }
  }

  private void tell(PauseInfo pause) {
    PauseCause cause = pause.cause();
    if (told.equals(Optional.of(cause))) {
      return;
    }
    if (control.pause(hand.run(), hand.worker(), cause, pause.reason(), pause.left())) {
      log.warn("paused: {}", pause.sentence());
      if (cause.isShared()) {
        followFrom(new RunStateRepository.PauseState(cause, pause.reason()));
      } else {
        told = Optional.of(cause);
      }
    } else if (cause.isProbed() && beats % PROBES_ALONE == 0) {
      gate.allowProbe();
    }
  }

  private void paused(RunStateRepository.PauseState paused) {
    if (!paused.cause().isShared()) {
      alone(paused);
      return;
    }
    if (following.isEmpty()) {
      log.warn("paused: {}", paused.reason());
      followFrom(paused);
    } else if (gate.runPause().isEmpty()) {
      log.info("going on: {} has healed", paused.cause().text());
      control.goOn(hand.run(), hand.worker(), paused.reason() + ": healed");
      gates.forEach(RequestGate::resume);
      following = Optional.empty();
      return;
    }
    if (paused.cause().isProbed() && control.takeProbe(hand.run())) {
      gate.allowProbe();
    }
  }

  private void followFrom(RunStateRepository.PauseState paused) {
    gates.forEach(one -> one.follow(paused.cause(), paused.reason()));
    following = Optional.of(paused.cause());
  }

  /** A pause that each process has for itself: who told of it says when it is over. */
  private void alone(RunStateRepository.PauseState paused) {
    open = gate.pause().isEmpty() ? open + 1 : 0;
    if (open >= BELIEVED || (open > 0 && told.isPresent())) {
      log.info("going on: {} has healed", paused.cause().text());
      control.goOn(hand.run(), hand.worker(), paused.reason() + ": healed");
      told = Optional.empty();
      open = 0;
    }
  }

  private void lookAtTheOwner(WorkerRepository.WorkerRow owner) {
    if (owner.id().equals(hand.worker())) {
      return;
    }
    if (!owner.isAlive()) {
      if (control.inherit(hand.run(), owner.id(), hand.worker())) {
        log.info("run {} is this process's now: its owner, {}, died", hand.run(), owner.process());
      }
    } else if (!owner.version().equals(hand.version())) {
      leave.accept(new RunResult.OtherVersion(owner.process(), owner.version()));
    }
  }
}
