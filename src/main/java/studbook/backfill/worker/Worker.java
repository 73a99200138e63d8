package studbook.backfill.worker;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import studbook.backfill.dispatch.Bell;
import studbook.backfill.dispatch.Bound;
import studbook.backfill.dispatch.RunContext;
import studbook.backfill.dispatch.Threads;
import studbook.backfill.dispatch.WriteBacklog;
import studbook.backfill.pause.Gate;
import studbook.backfill.pause.Refusals;
import studbook.backfill.plan.Manner;
import studbook.backfill.profile.HeldExit;
import studbook.backfill.profile.KnownHorses;
import studbook.backfill.profile.Scribe;
import studbook.backfill.profile.TaskQueue;
import studbook.backfill.progress.Progress;
import studbook.backfill.progress.Recorder;
import studbook.backfill.progress.RunListener;
import studbook.backfill.progress.RunView;
import studbook.backfill.racecard.DayScribe;
import studbook.backfill.racecard.Recollection;
import studbook.backfill.racecard.Sweep;
import studbook.racingapi.RacingApi;
import studbook.ratelimit.Pacer;
import studbook.store.database.DatabaseRetry;
import studbook.store.database.LockHolders;
import studbook.store.error.Outage;
import studbook.store.outcome.Outcomes;
import studbook.store.outcome.Settled;
import studbook.store.racecard.KnownProfiles;
import studbook.store.racecard.ReadDay;
import studbook.store.racecard.SweepTotals;
import studbook.store.racecard.Sweeps;
import studbook.store.run.RunControl;
import studbook.store.run.Runs;
import studbook.store.run.Workers;
import studbook.store.work.Lease;
import studbook.store.work.Pieces;
import studbook.store.work.RunEvents;
import studbook.time.Sleeper;
import studbook.time.Ticker;

/**
 * Works on one run: settles what is remembered, reads days of racecards, and asks for horses. With
 * one budget the days go first; where racecards have a limit of their own, two lanes run side by
 * side. One thread calls {@link #work}; {@link #stop} is for any.
 */
public final class Worker {

  private static final Logger log = LoggerFactory.getLogger(Worker.class);

  private static final Duration IN_FLIGHT_MAY_TAKE = Duration.ofMillis(2_500);
  private static final Duration WRITING_MAY_TAKE = Duration.ofSeconds(1);

  /** The store as a worker sees it. */
  public record Ledger(
      Runs runs,
      RunControl control,
      RunEvents events,
      Pieces pieces,
      Outcomes outcomes,
      Workers workers,
      Racecards racecards,
      Recorder.Book book,
      LockHolders lockHolders) {}

  /** What the store knows of racecards. */
  public record Racecards(Sweeps sweeps, KnownProfiles known) {}

  /** The API, and the budgets that its requests pass; racecards may have one of their own. */
  public record Api(RacingApi api, Pacer pacer, Optional<Pacer> racecards) {}

  /** Time as a worker sees it. */
  public record Time(Ticker ticker, Sleeper sleeper) {}

  private final Ledger ledger;
  private final Api api;
  private final Manner manner;
  private final Time time;
  private final RunListener listener;
  private final Gate gate;
  private final Gate racecardsGate;
  private final Isolation isolation;
  private final Bell bell;
  private final TaskQueue queue;
  private final Bell changes;
  private final Bound bound = new Bound();
  private final WriteBacklog backlog;
  private final WriteBacklog daysBacklog;
  private final Refusals refusals;
  private final KnownHorses knownHorses;
  private final AtomicLong late = new AtomicLong();
  private final AtomicReference<@Nullable Ending> left = new AtomicReference<>();
  private final AtomicReference<@Nullable Throwable> broken = new AtomicReference<>();
  private final Threads threads = new Threads(this::collapses);
  private final Set<Thread> dispatchers = ConcurrentHashMap.newKeySet();

  private volatile boolean stopping;
  private volatile Optional<Sweep> sweeping = Optional.empty();

  public Worker(Ledger ledger, Api api, Manner manner, Time time, RunListener listener) {
    this.ledger = ledger;
    this.api = api;
    this.manner = manner;
    this.time = time;
    this.listener = listener;
    this.changes = new Bell(time.ticker());
    this.gate = new Gate(time.ticker(), changes::ring);
    this.racecardsGate =
        api.racecards().isPresent() ? new Gate(time.ticker(), changes::ring) : gate;
    this.isolation = new Isolation(List.of(gate, racecardsGate));
    this.backlog = WriteBacklog.of(manner.rate(), gate, time.ticker(), ledger.lockHolders()::find);
    this.daysBacklog =
        WriteBacklog.of(manner.rate(), racecardsGate, time.ticker(), ledger.lockHolders()::find);
    this.refusals = new Refusals(gate);
    this.knownHorses = new KnownHorses(ledger.outcomes());
    this.bell = new Bell(time.ticker());
    this.queue = new TaskQueue(time.ticker(), bell);
  }

