package studbook.backfill;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import studbook.backfill.plan.Forecast;
import studbook.backfill.plan.Manner;
import studbook.backfill.plan.Prospect;
import studbook.backfill.plan.Racecards;
import studbook.backfill.progress.Recorder;
import studbook.backfill.progress.RunListener;
import studbook.backfill.worker.Ending;
import studbook.backfill.worker.PlanningHeartbeat;
import studbook.backfill.worker.RunCloser;
import studbook.backfill.worker.WaitNotice;
import studbook.backfill.worker.Worker;
import studbook.model.Field;
import studbook.model.Inspection;
import studbook.model.RunState;
import studbook.racingapi.Account;
import studbook.racingapi.RacingApi;
import studbook.ratelimit.Budget;
import studbook.ratelimit.BudgetKey;
import studbook.ratelimit.LimitedPacer;
import studbook.ratelimit.Pacer;
import studbook.ratelimit.UnlimitedPacer;
import studbook.store.database.Database;
import studbook.store.database.DatabaseRetry;
import studbook.store.database.LockHolders;
import studbook.store.database.Schema;
import studbook.store.error.Outage;
import studbook.store.error.StoreException;
import studbook.store.outcome.HorseTables;
import studbook.store.outcome.Outcomes;
import studbook.store.racecard.KnownProfiles;
import studbook.store.racecard.Sweeps;
import studbook.store.run.ProcessIdentity;
import studbook.store.run.RunControl;
import studbook.store.run.Runs;
import studbook.store.run.Selection;
import studbook.store.run.Workers;
import studbook.store.statistics.Fields;
import studbook.store.statistics.Samples;
import studbook.store.work.Pieces;
import studbook.store.work.RunEvents;
import studbook.time.Rate;
import studbook.time.Sleeper;
import studbook.time.Ticker;

/**
 * A backfill in this process: chooses horses, owns a run, works on it to its end. Make one, {@link
 * #plan} or {@link #resume} a run, or {@link #awaitRun} another's, {@link #work} on it, close it.
 * {@link #stop} is for any thread, the rest for one.
 */
