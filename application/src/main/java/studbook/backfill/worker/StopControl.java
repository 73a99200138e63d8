package studbook.backfill.worker;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import studbook.backfill.pause.RequestGate;

/**
 * Whether a worker continues, and how its part in the run ends. Stopping interrupts the sending
 * threads. Safe for many threads.
 */
final class StopControl {

  private static final Logger log = LoggerFactory.getLogger(StopControl.class);

  private final RequestGate gate;
  private final Set<Thread> senders = ConcurrentHashMap.newKeySet();
  private final AtomicReference<@Nullable RunResult> left = new AtomicReference<>();
  private final AtomicReference<@Nullable Throwable> error = new AtomicReference<>();
  private volatile boolean stopping;

  /**
   * @param gate knows whether the API rejected the credentials
   */
  StopControl(RequestGate gate) {
    this.gate = gate;
  }

  boolean shouldContinue() {
    return !stopping && error.get() == null && gate.credentialsRejected().isEmpty();
  }

  void interruptOnStop(Thread sender) {
    senders.add(sender);
  }

  /** Sending threads are not interrupted any more. */
  void clearSenders() {
    senders.clear();
  }

  /** Nothing new is sent; requests in flight may finish. */
  void stop() {
    stopping = true;
    senders.forEach(Thread::interrupt);
  }

  /** The run has ended for this process. */
  void leave(RunResult result) {
    if (left.compareAndSet(null, result)) {
      log.info("run left: {}", result);
      stop();
    }
  }

  /** An unhandled error ends the run; the first one counts. */
  void fail(Throwable cause) {
    error.compareAndSet(null, cause);
    stop();
  }

  /**
   * The end of the worker's part in the run.
   *
   * @throws IllegalStateException if an error ended it
   */
  RunResult result() {
    Throwable cause = error.get();
    if (cause != null) {
      throw new IllegalStateException("the run broke off: " + cause, cause);
    }
    RunResult result = left.get();
    Optional<Integer> rejected = gate.credentialsRejected();
    if (rejected.isPresent()) {
      return new RunResult.CredentialsRejected(rejected.get());
    }
    if (result != null) {
      return result;
    }
    return stopping ? new RunResult.ProcessStopped() : new RunResult.RunFinished();
  }
}