  /**
   * Works until every horse of {@code run} is settled, or it is told to stop. What was answered is
   * written before it returns, what it held is given back.
   */
  public Ending work(long run) {
    dispatchers.add(Thread.currentThread());
    DatabaseRetry retry =
        new DatabaseRetry(time.sleeper(), why -> listener.waitsForDatabase(run, why));
    Optional<RunStart> start = RunStart.read(ledger, run, retry, this::goesOn);
    dispatchers.clear();
    return start.isPresent() ? work(run, start.get()) : ending();
  }

  private Ending work(long run, RunStart start) {
    RunContext part = new RunContext(run, manner.worker(), this::breaks);
    Progress progress = new Progress(start.tally(), time.ticker());
    Scribe scribe =
        new Scribe(
            ledger.outcomes(),
            progress,
            backlog,
            time.sleeper(),
            settled -> committed(run, settled, progress));
    Lanes.Held held = Lanes.Held.none(gate, new HeldExit(scribe, queue), time.ticker());
    DayScribe dayScribe = dayScribe(progress);
    Sweep sweep = sweep(part, start.sweep(), progress, dayScribe);
    sweeping = Optional.of(sweep);
    Thread writing = threads.start("scribe", scribe::run);
    Thread writingDays = threads.start("day scribe", dayScribe::run);
    Recorder recorder = new Recorder(ledger.book(), api.api(), manner.worker(), time.ticker());
    Pulse pulse = pulse(part, progress, held, () -> look(view(run, progress), recorder));
    pulse.tick(); // a run that is paused is joined without a request
    Thread beating = threads.start("pulse", () -> pulse.beat(changes));
    ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
    dispatchers.add(Thread.currentThread());
    try {
      recall(run, progress);
      lanes(part, start).run(scribe, held, sweep, requests);
    } catch (InterruptedException e) {
      log.debug("stopping");
    } finally {
      dispatchers.clear();
      Threads.finish(requests, IN_FLIGHT_MAY_TAKE);
      held.quarantine().believeFollowed();
      scribe.close();
      dayScribe.close();
      Threads.end(writing, WRITING_MAY_TAKE);
      Threads.end(writingDays, WRITING_MAY_TAKE);
      beating.interrupt();
      Threads.join(beating, WRITING_MAY_TAKE);
      release(run);
    }
    lastLook(run, progress);
    RunView last = view(run, progress);
    recorder.note(last);
    listener.ticked(last);
    return ending();
  }

  private Pulse pulse(RunContext part, Progress progress, Lanes.Held held, Runnable look) {
    List<Gate> gates = List.of(gate, racecardsGate);
    return new Pulse(
        ledger,
        part,
        gates,
        new Steering(
            ledger.control(),
            new Steering.Hand(part.run(), part.worker(), manner.version()),
            gates,
            isolation,
            () -> giveBack(part, held),
            this::leave),
        progress,
        time.ticker(),
        new Pulse.Watchers(() -> doing(part.run()), look));
  }

  /** Held horses leave with their lease: what is settled by a lease that was given back is lost. */
  private void giveBack(RunContext part, Lanes.Held held) {
    ledger.pieces().giveBack(part.run(), part.worker());
    queue.giveBack();
    held.failures().giveBack();
    sweeping.ifPresent(Sweep::giveBack);
  }

  private Workers.Doing doing(long run) {
    return new Workers.Doing(
        Optional.of(run), api.api().traffic().count().sent(), late.get(), gate.sinceGood());
  }

  /** The run's end is told by the ledger alone, where it can be read. */
  private void lastLook(long run, Progress progress) {
    try {
      progress.refresh(() -> ledger.runs().tally(run));
    } catch (RuntimeException e) {
      log.debug("the last figures are those of this process: {}", Outage.reason(e));
    }
  }

  private void look(RunView view, Recorder recorder) {
    backlog.check();
    daysBacklog.check();
    recorder.tick(view);
    listener.ticked(view);
  }

  private DayScribe dayScribe(Progress progress) {
    return new DayScribe(
        new DayScribe.Desk(
            ledger.racecards().sweeps(),
            progress,
            manner.inspection(),
            manner.remember(),
            manner.dayWindow()),
        daysBacklog,
        time.sleeper(),
        new DayScribe.Listener() {
          @Override
          public void committed(ReadDay day, List<Settled> settled) {
            sweeping.ifPresent(sweep -> swept(day, sweep, settled, progress));
          }

          @Override
          public void dropped(Lease lease) {
            sweeping.ifPresent(sweep -> sweep.left(lease));
          }

          @Override
          public void late(Lease lease) {
            sweeping.ifPresent(sweep -> sweep.late(lease));
          }
        });
  }

