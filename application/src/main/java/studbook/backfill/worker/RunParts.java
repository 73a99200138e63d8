package studbook.backfill.worker;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import studbook.backfill.dispatch.ApiRequester;
import studbook.backfill.dispatch.RequestDispatcher;
import studbook.backfill.dispatch.RequestExecutor;
import studbook.backfill.dispatch.RequestSource;
import studbook.backfill.dispatch.Signal;
import studbook.backfill.pause.PayloadMonitor;
import studbook.backfill.pause.RejectionRateMonitor;
import studbook.backfill.pause.RequestGate;
import studbook.backfill.plan.WorkerConfig;
import studbook.backfill.profile.CanaryRequests;
import studbook.backfill.profile.ConfirmedOutcomeSink;
import studbook.backfill.profile.HorseLeases;
import studbook.backfill.profile.HorseTaskQueue;
import studbook.backfill.profile.KnownHorses;
import studbook.backfill.profile.NotFoundConfirmer;
import studbook.backfill.profile.NotFoundStatistics;
import studbook.backfill.profile.ProfileRequests;
import studbook.backfill.profile.ProfileResponseHandler;
import studbook.backfill.profile.ProfileResponseProcessor;
import studbook.backfill.profile.UnconfirmedFailures;
import studbook.backfill.progress.ProgressSnapshot;
import studbook.backfill.progress.ProgressTracker;
import studbook.backfill.progress.RunListener;
import studbook.backfill.racecard.CachedProfileStep;
import studbook.backfill.racecard.RacecardScan;
import studbook.backfill.racecard.ScanRecord;
import studbook.backfill.write.OutcomeWriter;
import studbook.backfill.write.WriteBacklog;
import studbook.model.HorseId;
import studbook.ratelimit.RateLimiter;
import studbook.store.database.LockHolders;
import studbook.store.outcome.OutcomeRepository;
import studbook.store.racecard.CachedProfileRepository;
import studbook.store.racecard.RacecardScanRepository;
import studbook.store.statistics.Bottleneck;
import studbook.store.work.ChunkRepository;
import studbook.time.TimeSources;

/**
 * The parts of a worker for one run: what it requests in which order, and who writes the results.
 * With one rate limit racecard days come before horses; with a separate limit for racecards two
 * dispatchers run concurrently.
 */
final class RunParts {

  private static final Logger log = LoggerFactory.getLogger(RunParts.class);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(1);

  private final WorkerConfig config;
  private final RunWorker.ApiClients api;
  private final TimeSources time;
  private final StopControl stop;
  private final RunStart start;
  private final Signal signal;
  private final AtomicReference<Bottleneck> bottleneck = new AtomicReference<>(Bottleneck.STARTING);
  private final RequestGate gate;
  private final RequestGate racecardsGate;
  private final HorseTaskQueue queue;
  private final KnownHorses known;
  private final WriteBacklog backlog;
  private final WriteBacklog dayBacklog;
  private final UnconfirmedFailures failures;

  final ChunkRepository chunks;
  final ProgressTracker progress;
  final WorkerIsolation isolation;
  final OutcomeWriter writer;
  final OutcomeWriter dayWriter;
  final NotFoundConfirmer notFound;
  final RacecardScan scan;
  final CommitHandler commits;
  final CachedProfileStep cachedProfiles;

  RunParts(
      Jdbi jdbi,
      WorkerConfig config,
      RunWorker.ApiClients api,
      TimeSources time,
      RunListener listener,
      List<RequestGate> gates,
      StopControl stop,
      RunStart start) {
    this.config = config;
    this.api = api;
    this.time = time;
    this.stop = stop;
    this.start = start;
    this.signal = new Signal(time.ticker());
    this.gate = gates.getFirst();
    this.racecardsGate = gates.getLast();
    this.isolation = new WorkerIsolation(gates);
    this.progress = new ProgressTracker(start.counts(), time.ticker());
    this.queue = new HorseTaskQueue(time.ticker(), signal);
    this.chunks = new ChunkRepository(jdbi);
    OutcomeRepository outcomeRepository = new OutcomeRepository(jdbi);
    this.known = new KnownHorses(outcomeRepository);
    LockHolders locks = new LockHolders(jdbi);
    this.backlog = new WriteBacklog(config.rate(), gate, time.ticker(), locks::find);
    this.dayBacklog = new WriteBacklog(config.rate(), racecardsGate, time.ticker(), locks::find);
    RacecardScanRepository scans = new RacecardScanRepository(jdbi);
    this.writer = writer(outcomeRepository, scans, backlog);
    this.dayWriter = writer(outcomeRepository, scans, dayBacklog);
    ConfirmedOutcomeSink confirmed = new ConfirmedOutcomeSink(writer, queue);
    this.notFound =
        new NotFoundConfirmer(
            gate, confirmed, NotFoundStatistics.PersistenceRule.USUAL, time.ticker());
    this.failures = new UnconfirmedFailures(gate, confirmed, time.ticker());
    this.scan =
        new RacecardScan(
            config,
            new ScanRecord(config, chunks, scans, start.scan()),
            new ApiRequester(api.api(), racecardsGate, time.ticker()),
            racecardsGate,
            dayWriter,
            progress,
            signal,
            time.ticker());
    this.commits =
        new CommitHandler(
            queue, scan, known, new RejectionRateMonitor(gate), listener, this::snapshot);
    this.cachedProfiles =
        new CachedProfileStep(
            config, chunks, new CachedProfileRepository(jdbi), dayWriter, gate, time.sleeper());
  }

