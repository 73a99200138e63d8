package studbook.backfill;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import studbook.backfill.plan.BackfillPlan;
import studbook.backfill.plan.RacecardScanOptions;
import studbook.backfill.plan.RequestEstimate;
import studbook.backfill.plan.WorkerConfig;
import studbook.backfill.progress.RunListener;
import studbook.backfill.worker.LockWaitNotice;
import studbook.backfill.worker.PlanningHeartbeat;
import studbook.backfill.worker.RunCloser;
import studbook.backfill.worker.RunResult;
import studbook.backfill.worker.RunWorker;
import studbook.model.Field;
import studbook.model.ProfileValidator;
import studbook.model.RunState;
import studbook.racingapi.RacingApi;
import studbook.ratelimit.BudgetShareLimiter;
import studbook.ratelimit.RateLimiter;
import studbook.store.database.Database;
import studbook.store.database.DatabaseRetry;
import studbook.store.database.Schema;
import studbook.store.error.ErrorClassifier;
import studbook.store.error.StoreException;
import studbook.store.outcome.UserTables;
import studbook.store.racecard.RacecardScanRepository;
import studbook.store.run.AncestorSelection;
import studbook.store.run.HorseSelection;
import studbook.store.run.ProcessIdentity;
import studbook.store.run.RunRepository;
import studbook.store.run.WorkerRepository;
import studbook.time.Rate;
import studbook.time.TimeSources;

/**
 * A backfill in this process: selects horses, owns a run, works on it to its end. Create one,
 * {@link #plan} or {@link #resume} a run, or {@link #awaitRun} another's, {@link #work} on it,
 * close it. {@link #stop} is thread-safe, the rest is for one thread.
 */
