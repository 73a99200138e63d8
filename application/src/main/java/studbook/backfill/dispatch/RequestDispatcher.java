package studbook.backfill.dispatch;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import studbook.backfill.dispatch.RequestSource.QueuedRequest;
import studbook.backfill.pause.RequestGate;
import studbook.crashtest.CrashPoint;
import studbook.ratelimit.NextPermit;
import studbook.ratelimit.RateLimiter;
import studbook.store.database.DatabaseRetry;
import studbook.store.statistics.Bottleneck;
import studbook.time.Rate;
import studbook.time.Sleeper;

/**
 * One budget and what is asked with it: each slot goes to the first agenda that has something to
 * ask. A slot drives a request, so that as many are under way as rate and latency make (Little's
 * law), whatever the latency is. One thread runs it.
 */
public final class RequestDispatcher {

  private static final Logger log = LoggerFactory.getLogger(RequestDispatcher.class);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

  /** To open a connection and be answered; what takes longer is not waited for. */
  private static final Duration FIRST_MAY_TAKE = Duration.ofSeconds(3);

  /**
   * What lanes share.
   *
   * @param backlog of profiles; while it is full no lane sends
   * @param requests carries a thread for each request
   * @param broken told of what should not happen to a request; the run ends with that reason
   */
  public record DispatcherDependencies(
      RequestGate gate,
      WriteBacklog backlog,
      Signal bell,
      Sleeper sleeper,
      Executor requests,
      Consumer<Throwable> broken) {}

  /** An agenda, and how many of its requests may still leave. */
  private record SourceSlot(RequestSource agenda, Semaphore free) {}

  private final DispatcherDependencies around;
  private final RateLimiter pacer;
  private final Duration window;
  private final List<SourceSlot> tracks;
  private final BottleneckTracker bound;
  private boolean acquainted;

  /**
   * @param agendas the one that goes first, first
   * @param bound told what the lane waits for
   */
  public RequestDispatcher(
      DispatcherDependencies around,
      RateLimiter pacer,
      Rate rate,
      List<RequestSource> agendas,
      BottleneckTracker bound) {
    this.around = around;
    this.pacer = pacer;
    this.window = window(rate);
    this.tracks =
        agendas.stream()
            .map(agenda -> new SourceSlot(agenda, new Semaphore(agenda.concurrency())))
            .toList();
    this.bound = bound;
  }

  /** In which the API counts; none where nothing is limited. */
  private static Duration window(Rate rate) {
    double slots = Math.ceil(rate.perSecond());
    return rate.isUnlimited()
        ? Duration.ZERO
        : Duration.ofMillis(Math.round(1000 * slots / rate.perSecond()));
  }

  /**
   * Sends until {@code done}, which is asked where nothing is to be sent, or while {@code goesOn}.
   */
  public void run(BooleanSupplier goesOn, BooleanSupplier done) throws InterruptedException {
    while (goesOn.getAsBoolean()) {
      Duration patience = around.gate().tryAcquire();
      if (!patience.isZero()) {
        bound.waitsFor(Bottleneck.PAUSED);
        around.sleeper().sleep(min(patience, LOOK_AGAIN));
        continue;
      }
      long seen = around.bell().rung();
      if (around.backlog().isFull(underWay())) {
        bound.waitsFor(Bottleneck.DATABASE);
        around.bell().await(seen, LOOK_AGAIN);
        continue;
      }
      if (!sendNext()) {
        if (isDone(done)) {
          return;
        }
        around.bell().await(seen, untilNextLook());
      }
    }
  }

  private int underWay() {
    return tracks.stream()
        .mapToInt(track -> track.agenda().concurrency() - track.free().availablePermits())
        .sum();
  }

  private boolean isDone(BooleanSupplier done) {
    return DatabaseRetry.attempt(done::getAsBoolean, around.gate()::onDatabaseUnavailable).orElse(false);
  }

  private Duration untilNextLook() {
    return tracks.stream()
        .flatMap(track -> track.agenda().dueIn().stream())
        .reduce(LOOK_AGAIN, RequestDispatcher::min);
  }

  /** Whether there was something to be sent. */
  private boolean sendNext() throws InterruptedException {
    return DatabaseRetry.attempt(this::sendNextErrand, around.gate()::onDatabaseUnavailable).orElse(false);
  }

  private boolean sendNextErrand() throws InterruptedException {
    for (SourceSlot track : tracks) {
      Optional<QueuedRequest> errand = track.agenda().next();
      if (errand.isPresent()) {
        send(errand.get(), track.free());
        return true;
      }
      if (track.agenda().holdsOthers()) {
        bound.waitsFor(Bottleneck.API_LATENCY);
        return false;
      }
    }
    bound.waitsFor(nothingToSend());
    return false;
  }

  private Bottleneck nothingToSend() {
    if (tracks.stream().anyMatch(track -> track.agenda().dueIn().isPresent())) {
      return Bottleneck.RETRIES;
    }
    return underWay() > 0 ? Bottleneck.LAST_RESPONSES : Bottleneck.NO_FREE_WORK;
  }

  private void send(QueuedRequest errand, Semaphore free) throws InterruptedException {
    if (!free.tryAcquire()) {
      bound.waitsFor(Bottleneck.API_LATENCY);
      free.acquire();
    }
    bound.waitsFor(Bottleneck.RATE_LIMIT);
    NextPermit turn;
    try {
      turn = pacer.next();
    } catch (RuntimeException | InterruptedException e) {
      free.release();
      errand.putBack();
      throw e;
    }
    switch (turn) {
      case NextPermit.Blocked(Duration left) -> {
        free.release();
        errand.putBack();
        around.gate().pauseFor(left);
      }
      case NextPermit.Permit slot when acquainted ->
          around.requests().execute(() -> run(errand, slot, free));
      case NextPermit.Permit slot -> {
        acquainted = sendFirst(errand, slot, free);
        around.sleeper().sleep(window);
      }
    }
  }

  /**
   * A cold client and its first handshake make the first request late by far more than the rate
   * limit's margin. So it goes alone, and a window passes before the second. One that hangs has
   * arrived long since. Tells whether it left.
   */
  private boolean sendFirst(QueuedRequest errand, NextPermit.Permit slot, Semaphore free)
      throws InterruptedException {
    CompletableFuture<Boolean> sent =
        CompletableFuture.supplyAsync(() -> run(errand, slot, free), around.requests());
    try {
      return sent.get(FIRST_MAY_TAKE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return true;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Starts the request; returns false where its permit has expired. Catches everything: an
   * exception would end this thread without a message, and its horse would never be completed.
   */
  private boolean run(QueuedRequest errand, NextPermit.Permit slot, Semaphore free) {
    boolean mayLeave = false;
    try {
      CrashPoint.AFTER_SLOT.reached();
      mayLeave = pacer.mayLeave(slot);
      if (mayLeave) {
        DatabaseRetry.attempt(
            () -> {
              errand.run(slot, pacer);
              return true;
            },
            reason -> {
              around.gate().onDatabaseUnavailable(reason);
              errand.putBack();
            });
      } else {
        errand.putBack();
      }
    } catch (InterruptedException e) {
      log.debug("a request was under way when the run was stopped");
    } catch (Throwable e) {
      around.broken().accept(e);
    } finally {
      free.release();
    }
    return mayLeave;
  }

  private static Duration min(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }
}
