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
import studbook.backfill.dispatch.BottleneckTracker;
import studbook.backfill.dispatch.RunContext;
import studbook.backfill.dispatch.Signal;
import studbook.backfill.dispatch.WorkerThreads;
import studbook.backfill.dispatch.WriteBacklog;
import studbook.backfill.pause.RejectionRateMonitor;
import studbook.backfill.pause.RequestGate;
import studbook.backfill.plan.WorkerConfig;
import studbook.backfill.profile.ConfirmedOutcomeSink;
import studbook.backfill.profile.HorseTaskQueue;
import studbook.backfill.profile.KnownHorses;
import studbook.backfill.profile.OutcomeWriter;
import studbook.backfill.progress.ProgressSnapshot;
import studbook.backfill.progress.ProgressTracker;
import studbook.backfill.progress.RunListener;
import studbook.backfill.progress.RunMetricsRecorder;
import studbook.backfill.racecard.CachedProfileStep;
import studbook.backfill.racecard.RacecardScan;
import studbook.backfill.racecard.RacecardWriter;
import studbook.racingapi.RacingApi;
import studbook.ratelimit.RateLimiter;
import studbook.store.database.DatabaseRetry;
import studbook.store.database.LockHolders;
import studbook.store.error.ErrorClassifier;
import studbook.store.outcome.OutcomeRepository;
import studbook.store.outcome.WriteResult;
import studbook.store.racecard.CachedProfileRepository;
import studbook.store.racecard.RacecardDayWrite;
import studbook.store.racecard.RacecardScanProgress;
import studbook.store.racecard.RacecardScanRepository;
import studbook.store.run.RunRepository;
import studbook.store.run.RunStateRepository;
import studbook.store.run.WorkerRepository;
import studbook.store.work.ChunkRepository;
import studbook.store.work.Lease;
import studbook.store.work.RunEventRepository;
import studbook.time.Sleeper;
import studbook.time.Ticker;

/**
 * Works on one run: settles what is remembered, reads days of racecards, and asks for horses. With
 * one budget the days go first; where racecards have a limit of their own, two lanes run side by
 * side. One thread calls {@link #work}; {@link #stop} is for any.
 */
public final class RunWorker {

  private static final Logger log = LoggerFactory.getLogger(RunWorker.class);

  private static final Duration IN_FLIGHT_MAY_TAKE = Duration.ofMillis(2_500);
  private static final Duration WRITING_MAY_TAKE = Duration.ofSeconds(1);

  /** The store as a worker sees it. */
  public record RunStores(
      RunRepository runs,
      RunStateRepository control,
      RunEventRepository events,
      ChunkRepository pieces,
      OutcomeRepository outcomes,
      WorkerRepository workers,
      RacecardStores racecards,
      RunMetricsRecorder.MetricsStores book,
      LockHolders lockHolders) {}

  /** What the store knows of racecards. */
  public record RacecardStores(RacecardScanRepository sweeps, CachedProfileRepository known) {}

  /** The API, and the budgets that its requests pass; racecards may have one of their own. */
  public record ApiClients(RacingApi api, RateLimiter pacer, Optional<RateLimiter> racecards) {}

  /** Time as a worker sees it. */
  public record TimeSources(Ticker ticker, Sleeper sleeper) {}

  private final RunStores ledger;
  private final ApiClients api;
  private final WorkerConfig manner;
  private final TimeSources time;
  private final RunListener listener;
  private final RequestGate gate;
  private final RequestGate racecardsGate;
  private final WorkerIsolation isolation;
  private final Signal bell;
  private final HorseTaskQueue queue;
  private final Signal changes;
  private final BottleneckTracker bound = new BottleneckTracker();
  private final WriteBacklog backlog;
  private final WriteBacklog daysBacklog;
  private final RejectionRateMonitor refusals;
  private final KnownHorses knownHorses;
  private final AtomicLong late = new AtomicLong();
  private final AtomicReference<@Nullable RunResult> left = new AtomicReference<>();
  private final AtomicReference<@Nullable Throwable> broken = new AtomicReference<>();
  private final WorkerThreads threads = new WorkerThreads(this::collapses);
  private final Set<Thread> dispatchers = ConcurrentHashMap.newKeySet();

  private volatile boolean stopping;
  private volatile Optional<RacecardScan> sweeping = Optional.empty();