public final class Backfill implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Backfill.class);
  private static final Duration LOOK_FOR_RUNS = Duration.ofSeconds(1);

  private final Database database;
  private final BackfillSetup setup;
  private final TimeSources time;
  private final UUID worker = UUID.randomUUID();
  private final RunRepository runRepository;
  private final WorkerRepository workerRepository;
  private final RacecardScanRepository scans;
  private final RunCloser closer;

  private volatile boolean stopping;
  private volatile Optional<RunWorker> working = Optional.empty();

  /** Whether a plan is running, which a stop cancels. */
  private volatile boolean planning = true;

  private boolean registered;
  private boolean cacheProfiles = true;
  private Map<Field, Integer> widths = Map.of();

  public Backfill(Database database, BackfillSetup setup, TimeSources time) {
    this.database = database;
    this.setup = setup;
    this.time = time;
    this.runRepository = new RunRepository(database.jdbi());
    this.workerRepository = new WorkerRepository(database.jdbi());
    this.scans = new RacecardScanRepository(database.jdbi());
    this.closer =
        new RunCloser(database.jdbi(), worker, () -> stopping, time.ticker(), time.sleeper());
  }

  /**
   * Waits for a run that others have planned and that is active or has a dead owner. The schema may
   * be missing; it is never created here.
   *
   * @param waiting called with the reason of the wait when it changes, also on another thread
   * @return empty once this process was asked to stop
   * @throws StoreException if the tables cannot be written, the account's rate differs, or the run
   *     belongs to a process of another version
   */
  public Optional<RunRepository.RunRow> awaitRun(Consumer<String> waiting)
      throws InterruptedException {
    LockWaitNotice notice = new LockWaitNotice(waiting);
    planning = false;
    while (!stopping) {
      Optional<RunRepository.RunRow> run =
          notice
              .attempt(database.jdbi(), time.sleeper(), () -> findRun(notice))
              .flatMap(found -> found);
      if (run.isPresent()) {
        return run;
      }
      time.sleeper().sleep(LOOK_FOR_RUNS);
    }
    return Optional.empty();
  }

  private Optional<RunRepository.RunRow> findRun(Consumer<String> waitsFor) {
    if (!new Schema(database).isUpToDate()) {
      waitsFor.accept("the schema: `studbook init` or the first backfill creates it");
      return Optional.empty();
    }
    prepare();
    if (workerRepository.isStopRequested(worker)) { // of a run that finished first
      stopping = true;
      return Optional.empty();
    }
    Optional<RunRepository.RunRow> run =
        runRepository.unfinished().filter(one -> one.state() != RunState.STOPPED);
    run.ifPresent(this::ofThisVersion);
    if (run.isEmpty()) {
      waitsFor.accept("a run");
      workerRepository.heartbeat(worker, WorkerRepository.WorkerStatus.WAITING);
    }
    return run;
  }

  private void ofThisVersion(RunRepository.RunRow run) {
    WorkerRepository.WorkerRow owner = run.owner();
    if (owner.isAlive() && !owner.version().equals(setup.version())) {
      throw new StoreException(
          "run %d uses Studbook %s on %s, and this is %s: use the same version on both"
              .formatted(run.id(), owner.version(), owner.process(), setup.version()));
    }
  }

  /**
   * A plan with its counts and requests; nothing is written.
   *
   * @throws StoreException if the tables cannot be read, or hide their rows
   */
  public BackfillPlan preview(HorseSelection selection, RacecardScanOptions scanOptions) {
    new UserTables(database.jdbi()).requireReadable();
    return BackfillPlan.preview(database.jdbi(), selection, scanOptions, time.clock());
  }

  /**
   * The duration of a plan; empty if nothing limits it.
   *
   * @param budgetShare of the rate that the run would use at most
   */
  public Optional<Duration> duration(BackfillPlan plan, Optional<Double> budgetShare) {
    return setup.duration(plan.estimate(), budgetShare.orElse(1.0));
  }

  /**
   * Plans a new run that this process owns.
   *
   * @param plan as displayed; horses and days are selected again by the same rules
   * @throws StoreException if the tables cannot be written, or the account's rate differs
   */
  public RunRepository.StartResult plan(BackfillPlan plan, RacecardScanOptions scanOptions) {
    return plan(plan, scanOptions, Optional.empty(), Optional.empty());
  }

  /**
   * Plans a refresh like {@link #plan}.
   *
   * @param budgetShare of the rate that its processes together use at most
   */
  public RunRepository.StartResult refresh(
      BackfillPlan plan, RacecardScanOptions scanOptions, Optional<Double> budgetShare) {
    return plan(plan, scanOptions, Optional.empty(), budgetShare);
  }

  /** Plans a run over ancestors like {@link #plan}. */
  public RunRepository.StartResult ancestors(BackfillPlan plan) {
    return plan(plan, RacecardScanOptions.NONE, Optional.empty(), Optional.empty());
  }

  /**
   * Plans a new run like {@link #plan}, over horses that failed in an earlier one.
   *
   * @param retryOf that run
   */
  public RunRepository.StartResult retry(
      BackfillPlan plan, RacecardScanOptions scanOptions, long retryOf) {
    return plan(plan, scanOptions, Optional.of(retryOf), Optional.empty());
  }

  private RunRepository.StartResult plan(
      BackfillPlan plan,
      RacecardScanOptions scanOptions,
      Optional<Long> retryOf,
      Optional<Double> budgetShare) {
    planning = true;
    prepare();
    if (plan.selection().ancestors().filter(AncestorSelection::intoUserTables).isPresent()) {
      new UserTables(database.jdbi()).verifyInsertable();
    }
    cacheProfiles = scanOptions.cacheProfiles();
    RunRepository.RunConfig config =
        new RunRepository.RunConfig(
            setup.version(),
            setup.rate(),
            setup.settings(),
            retryOf,
            plan.selection().kind(),
            budgetShare);
    try (PlanningHeartbeat _ = PlanningHeartbeat.start(workerRepository, worker, time.sleeper())) {
      return planned(plan, config);
    }
  }

  private RunRepository.StartResult planned(BackfillPlan plan, RunRepository.RunConfig config) {
    RunRepository.StartResult start =
        runRepository.plan(worker, config, plan.selection(), plan.scanDays());
    if (start
        instanceof RunRepository.StartResult.RunStarted(RunRepository.RunRow run, boolean _)) {
      recordPlan(run, plan);
      closer.recordScore(run);
    }
    return start;
  }

  /** The run exists already: an outage must not end the process that owns it. */
  private void recordPlan(RunRepository.RunRow run, BackfillPlan plan) {
    RequestEstimate forecast = plan.estimate();
    RunRepository.RunEstimate expectation =
        new RunRepository.RunEstimate(
            Optional.of(forecast.requests()),
            setup.duration(forecast, run.config().budgetShare().orElse(1.0)));
    retryWhileUnavailable(() -> runRepository.saveEstimate(run.id(), expectation));
    plan.decision()
        .ifPresent(
            decision -> retryWhileUnavailable(() -> scans.decided(run.id(), worker, decision)));
  }

  private void retryWhileUnavailable(Runnable statement) {
    try {
      new DatabaseRetry(time.sleeper(), why -> log.warn("the database is unavailable: {}", why))
          .callWhile(
              () -> !stopping,
              () -> {
                statement.run();
                return true;
              });
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Takes over the unfinished run, with its racecard days unless they are disabled; empty if there
   * is none.
   *
   * @throws StoreException as {@link #plan}
   */
  public Optional<RunRepository.StartResult> resume(RacecardScanOptions scanOptions) {
    prepare();
    cacheProfiles = scanOptions.cacheProfiles();
    Optional<RunRepository.StartResult> start = runRepository.resume(worker);
    if (!scanOptions.read()
        && start.orElse(null)
            instanceof RunRepository.StartResult.RunStarted(RunRepository.RunRow run, boolean _)) {
      retryWhileUnavailable(
          () -> scans.end(run.id(), worker, Set.of(), false, "racecards stopped: --no-racecards"));
    }
    return start;
  }

  private void prepare() {
    if (registered) {
      return;
    }
    Jdbi jdbi = database.jdbi();
    UserTables tables = new UserTables(jdbi);
    widths = tables.widths();
    tables.verifyWritable();
    workerRepository.register(
        worker,
        ProcessIdentity.mine(),
        setup.version(),
        setup.budgetKey(),
        setup.rate(),
        setup.racecardsRate(),
        others -> RateConsistencyCheck.check(others, setup));
    registered = true;
  }

  /**
   * Works on a run, its own or another's, until it is completed, refused, stopped or cancelled, and
   * records the result. Blocks for minutes or days.
   */
  public RunResult work(RunRepository.RunRow run, RunListener listener) {
    planning = false;
    try (RacingApi api = setup.api(time)) {
      Optional<RunWorker.ApiClients> joined =
          new DatabaseRetry(time.sleeper(), why -> listener.onDatabaseWait(run.id(), why))
              .callWhile(() -> !stopping, () -> join(api, run.config().budgetShare()));
      RunResult result =
          joined.isPresent()
              ? work(run, worker(run, joined.get(), listener))
              : new RunResult.ProcessStopped();
      if (result instanceof RunResult.StopRequested) {
        stopping = true;
      }
      return closer.record(run, result, listener);
    } catch (InterruptedException e) {
      return closer.record(run, new RunResult.ProcessStopped(), listener);
    }
  }

  private RunResult work(RunRepository.RunRow run, RunWorker runWorker) {
    working = Optional.of(runWorker);
    if (stopping) {
      runWorker.stop();
    }
    try {
      return runWorker.work();
    } catch (RuntimeException | Error e) {
      closer.abort(run, e);
      throw e;
    } finally {
      working = Optional.empty();
    }
  }

  private RunWorker.ApiClients join(RacingApi api, Optional<Double> budgetShare) {
    Jdbi jdbi = database.jdbi();
    return new RunWorker.ApiClients(
        api,
        shared(setup.joinLimit(jdbi, time), setup.rate(), budgetShare),
        setup
            .racecardsRate()
            .map(rate -> shared(setup.joinRacecardsLimit(jdbi, time), rate, budgetShare)));
  }

  private RateLimiter shared(RateLimiter limiter, Rate rate, Optional<Double> budgetShare) {
    return budgetShare
        .filter(_ -> !rate.isUnlimited())
        .<RateLimiter>map(share ->
            new BudgetShareLimiter(limiter, rate.times(share), time.ticker(), time.sleeper()))
        .orElse(limiter);
  }

  private RunWorker worker(
      RunRepository.RunRow run, RunWorker.ApiClients api, RunListener listener) {
    WorkerConfig config =
        new WorkerConfig(
            run.id(),
            worker,
            setup.version(),
            setup.rate(),
            setup.racecardsRate(),
            setup.account().timeout(),
            new ProfileValidator(time.clock(), widths),
            RandomGenerator.getDefault(),
            cacheProfiles);
    return new RunWorker(database.jdbi(), config, api, time, listener);
  }

  /** Whether {@link #stop} was called, or a person asked every process of the run to stop. */
  public boolean isStopping() {
    return stopping;
  }

  /**
   * Ends {@link #work} and {@link #awaitRun}, now or as soon as it begins: requests in flight may
   * finish. A plan in progress is cancelled: its statements fail.
   */
  public void stop() {
    stopping = true;
    working.ifPresent(RunWorker::stop);
    if (planning) {
      database.cancelStatements();
    }
  }

  /** Unregisters this process. */
  @Override
  public void close() {
    if (registered) {
      try {
        workerRepository.leave(worker);
      } catch (RuntimeException e) {
        log.warn("the worker could not be unregistered: {}", ErrorClassifier.reason(e));
      }
    }
  }
}
