package studbook.backfill;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import studbook.racingapi.Answer;
import studbook.racingapi.Attempt;
import studbook.racingapi.Pacer;
import studbook.racingapi.RacingApi;
import studbook.racingapi.Turn;
import studbook.store.Lease;
import studbook.store.Outage;
import studbook.store.Outcomes;
import studbook.store.Pieces;
import studbook.store.RunEvents;
import studbook.store.Runs;
import studbook.store.Settled;
import studbook.store.Workers;
import studbook.time.Rate;
import studbook.time.Sleeper;
import studbook.time.Ticker;

/**
 * Works on one run: leases pieces, gives each slot of the budget to a horse, and hands every
 * outcome to the scribe. A slot drives a request, so that as many are under way as rate and latency
 * make (Little's law), whatever the latency is. One thread calls {@link #work}; {@link #stop} is
 * for any.
 */
final class Worker {

  private static final Logger log = LoggerFactory.getLogger(Worker.class);

  /** Under way at once where no rate bounds it: more only queue at the server. */
  private static final int UNLIMITED_CONCURRENCY = 64;

  private static final int MOST_CONCURRENCY = 2_000;

  /** Horses: enough for a fast run while another piece is leased. */
  private static final int RUNNING_LOW = 100;

  private static final Duration IN_FLIGHT_MAY_TAKE = Duration.ofMillis(2_500);
  private static final Duration WRITING_MAY_TAKE = Duration.ofSeconds(1);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

  /** The store as a worker sees it. */
  record Ledger(
      Runs runs,
      RunEvents events,
      Pieces pieces,
      Outcomes outcomes,
      Workers workers,
      Recorder.Book book) {}

  /** Time as a worker sees it. */
  record Time(Ticker ticker, Sleeper sleeper) {}

  /**
   * How it works.
   *
   * @param timeout of a whole request
   */
  record Manner(UUID worker, Rate rate, Duration timeout, Judge judge) {

    /** In which the API counts; none where nothing is limited. */
    Duration window() {
      double slots = Math.ceil(rate.perSecond());
      return rate.isUnlimited()
          ? Duration.ZERO
          : Duration.ofMillis(Math.round(1000 * slots / rate.perSecond()));
    }

    int concurrency() {
      return rate.isUnlimited()
          ? UNLIMITED_CONCURRENCY
          : (int)
              Math.min(
                  MOST_CONCURRENCY,
                  Math.max(8, Math.ceil(rate.perSecond() * timeout.toMillis() / 1000.0)));
    }
  }

  private final Ledger ledger;
  private final RacingApi api;
  private final Pacer pacer;
  private final Manner manner;
  private final Time time;
  private final RunListener listener;
  private final Gate gate;
  private final TaskQueue queue;
  private final Semaphore permits;
  private final Bound bound;
  private final AtomicReference<@Nullable Throwable> broken = new AtomicReference<>();

  private boolean acquainted;
  private volatile boolean stopping;
  private volatile @Nullable Thread dispatcher;

  Worker(
      Ledger ledger, RacingApi api, Pacer pacer, Manner manner, Time time, RunListener listener) {
    this.ledger = ledger;
    this.api = api;
    this.pacer = pacer;
    this.manner = manner;
    this.time = time;
    this.listener = listener;
    this.gate = new Gate(time.ticker());
    this.queue = new TaskQueue(time.ticker());
    this.permits = new Semaphore(manner.concurrency());
    this.bound = new Bound();
  }

  /**
   * Works until every horse of {@code run} is settled, or it is told to stop. What was answered is
   * written before it returns, what it held is given back.
   */
  Ending work(long run) {
    Progress progress = new Progress(ledger.runs().tally(run), time.ticker());
    Scribe scribe =
        new Scribe(
            ledger.outcomes(), gate, time.sleeper(), settled -> committed(run, settled, progress));
    Thread writing = start("scribe", scribe::run);
    Recorder recorder = new Recorder(ledger.book(), api, manner.worker(), time.ticker());
    Pulse pulse =
        new Pulse(
            ledger,
            run,
            manner.worker(),
            gate,
            progress,
            time.ticker(),
            () -> look(view(run, progress), recorder));
    Thread beating = start("pulse", () -> pulse.beat(time.sleeper()));
    ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
    dispatcher = Thread.currentThread();
    try {
      dispatch(run, scribe, requests);
    } catch (InterruptedException e) {
      log.debug("stopping");
    } finally {
      dispatcher = null;
      finish(requests, scribe, writing);
      beating.interrupt();
      join(beating, WRITING_MAY_TAKE);
      release(run);
    }
    RunView last = view(run, progress);
    recorder.note(last);
    listener.ticked(last);
    return ending();
  }

  private void look(RunView view, Recorder recorder) {
    recorder.tick(view);
    listener.ticked(view);
  }

  /** Asks {@link #work} to come to its end: nothing new is sent, what is under way may finish. */
  void stop() {
    stopping = true;
    Thread working = dispatcher;
    if (working != null) {
      working.interrupt();
    }
  }

  private Ending ending() {
    Throwable trouble = broken.get();
    if (trouble != null) {
      throw new IllegalStateException("the run broke off: " + trouble, trouble);
    }
    Optional<Integer> refused = gate.refused();
    if (refused.isPresent()) {
      return new Ending.Refused(refused.get());
    }
    return stopping ? new Ending.Stopped() : new Ending.Finished();
  }