public final class Backfill implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Backfill.class);
  private static final Duration LOOK_FOR_RUNS = Duration.ofSeconds(1);

  /**
   * What a backfill needs to know.
   *
   * @param rate of the account, all its requests together; of horses alone where racecards have
   *     their own
   * @param racecardsRate of racecards, where they have a limit of their own
   * @param margin that the rate limit keeps; more than {@link Budget#FIRST_MARGIN} where arrivals
   *     are known to jitter by as much
   * @param version of Studbook
   * @param settings {@code NAME=value} as it was told, for the report; never a secret
   */
  public record Setup(
      Account account,
      Rate rate,
      Optional<Rate> racecardsRate,
      Duration margin,
      String version,
      List<String> settings) {

    public Setup {
      settings = List.copyOf(settings);
    }

    /** How long what is forecast takes; empty where nothing limits it. */
    public Optional<Duration> duration(Forecast forecast) {
      return forecast.duration(rate, racecardsRate, margin);
    }

    /** The rate limit that it shares with every process of the account. */
    public BudgetKey budgetKey() {
      return key("account");
    }

    BudgetKey racecardsKey() {
      return key("racecards");
    }

    private BudgetKey key(String lane) {
      return BudgetKey.of(account.base(), account.username().reveal(), lane);
    }
  }

  /** Time as a backfill sees it. */
  public record Time(Clock clock, Ticker ticker, Sleeper sleeper) {

    Pacer pacer(Budget budget) {
      return budget.rate().isUnlimited()
          ? new UnlimitedPacer(budget, ticker)
          : new LimitedPacer(budget, ticker, sleeper);
    }
  }

  private final Database database;
  private final Setup setup;
  private final Time time;
  private final UUID worker = UUID.randomUUID();
  private final Runs runs;
  private final RunControl control;
  private final Workers workers;
  private final Sweeps sweeps;
  private final RunCloser closer;

  private volatile boolean stopping;
  private volatile Optional<Worker> working = Optional.empty();

  /** Whether what runs is a plan, which a stop cancels. */
  private volatile boolean planning = true;

  private boolean registered;
  private boolean remember = true;
  private Map<Field, Integer> widths = Map.of();

  public Backfill(Database database, Setup setup, Time time) {
    this.database = database;
    this.setup = setup;
    this.time = time;
    this.runs = new Runs(database.jdbi());
    this.control = new RunControl(database.jdbi());
    this.workers = new Workers(database.jdbi());
    this.sweeps = new Sweeps(database.jdbi());
    this.closer =
        new RunCloser(database.jdbi(), worker, () -> stopping, time.ticker(), time.sleeper());
  }

  /**
   * Waits for a run that others have planned, and that is under way or was left by a process that
   * died. The schema need not be there yet; it is never made here.
   *
   * @param waiting called with what is waited for when that changes, also on another thread
   * @return empty once this process was told to stop
   * @throws StoreException where the tables cannot be written, the account's rate is disputed, or
   *     the run belongs to a process of another version
   */
  public Optional<Runs.Run> awaitRun(Consumer<String> waiting) throws InterruptedException {
    WaitNotice notice = new WaitNotice(waiting);
    planning = false;
    while (!stopping) {
      Optional<Runs.Run> run =
          notice
              .attempt(database.jdbi(), time.sleeper(), () -> lookForRun(notice))
              .flatMap(found -> found);
      if (run.isPresent()) {
        return run;
      }
      time.sleeper().sleep(LOOK_FOR_RUNS);
    }
    return Optional.empty();
  }

  private Optional<Runs.Run> lookForRun(Consumer<String> waitsFor) {
    if (!new Schema(database).stands()) {
      waitsFor.accept("the schema, which `studbook init` or the first backfill makes");
      return Optional.empty();
    }
    prepare();
    if (workers.isStopRequested(worker)) { // of a run that finished first
      stopping = true;
      return Optional.empty();
    }
    Optional<Runs.Run> run = runs.unfinished().filter(one -> one.state() != RunState.STOPPED);
    run.ifPresent(this::ofThisVersion);
    if (run.isEmpty()) {
      waitsFor.accept("a run");
      workers.heartbeat(worker, Workers.Doing.WAITING);
    }
    return run;
  }

  private void ofThisVersion(Runs.Run run) {
    Workers.Worker owner = run.owner();
    if (owner.isAlive() && !owner.version().equals(setup.version())) {
      throw new StoreException(
          "run %d is worked on by Studbook %s on %s, this is %s: use the same version on both"
              .formatted(run.id(), owner.version(), owner.process(), setup.version()));
    }
  }

  /**
   * What a plan would take and how, counted but not written.
   *
   * @throws StoreException where the tables cannot be read, or hide their rows
   */
  public Prospect prospect(Selection selection, Racecards racecards) {
    new HorseTables(database.jdbi()).requireReadable();
    return Prospect.look(database.jdbi(), selection, racecards, time.clock());
  }

  /**
   * Plans a new run that this process owns.
   *
   * @param prospect as it was shown; horses and days are chosen anew by the same rules
   * @throws StoreException where the tables cannot be written, or the account's rate is disputed
   */
  public Runs.Start plan(Prospect prospect, Racecards racecards) {
    return plan(prospect, racecards, Optional.empty());
  }

  /**
   * Plans a new run like {@link #plan}, over horses that failed in an earlier one.
   *
   * @param retryOf that run
   */
  public Runs.Start retry(Prospect prospect, Racecards racecards, long retryOf) {
    return plan(prospect, racecards, Optional.of(retryOf));
  }

  private Runs.Start plan(Prospect prospect, Racecards racecards, Optional<Long> retryOf) {
    prepare();
    remember = racecards.remember();
    try (PlanningHeartbeat _ = PlanningHeartbeat.start(workers, worker, time.sleeper())) {
      return planned(prospect, retryOf);
    }
  }

  private Runs.Start planned(Prospect prospect, Optional<Long> retryOf) {
    Runs.Start start =
        runs.plan(
            worker,
            new Runs.Told(setup.version(), setup.rate(), setup.settings(), retryOf),
            prospect.selection(),
            prospect.sweep());
    if (start instanceof Runs.Start.Owned(Runs.Run run, boolean _)) {
      notePlan(run, prospect);
      closer.noteQuality(run, runs::qualityBefore);
    }
    return start;
  }

  /** The run exists already: an outage must not end the process that owns it. */
  private void notePlan(Runs.Run run, Prospect prospect) {
    Forecast forecast = prospect.forecast();
    Runs.Expectation expectation =
        new Runs.Expectation(Optional.of(forecast.requests()), setup.duration(forecast));
    patiently(() -> runs.expect(run.id(), expectation));
    prospect
        .decision()
        .ifPresent(decision -> patiently(() -> sweeps.decided(run.id(), worker, decision)));
  }

  private void patiently(Runnable statement) {
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
   * Takes over the unfinished run, with its days of racecards unless they are not wanted any more;
   * empty where there is none.
   *
   * @throws StoreException as {@link #plan}
   */
  public Optional<Runs.Start> resume(Racecards racecards) {
    prepare();
    remember = racecards.remember();
    Optional<Runs.Start> start = runs.resume(worker);
    if (!racecards.read()
        && start.orElse(null) instanceof Runs.Start.Owned(Runs.Run run, boolean _)) {
      patiently(
          () -> sweeps.end(run.id(), worker, Set.of(), false, "no more racecards: --no-racecards"));
    }
    return start;
  }

  private void prepare() {
    if (registered) {
      return;
    }
    Jdbi jdbi = database.jdbi();
    HorseTables tables = new HorseTables(jdbi);
    widths = tables.widths();
    tables.proveWritable();
    workers.register(
        worker,
        ProcessIdentity.mine(),
        setup.version(),
        setup.budgetKey(),
        setup.rate(),
        setup.racecardsRate(),
        others -> Agreement.check(others, setup));
    registered = true;
  }

  /**
   * Works on a run, its own or another's, until that is settled, refused, stopped or given up, and
   * records which. Blocks for minutes or days.
   */
  public Ending work(Runs.Run run, RunListener listener) {
    planning = false;
    try (RacingApi api =
        new RacingApi(setup.account(), setup.version(), time.clock(), time.ticker())) {
      Optional<Worker.Api> joined =
          new DatabaseRetry(time.sleeper(), why -> listener.waitsForDatabase(run.id(), why))
              .callWhile(() -> !stopping, () -> join(api));
      Ending ending =
          joined.isPresent() ? work(run, worker(joined.get(), listener)) : new Ending.Stopped();
      if (ending instanceof Ending.StopRequested) {
        stopping = true;
      }
      return closer.record(run, ending, listener);
    } catch (InterruptedException e) {
      return closer.record(run, new Ending.Stopped(), listener);
    }
  }

  private Ending work(Runs.Run run, Worker hand) {
    working = Optional.of(hand);
    if (stopping) {
      hand.stop();
    }
    try {
      return hand.work(run.id());
    } catch (RuntimeException | Error e) {
      closer.breakOff(run, e);
      throw e;
    } finally {
      working = Optional.empty();
    }
  }

  private Worker.Api join(RacingApi api) {
    Jdbi jdbi = database.jdbi();
    return new Worker.Api(
        api,
        time.pacer(withMargin(Budget.join(jdbi, setup.budgetKey(), setup.rate()))),
        setup
            .racecardsRate()
            .map(own -> time.pacer(withMargin(Budget.join(jdbi, setup.racecardsKey(), own)))));
  }

  private Budget withMargin(Budget budget) {
    if (setup.margin().compareTo(Budget.FIRST_MARGIN) > 0) {
      budget.keepMargin(setup.margin());
    }
    return budget;
  }

  private Worker worker(Worker.Api api, RunListener listener) {
    Jdbi jdbi = database.jdbi();
    return new Worker(
        new Worker.Ledger(
            runs,
            control,
            new RunEvents(jdbi),
            new Pieces(jdbi),
            new Outcomes(jdbi),
            workers,
            new Worker.Racecards(sweeps, new KnownProfiles(jdbi)),
            new Recorder.Book(new Samples(jdbi), new Fields(jdbi)),
            new LockHolders(jdbi)),
        api,
        new Manner(
            worker,
            setup.version(),
            setup.rate(),
            setup.racecardsRate(),
            setup.account().timeout(),
            new Inspection(time.clock(), widths),
            RandomGenerator.getDefault(),
            remember),
        new Worker.Time(time.ticker(), time.sleeper()),
        listener);
  }

  /** Whether {@link #stop} was called, or a person asked every process of the run to stop. */
  public boolean isStopping() {
    return stopping;
  }

  /**
   * Ends {@link #work} and {@link #awaitRun}, now or as soon as it begins: requests that were sent
   * may be answered. A plan that is being made is cancelled: its statements fail.
   */
  public void stop() {
    stopping = true;
    working.ifPresent(Worker::stop);
    if (planning) {
      database.cancelStatements();
    }
  }

  /** Signs this process off. */
  @Override
  public void close() {
    if (registered) {
      try {
        workers.leave(worker);
      } catch (RuntimeException e) {
        log.warn("the process could not be signed off: {}", Outage.reason(e));
      }
    }
  }
}