  public RunWorker(
      RunStores ledger,
      ApiClients api,
      WorkerConfig manner,
      TimeSources time,
      RunListener listener) {
    this.ledger = ledger;
    this.api = api;
    this.manner = manner;
    this.time = time;
    this.listener = listener;
    this.changes = new Signal(time.ticker());
    this.gate = new RequestGate(time.ticker(), changes::ring);
    this.racecardsGate =
        api.racecards().isPresent() ? new RequestGate(time.ticker(), changes::ring) : gate;
    this.isolation = new WorkerIsolation(List.of(gate, racecardsGate));
    this.backlog = WriteBacklog.of(manner.rate(), gate, time.ticker(), ledger.lockHolders()::find);
    this.daysBacklog =
        WriteBacklog.of(manner.rate(), racecardsGate, time.ticker(), ledger.lockHolders()::find);
    this.refusals = new RejectionRateMonitor(gate);
    this.knownHorses = new KnownHorses(ledger.outcomes());
    this.bell = new Signal(time.ticker());
    this.queue = new HorseTaskQueue(time.ticker(), bell);
  }

  /**
   * Works until every horse of {@code run} is settled, or it is told to stop. What was answered is
   * written before it returns, what it held is given back.
   */
  public RunResult work(long run) {
    dispatchers.add(Thread.currentThread());
    DatabaseRetry retry =
        new DatabaseRetry(time.sleeper(), why -> listener.waitsForDatabase(run, why));
    Optional<RunStart> start = RunStart.read(ledger, run, retry, this::goesOn);
    dispatchers.clear();
    return start.isPresent() ? work(run, start.get()) : ending();
  }