  private Sweep sweep(RunContext part, SweepTotals totals, Progress progress, DayScribe dayScribe) {
    return new Sweep(
        part,
        new Sweep.Store(ledger.pieces(), ledger.racecards().sweeps()),
        new Sweep.Tools(
            api.api(),
            racecardsGate,
            manner.backOff(),
            manner.random(),
            new Sweep.Clockwork(time.ticker(), bell),
            manner.daysRequested(),
            manner.dayWindow()),
        totals,
        progress,
        dayScribe::expect);
  }

  private Lanes lanes(RunContext part, RunStart start) {
    return new Lanes(
        part,
        new Lanes.Outside(ledger, api, manner, time),
        new Lanes.Inside(gate, racecardsGate, bell, queue, backlog, isolation, knownHorses, bound),
        new Lanes.Crew(threads, dispatchers, this::goesOn),
        start.usualShares());
  }

  private boolean goesOn() {
    return !stopping && broken.get() == null && gate.refused().isEmpty();
  }

  /** Settles what racecards read before tell; while the database is away, it waits. */
  private void recall(long run, Progress progress) throws InterruptedException {
    Recollection recollection =
        new Recollection(
            ledger.pieces(),
            ledger.racecards().known(),
            ledger.outcomes(),
            progress,
            manner.inspection());
    Recollection.Watcher watcher =
        new Recollection.Watcher() {
          @Override
          public boolean goesOn() {
            return Worker.this.goesOn();
          }

          @Override
          public void committed(List<Settled> settled) {
            told(run, settled, progress);
          }
        };
    recollection.settle(run, manner.worker(), watcher, gate, daysBacklog, time.sleeper());
  }

  /** Asks {@link #work} to come to its end: nothing new is sent, what is under way may finish. */
  public void stop() {
    stopping = true;
    dispatchers.forEach(Thread::interrupt);
  }

  /** The run is over for this process. */
  private void leave(Ending ending) {
    if (left.compareAndSet(null, ending)) {
      log.info("run left: {}", ending);
      stop();
    }
  }

  private void collapses(Throwable trouble) {
    breaks(trouble);
    stop();
  }

  private void breaks(Throwable trouble) {
    broken.compareAndSet(null, trouble);
    bell.ring();
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
    Ending told = left.get();
    if (told != null) {
      return told;
    }
    return stopping ? new Ending.Stopped() : new Ending.Finished();
  }

  private void committed(long run, List<Settled> settled, Progress progress) {
    settled.stream()
        .collect(Collectors.groupingBy(one -> one.outcome().lease(), Collectors.counting()))
        .forEach((lease, horses) -> queue.left(lease, horses.intValue()));
    List<Settled> lost = settled.stream().filter(Settled.LeaseLost.class::isInstance).toList();
    late.addAndGet(lost.size());
    lost.forEach(one -> queue.drop(one.outcome().lease()));
    refusals.saw(written(settled));
    told(run, settled, progress);
  }

  private void swept(ReadDay day, Sweep sweep, List<Settled> settled, Progress progress) {
    queue.drop(
        settled.stream()
            .filter(one -> one instanceof Settled.Written || one instanceof Settled.Repeated)
            .map(one -> one.outcome().horse())
            .collect(Collectors.toSet()));
    knownHorses.read(settled);
    sweep.look(day.result());
    sweep.left(day.lease());
    told(day.lease().run(), settled, progress);
  }

  private void told(long run, List<Settled> settled, Progress progress) {
    List<Settled.Written> written = written(settled);
    if (!written.isEmpty()) {
      listener.committed(written, view(run, progress));
    }
  }

  private static List<Settled.Written> written(List<Settled> settled) {
    return settled.stream()
        .filter(Settled.Written.class::isInstance)
        .map(Settled.Written.class::cast)
        .toList();
  }

  private RunView view(long run, Progress progress) {
    SweepTotals sweep = sweeping.map(Sweep::totals).orElse(SweepTotals.NONE);
    return RunView.of(run, progress, isolation.pause().or(gate::pause), bound, sweep, manner);
  }

  private void release(long run) {
    try {
      ledger.pieces().release(run, manner.worker());
    } catch (RuntimeException e) {
      log.warn(
          "the leases could not be given back and run out by themselves: {}", Outage.reason(e));
    }
  }
}