  private void dispatch(long run, Scribe scribe, ExecutorService requests)
      throws InterruptedException {
    Supply supply = new Supply(() -> refill(run));
    while (!stopping && broken.get() == null && gate.refused().isEmpty()) {
      Duration patience = gate.patience();
      if (!patience.isZero()) {
        bound.waitsFor("paused");
        time.sleeper().sleep(min(patience, LOOK_AGAIN));
        continue;
      }
      if (queue.ready() <= RUNNING_LOW) {
        supply.ask(requests);
      }
      Optional<Task> next = queue.poll();
      if (next.isPresent()) {
        send(next.get(), scribe, requests);
      } else if (!supply.came()) {
        if (queue.inHand() == 0 && isDone(run)) {
          return;
        }
        bound.waitsFor("the last answers");
        queue.await(LOOK_AGAIN);
      }
    }
  }

  private void send(Task task, Scribe scribe, ExecutorService requests)
      throws InterruptedException {
    if (!permits.tryAcquire()) {
      bound.waitsFor("its latency");
      permits.acquire();
    }
    bound.waitsFor("the API");
    Turn turn;
    try {
      turn = pacer.next();
    } catch (RuntimeException e) {
      permits.release();
      queue.again(task, Duration.ZERO);
      away(e);
      return;
    }
    switch (turn) {
      case Turn.Hold(Duration left) -> {
        permits.release();
        queue.again(task, Duration.ZERO);
        gate.hold(left);
      }
      case Turn.Slot slot when acquainted -> requests.execute(() -> request(task, slot, scribe));
      case Turn.Slot slot -> {
        // A cold client and its first handshake make the first request late by far more than the
        // budget's margin. So it goes alone, and a window passes before the second.
        acquainted = true;
        request(task, slot, scribe);
        time.sleeper().sleep(manner.window());
      }
    }
  }

  private void request(Task task, Turn.Slot slot, Scribe scribe) {
    try {
      boolean charged = gate.charges();
      Attempt attempt = api.ask(task.horse(), task.endpoint());
      if (attempt.answer() instanceof Answer.Throttled(Optional<Duration> after)) {
        pacer
            .throttled(slot, after)
            .reducedUntil()
            .ifPresent(until ->
                log.warn("429 three times in ten seconds: 0.7 of the rate until {}", until));
      }
      gate.saw(attempt.answer());
      switch (manner.judge().judge(task, attempt, charged && gate.charges())) {
        case Step.Settle(var outcome, var errors) -> scribe.settle(outcome, errors);
        case Step.Again(Task again, Duration delay, var errors) -> {
          scribe.record(errors);
          queue.again(again, delay);
        }
      }
    } catch (InterruptedException e) {
      log.debug("{} was under way when the run was stopped", task.horse());
    } catch (RuntimeException e) {
      if (Outage.passes(e)) {
        gate.databaseAway(Outage.reason(e));
        queue.again(task, Duration.ZERO);
      } else {
        broken.compareAndSet(null, e);
      }
    } finally {
      permits.release();
    }
  }

  /** Leases another piece; false where there is none just now. */
  private boolean refill(long run) {
    try {
      Optional<Lease> lease = ledger.pieces().claim(run, manner.worker());
      lease.ifPresent(held -> queue.add(held, ledger.pieces().pending(held)));
      gate.databaseBack();
      return lease.isPresent();
    } catch (RuntimeException e) {
      away(e);
      return false;
    }
  }

  private boolean isDone(long run) {
    try {
      return ledger.pieces().allClosed(run);
    } catch (RuntimeException e) {
      away(e);
      return false;
    }
  }

  private void away(RuntimeException e) {
    if (!Outage.passes(e)) {
      throw e;
    }
    gate.databaseAway(Outage.reason(e));
  }

  private void committed(long run, List<Settled> settled, Progress progress) {
    progress.add(settled);
    int left = 0;
    for (Settled one : settled) {
      left++;
      if (one instanceof Settled.LeaseLost lost) {
        queue.drop(lost.outcome().lease());
      }
    }
    queue.left(left);
    List<Settled.Written> written =
        settled.stream()
            .filter(Settled.Written.class::isInstance)
            .map(Settled.Written.class::cast)
            .toList();
    if (!written.isEmpty()) {
      listener.committed(written, view(run, progress));
    }
  }

  private RunView view(long run, Progress progress) {
    Optional<Pause> pause = gate.pause();
    return new RunView(
        run,
        progress.tally(),
        progress.perSecond(),
        Estimate.remaining(progress.tally(), progress.perSecond(), manner.rate()),
        pause.map(Pause::sentence),
        pause.isPresent() ? "paused" : bound.name());
  }

  private void finish(ExecutorService requests, Scribe scribe, Thread writing) {
    requests.shutdown();
    if (!await(requests, IN_FLIGHT_MAY_TAKE)) {
      requests.shutdownNow();
      await(requests, Duration.ofMillis(200));
    }
    scribe.close();
    join(writing, WRITING_MAY_TAKE);
    if (writing.isAlive()) {
      writing.interrupt();
    }
  }

  private void release(long run) {
    try {
      ledger.pieces().release(run, manner.worker());
    } catch (RuntimeException e) {
      log.warn(
          "the leases could not be given back and run out by themselves: {}", Outage.reason(e));
    }
  }

  private Thread start(String name, Runnable work) {
    return Thread.ofPlatform()
        .name(name)
        .daemon()
        .uncaughtExceptionHandler((thread, trouble) -> {
          broken.compareAndSet(null, trouble);
          stop();
        })
        .start(work);
  }

  private static boolean await(ExecutorService executor, Duration longest) {
    try {
      return executor.awaitTermination(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return false;
    }
  }

  private static void join(Thread thread, Duration longest) {
    try {
      thread.join(longest);
    } catch (InterruptedException e) {
      thread.interrupt();
    }
  }

  private static Duration min(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }
}
