package studbook.backfill.worker;

import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import studbook.backfill.pause.RequestGate;
import studbook.time.Ticker;

/**
 * Whether a worker continues, and how its part in the run ends. Stopping interrupts the sending
 * threads. Safe for many threads.
 */
final class StopControl {

  private static final Logger log = LoggerFactory.getLogger(StopControl.class);

  /** From the stop until results that are not written are given up; the process may take 4.8 s. */
  private static final Duration WRITE_TIMEOUT = Duration.ofMillis(3_800);

  /** However long the requests in flight took. */
  private static final Duration MIN_WRITE_TIMEOUT = Duration.ofSeconds(1);

  private final RequestGate gate;
  private final Ticker ticker;
  private final Set<Thread> senders = new HashSet<>();
  private final AtomicReference<@Nullable RunResult> left = new AtomicReference<>();
  private final AtomicReference<@Nullable Throwable> error = new AtomicReference<>();
  private volatile boolean stopping;
  private volatile long stoppedAt;

  /**
   * @param gate knows whether the API rejected the credentials
   */
  StopControl(RequestGate gate, Ticker ticker) {
    this.gate = gate;
    this.ticker = ticker;
  }

  boolean shouldContinue() {
    return !stopping && error.get() == null && gate.credentialsRejected().isEmpty();
  }

  synchronized void interruptOnStop(Thread sender) {
    senders.add(sender);
  }

  /**
   * The calling thread has stopped sending and waits for what was sent. It is not interrupted any
   * more, not even by a stop that it noticed without waiting: that would end its next wait, and the
   * responses in flight would be lost.
   */
  synchronized void endSending() {
    senders.clear();
    boolean _ = Thread.interrupted();
  }

  /** Nothing new is sent; requests in flight may finish. */
  synchronized void stop() {
    if (!stopping) {
      stoppedAt = ticker.nanos();
      stopping = true;
    }
    senders.forEach(Thread::interrupt);
  }

  /** How long results may still be written, while the writer has not ended by itself. */
  Duration writeTimeout() {
    Duration left = stopping ? WRITE_TIMEOUT.minusNanos(ticker.nanos() - stoppedAt) : WRITE_TIMEOUT;
    return left.compareTo(MIN_WRITE_TIMEOUT) < 0 ? MIN_WRITE_TIMEOUT : left;
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