  private OutcomeWriter writer(
      OutcomeRepository outcomeRepository, RacecardScanRepository scans, WriteBacklog of) {
    return new OutcomeWriter(
        outcomeRepository, scans, progress, of, time.sleeper(), config.cacheProfiles());
  }

  /** Sends requests until every horse of the run is completed, or the worker stops. */
  void dispatch(RequestExecutor executor) throws InterruptedException {
    ApiRequester requester = new ApiRequester(api.api(), gate, time.ticker());
    ProfileResponseProcessor processor =
        new ProfileResponseProcessor(
            new ProfileResponseHandler(config.validator(), config.backOff(), config.random()),
            writer,
            queue,
            gate,
            notFound,
            failures,
            known,
            PayloadMonitor.ofEndpoints(gate, time.ticker(), start.usualShares(), api.api().drift()),
            scan::onProfileResponse);
    ProfileRequests profiles =
        new ProfileRequests(
            new HorseLeases(config, chunks, queue, gate),
            queue,
            requester,
            gate,
            processor,
            executor,
            config.concurrency());
    RequestSource whenSuspicious =
        canary(requester, processor, () -> notFound.needsCanary() || gate.needsCanary(), false);
    RequestSource atTheEnd = canary(requester, processor, this::onlyHeldHorsesAreLeft, true);
    RequestSource horses = profiles.unless(isolation::isIsolated);
    RequestSource days = scan.unless(isolation::isIsolated);
    if (api.racecardsLimiter().isEmpty()) {
      dispatcher(List.of(whenSuspicious, days, horses, atTheEnd), executor)
          .run(stop::shouldContinue, profiles::isDone);
      return;
    }
    Thread beside =
        startRacecards(
            dispatcher(
                api.racecardsLimiter().get(),
                List.of(days),
                racecardsGate,
                executor,
                new AtomicReference<>(Bottleneck.STARTING)));
    try {
      dispatcher(List.of(whenSuspicious, horses, atTheEnd), executor)
          .run(stop::shouldContinue, profiles::isDone);
    } finally {
      WorkerThreads.stop(beside, STOP_TIMEOUT);
    }
  }

  private Thread startRacecards(RequestDispatcher dispatcher) {
    Thread thread =
        WorkerThreads.start(
            "racecards",
            () -> {
              try {
                dispatcher.run(stop::shouldContinue, scan::isOver);
              } catch (InterruptedException e) {
                log.debug("the dispatcher of racecards ends");
              }
            },
            stop::fail);
    stop.interruptOnStop(thread);
    return thread;
  }

  private CanaryRequests canary(
      ApiRequester requester,
      ProfileResponseProcessor processor,
      BooleanSupplier needed,
      boolean last) {
    return new CanaryRequests(
        requester,
        notFound,
        failures,
        () -> canaries(processor.lastFound()),
        time.ticker(),
        needed,
        last);
  }

  private List<HorseId> canaries(Optional<HorseId> lastFound) {
    return lastFound.map(List::of).orElseGet(known::canaries);
  }

  private boolean onlyHeldHorsesAreLeft() {
    int held = notFound.size() + failures.size();
    return held > 0 && held == queue.activeCount();
  }

  private RequestDispatcher dispatcher(List<RequestSource> sources, RequestExecutor executor) {
    return dispatcher(api.limiter(), sources, gate, executor, bottleneck);
  }

  private RequestDispatcher dispatcher(
      RateLimiter limiter,
      List<RequestSource> sources,
      RequestGate ofLimit,
      RequestExecutor executor,
      AtomicReference<Bottleneck> tracker) {
    return new RequestDispatcher(
        limiter, sources, ofLimit, backlog, signal, time.sleeper(), executor, tracker);
  }

  /** Releases held horses, too: results for a lost lease are discarded. */
  void giveBack() {
    chunks.giveBack(config.run(), config.worker());
    queue.releaseAll();
    failures.excuseAll();
    scan.dropHeld();
  }

  /** Checks time-outs; call it about once a second. */
  void check() {
    backlog.check();
    dayBacklog.check();
    scan.check();
  }

  ProgressSnapshot snapshot() {
    return ProgressSnapshot.of(
        config, progress, isolation.pause().or(gate::pause), bottleneck.get(), scan.progress());
  }
}
