package studbook.backfill.dispatch;

import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BinaryOperator;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import studbook.backfill.dispatch.RequestSource.QueuedRequest;
import studbook.backfill.pause.RequestGate;
import studbook.backfill.write.WriteBacklog;
import studbook.crashtest.CrashPoint;
import studbook.ratelimit.NextPermit;
import studbook.ratelimit.RateLimiter;
import studbook.store.database.DatabaseRetry;
import studbook.store.statistics.Bottleneck;
import studbook.time.Sleeper;

/**
 * Turns the permits of one rate limit into requests: each permit goes to the first source that has
 * a request. The number in flight is rate × latency (Little's law). One thread runs it.
 */
public final class RequestDispatcher {

  private static final Logger log = LoggerFactory.getLogger(RequestDispatcher.class);
  private static final Duration POLL = Duration.ofMillis(200);

  /** To open a connection and be answered; the second request waits no longer. */
  private static final Duration FIRST_TIMEOUT = Duration.ofSeconds(3);

  /** A source, and how many of its requests may still be sent. */
  private record SourceSlot(RequestSource source, Semaphore free) {}

  private final RateLimiter limiter;
  private final List<SourceSlot> slots;
  private final RequestGate gate;
  private final WriteBacklog backlog;
  private final Signal signal;
  private final Sleeper sleeper;
  private final RequestExecutor executor;
  private final AtomicReference<Bottleneck> bottleneck;
  private boolean firstSent;

  /**
   * A dispatcher of one rate limit.
   *
   * @param sources in order of priority
   * @param backlog stops sending while it is full
   * @param signal of a new request, or the end of the run
   * @param bottleneck receives what the dispatcher waits for
   */
  public RequestDispatcher(
      RateLimiter limiter,
      List<RequestSource> sources,
      RequestGate gate,
      WriteBacklog backlog,
      Signal signal,
      Sleeper sleeper,
      RequestExecutor executor,
      AtomicReference<Bottleneck> bottleneck) {
    this.limiter = limiter;
    this.slots =
        sources.stream()
            .map(source -> new SourceSlot(source, new Semaphore(source.concurrency())))
            .toList();
    this.gate = gate;
    this.backlog = backlog;
    this.signal = signal;
    this.sleeper = sleeper;
    this.executor = executor;
    this.bottleneck = bottleneck;
  }

  /**
   * Sends while {@code shouldContinue}, until {@code done}, which is called when there is nothing
   * to send.
   */
  public void run(BooleanSupplier shouldContinue, BooleanSupplier done)
      throws InterruptedException {
    while (shouldContinue.getAsBoolean()) {
      Duration wait = gate.tryAcquire();
      if (!wait.isZero()) {
        bottleneck.set(Bottleneck.PAUSED);
        sleeper.sleep(Collections.min(List.of(wait, POLL)));
        continue;
      }
      long version = signal.version();
      if (backlog.isFull(inFlight())) {
        bottleneck.set(Bottleneck.DATABASE);
        signal.await(version, POLL);
      } else if (!whileAvailable(this::sendNext)) {
        if (whileAvailable(done::getAsBoolean)) {
          return;
        }
        signal.await(version, untilNextPoll());
      }
    }
  }

  /** False if the database is unavailable. */
  private boolean whileAvailable(
      DatabaseRetry.DatabaseCall<Boolean, InterruptedException> statement)
      throws InterruptedException {
    return DatabaseRetry.attempt(statement, gate::onDatabaseUnavailable).orElse(false);
  }

  private int inFlight() {
    return slots.stream()
        .mapToInt(slot -> slot.source().concurrency() - slot.free().availablePermits())
        .sum();
  }

  private Duration untilNextPoll() {
    return slots.stream()
        .flatMap(slot -> slot.source().nextDueIn().stream())
        .reduce(POLL, BinaryOperator.minBy(Comparator.naturalOrder()));
  }

  /** Returns whether there was a request to send. */
  private boolean sendNext() throws InterruptedException {
    for (SourceSlot slot : slots) {
      Optional<QueuedRequest> request = slot.source().poll();
      if (request.isPresent()) {
        send(request.get(), slot.free());
        return true;
      }
      if (slot.source().blocksLaterSources()) {
        bottleneck.set(Bottleneck.API_LATENCY);
        return false;
      }
    }
    if (slots.stream().anyMatch(slot -> slot.source().nextDueIn().isPresent())) {
      bottleneck.set(Bottleneck.RETRIES);
    } else {
      bottleneck.set(inFlight() > 0 ? Bottleneck.LAST_RESPONSES : Bottleneck.NO_FREE_WORK);
    }
    return false;
  }

  private void send(QueuedRequest request, Semaphore free) throws InterruptedException {
    if (!free.tryAcquire()) {
      bottleneck.set(Bottleneck.API_LATENCY);
      free.acquire();
    }
    bottleneck.set(Bottleneck.RATE_LIMIT);
    NextPermit next;
    try {
      next = limiter.next();
    } catch (RuntimeException | InterruptedException e) {
      free.release();
      request.requeue();
      throw e;
    }
    switch (next) {
      case NextPermit.Blocked(Duration wait) -> {
        free.release();
        request.requeue();
        gate.pauseFor(wait);
      }
      case NextPermit.Permit permit when firstSent ->
          executor.execute(() -> run(request, permit, free));
      case NextPermit.Permit permit -> {
        firstSent = sendFirst(request, permit, free);
        sleeper.sleep(limiter.window());
      }
    }
  }

  /**
   * The first request is late by far more than the rate limit's margin, because of a cold client
   * and its handshake. So it goes alone, and a window passes before the second. Returns whether it
   * was sent; one that hangs has reached the API.
   */
  private boolean sendFirst(QueuedRequest request, NextPermit.Permit permit, Semaphore free)
      throws InterruptedException {
    Future<Boolean> sent = executor.submit(() -> run(request, permit, free));
    try {
      return sent.get(FIRST_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return true;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Runs a request; returns false if its permit has expired. Catches everything: an exception would
   * end this thread silently, and the horse would never be completed.
   */
  private boolean run(QueuedRequest request, NextPermit.Permit permit, Semaphore free) {
    boolean isValid = false;
    try {
      CrashPoint.AFTER_SLOT.reached();
      isValid = limiter.maySend(permit);
      if (isValid) {
        DatabaseRetry.attempt(
            () -> {
              request.run(permit, limiter);
              return true;
            },
            reason -> {
              gate.onDatabaseUnavailable(reason);
              request.requeue();
            });
      } else {
        request.requeue();
      }
    } catch (InterruptedException e) {
      log.debug("a request was in flight when the run was stopped");
    } catch (Throwable e) {
      executor.onError(e);
    } finally {
      free.release();
    }
    return isValid;
  }
}