  private RunResult work(long run, RunStart start) {
    RunContext part = new RunContext(run, manner.worker(), this::breaks);
    ProgressTracker progress = new ProgressTracker(start.tally(), time.ticker());
    OutcomeWriter scribe =
        new OutcomeWriter(
            ledger.outcomes(),
            progress,
            backlog,
            time.sleeper(),
            settled -> committed(run, settled, progress));
    DispatcherFactory.HeldCount held =
        DispatcherFactory.HeldCount.none(
            gate, new ConfirmedOutcomeSink(scribe, queue), time.ticker());
    RacecardWriter dayScribe = dayScribe(progress);
    RacecardScan sweep = sweep(part, start.sweep(), progress, dayScribe);
    sweeping = Optional.of(sweep);
    Thread writing = threads.start("scribe", scribe::run);
    Thread writingDays = threads.start("day scribe", dayScribe::run);
    RunMetricsRecorder recorder =
        new RunMetricsRecorder(ledger.book(), api.api(), manner.worker(), time.ticker());
    HeartbeatLoop pulse = pulse(part, progress, held, () -> look(view(run, progress), recorder));
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
      WorkerThreads.finish(requests, IN_FLIGHT_MAY_TAKE);
      held.quarantine().believeFollowed();
      scribe.close();
      dayScribe.close();
      WorkerThreads.end(writing, WRITING_MAY_TAKE);
      WorkerThreads.end(writingDays, WRITING_MAY_TAKE);
      beating.interrupt();
      WorkerThreads.join(beating, WRITING_MAY_TAKE);
      release(run);
    }
    lastLook(run, progress);
    ProgressSnapshot last = view(run, progress);
    recorder.note(last);
    listener.ticked(last);
    return ending();
  }

  private HeartbeatLoop pulse(
      RunContext part, ProgressTracker progress, DispatcherFactory.HeldCount held, Runnable look) {
    List<RequestGate> gates = List.of(gate, racecardsGate);
    return new HeartbeatLoop(
        ledger,
        part,
        gates,
        new RunCoordinator(
            ledger.control(),
            new RunCoordinator.WorkerHandle(part.run(), part.worker(), manner.version()),
            gates,
            isolation,
            () -> giveBack(part, held),
            this::leave),
        progress,
        time.ticker(),
        new HeartbeatLoop.HeartbeatListeners(() -> doing(part.run()), look));
  }

  /** Held horses leave with their lease: what is settled by a lease that was given back is lost. */
  private void giveBack(RunContext part, DispatcherFactory.HeldCount held) {
    ledger.pieces().giveBack(part.run(), part.worker());
    queue.releaseAll();
    held.failures().giveBack();
    sweeping.ifPresent(RacecardScan::giveBack);
  }

  private WorkerRepository.WorkerStatus doing(long run) {
    return new WorkerRepository.WorkerStatus(
        Optional.of(run), api.api().traffic().count().sent(), late.get(), gate.timeSinceSuccess());
  }

  /** The run's end is told by the ledger alone, where it can be read. */
  private void lastLook(long run, ProgressTracker progress) {
    try {
      progress.refresh(() -> ledger.runs().tally(run));
    } catch (RuntimeException e) {
      log.debug("the last figures are those of this process: {}", ErrorClassifier.reason(e));
    }
  }

  private void look(ProgressSnapshot view, RunMetricsRecorder recorder) {
    backlog.check();
    daysBacklog.check();
    recorder.tick(view);
    listener.ticked(view);
  }

  private RacecardWriter dayScribe(ProgressTracker progress) {
    return new RacecardWriter(
        new RacecardWriter.WriterDependencies(
            ledger.racecards().sweeps(),
            progress,
            manner.inspection(),
            manner.remember(),
            manner.dayWindow()),
        daysBacklog,
        time.sleeper(),
        new RacecardWriter.DayListener() {
          @Override
          public void committed(RacecardDayWrite day, List<WriteResult> settled) {
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

  private RacecardScan sweep(
      RunContext part,
      RacecardScanProgress totals,
      ProgressTracker progress,
      RacecardWriter dayScribe) {
    return new RacecardScan(
        part,
        new RacecardScan.ScanStores(ledger.pieces(), ledger.racecards().sweeps()),
        new RacecardScan.ScanDependencies(
            api.api(),
            racecardsGate,
            manner.backOff(),
            manner.random(),
            new RacecardScan.ScanClock(time.ticker(), bell),
            manner.daysRequested(),
            manner.dayWindow()),
        totals,
        progress,
        dayScribe::expect);
  }

  private DispatcherFactory lanes(RunContext part, RunStart start) {
    return new DispatcherFactory(
        part,
        new DispatcherFactory.RunDependencies(ledger, api, manner, time),
        new DispatcherFactory.WorkerParts(
            gate, racecardsGate, bell, queue, backlog, isolation, knownHorses, bound),
        new DispatcherFactory.DispatcherSet(threads, dispatchers, this::goesOn),
        start.usualShares());
  }

  private boolean goesOn() {
    return !stopping && broken.get() == null && gate.credentialsRejected().isEmpty();
  }

  /** Settles what racecards read before tell; while the database is away, it waits. */
  private void recall(long run, ProgressTracker progress) throws InterruptedException {
    CachedProfileStep recollection =
        new CachedProfileStep(
            ledger.pieces(),
            ledger.racecards().known(),
            ledger.outcomes(),
            progress,
            manner.inspection());
    CachedProfileStep.CachedProfileListener watcher =
        new CachedProfileStep.CachedProfileListener() {
          @Override
          public boolean goesOn() {
            return RunWorker.this.goesOn();
          }

          @Override
          public void committed(List<WriteResult> settled) {
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
  private void leave(RunResult ending) {
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

  private RunResult ending() {
    Throwable trouble = broken.get();
    if (trouble != null) {
      throw new IllegalStateException("the run broke off: " + trouble, trouble);
    }
    Optional<Integer> refused = gate.credentialsRejected();
    if (refused.isPresent()) {
      return new RunResult.CredentialsRejected(refused.get());
    }
    RunResult told = left.get();
    if (told != null) {
      return told;
    }
    return stopping ? new RunResult.ProcessStopped() : new RunResult.RunFinished();
  }

  private void committed(long run, List<WriteResult> settled, ProgressTracker progress) {
    settled.stream()
        .collect(Collectors.groupingBy(one -> one.outcome().lease(), Collectors.counting()))
        .forEach((lease, horses) -> queue.completed(lease, horses.intValue()));
    List<WriteResult> lost =
        settled.stream().filter(WriteResult.LeaseLost.class::isInstance).toList();
    late.addAndGet(lost.size());
    lost.forEach(one -> queue.drop(one.outcome().lease()));
    refusals.saw(written(settled));
    told(run, settled, progress);
  }

  private void swept(
      RacecardDayWrite day,
      RacecardScan sweep,
      List<WriteResult> settled,
      ProgressTracker progress) {
    queue.drop(
        settled.stream()
            .filter(one ->
                one instanceof WriteResult.RowWritten || one instanceof WriteResult.AlreadyWritten)
            .map(one -> one.outcome().horse())
            .collect(Collectors.toSet()));
    knownHorses.read(settled);
    sweep.look(day.result());
    sweep.left(day.lease());
    told(day.lease().run(), settled, progress);
  }

  private void told(long run, List<WriteResult> settled, ProgressTracker progress) {
    List<WriteResult.RowWritten> written = written(settled);
    if (!written.isEmpty()) {
      listener.committed(written, view(run, progress));
    }
  }

  private static List<WriteResult.RowWritten> written(List<WriteResult> settled) {
    return settled.stream()
        .filter(WriteResult.RowWritten.class::isInstance)
        .map(WriteResult.RowWritten.class::cast)
        .toList();
  }

  private ProgressSnapshot view(long run, ProgressTracker progress) {
    RacecardScanProgress sweep =
        sweeping.map(RacecardScan::totals).orElse(RacecardScanProgress.NONE);
    return ProgressSnapshot.of(
        run, progress, isolation.pause().or(gate::pause), bound, sweep, manner);
  }

  private void release(long run) {
    try {
      ledger.pieces().release(run, manner.worker());
    } catch (RuntimeException e) {
      log.warn(
          "the leases could not be given back and run out by themselves: {}",
          ErrorClassifier.reason(e));
    }
  }
}
