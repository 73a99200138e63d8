package studbook.backfill;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import studbook.horse.Field;
import studbook.horse.Inspection;
import studbook.quality.Score;
import studbook.racingapi.Account;
import studbook.racingapi.LimitedPacer;
import studbook.racingapi.Pacer;
import studbook.racingapi.RacingApi;
import studbook.racingapi.UnlimitedPacer;
import studbook.store.Budget;
import studbook.store.BudgetKey;
import studbook.store.Database;
import studbook.store.Fields;
import studbook.store.HorseTables;
import studbook.store.KnownProfiles;
import studbook.store.Outage;
import studbook.store.Outcomes;
import studbook.store.PauseCause;
import studbook.store.Pieces;
import studbook.store.ProcessIdentity;
import studbook.store.RunControl;
import studbook.store.RunEvents;
import studbook.store.RunState;
import studbook.store.Runs;
import studbook.store.Samples;
import studbook.store.Schema;
import studbook.store.Selection;
import studbook.store.StoreException;
import studbook.store.Sweeps;
import studbook.store.Workers;
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
   * @param version of Studbook
   * @param settings {@code NAME=value} as it was told, for the report; never a secret
   */
  public record Setup(
      Account account,
      Rate rate,
      Optional<Rate> racecardsRate,
      String version,
      List<String> settings) {

    public Setup {
      settings = List.copyOf(settings);
    }

    BudgetKey budgetKey() {
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

  private volatile boolean stopping;
  private volatile Optional<Worker> working = Optional.empty();
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
  }

  /**
   * Waits for a run that others have planned, and that is under way or was left by a process that
   * died. The schema need not be there yet; it is never made here.
   *
   * @param waiting told what is waited for, when that changes
   * @return empty once this process was told to stop
   * @throws StoreException where the tables cannot be written, the account's rate is disputed, or
   *     the run belongs to a process of another version
   */
  public Optional<Runs.Run> awaitRun(Consumer<String> waiting) throws InterruptedException {
    String told = "";
    while (!stopping) {
      String waitsFor = "a run";
      try {
        if (!new Schema(database).stands()) {
          waitsFor = "the schema, which `studbook init` or the first backfill makes";
        } else {
          prepare();
          Optional<Runs.Run> run = runs.unfinished().filter(one -> one.state() != RunState.STOPPED);
          run.ifPresent(this::ofThisVersion);
          if (run.isPresent()) {
            return run;
          }
          workers.heartbeat(worker, Workers.Doing.WAITING);
        }
      } catch (RuntimeException e) {
        if (!Outage.passes(e)) {
          throw e;
        }
        waitsFor = "the database: " + Outage.reason(e);
      }
      if (!waitsFor.equals(told)) {
        waiting.accept(waitsFor);
        told = waitsFor;
      }
      time.sleeper().sleep(LOOK_FOR_RUNS);
    }
    return Optional.empty();
  }

  private void ofThisVersion(Runs.Run run) {
    Workers.Worker owner = run.owner();
    if (owner.isAlive() && !owner.version().equals(setup.version())) {
      throw new StoreException(
          "run %d is worked on by Studbook %s on %s, this is %s: use the same version on both"
              .formatted(run.id(), owner.version(), owner.process(), setup.version()));
    }
  }

  /** What a plan would take and how, counted but not written. */
  public Prospect prospect(Selection selection, Racecards racecards) {
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
      Forecast forecast = prospect.forecast();
      runs.expect(
          run.id(),
          new Runs.Expectation(
              Optional.of(forecast.requests()),
              forecast.duration(setup.rate(), setup.racecardsRate())));
      prospect.decision().ifPresent(decision -> sweeps.decided(run.id(), worker, decision));
      noteQuality(run, runs::qualityBefore);
    }
    return start;
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
      sweeps.end(run.id(), worker, Set.of(), "no more racecards: --no-racecards");
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
    BudgetKey key = setup.budgetKey();
    Agreement.check(workers, setup);
    workers.register(
        worker, ProcessIdentity.mine(), setup.version(), key, setup.rate(), setup.racecardsRate());
    registered = true;
  }

  /**
   * Works on a run, its own or another's, until that is settled, refused, stopped or given up, and
   * records which. Blocks for minutes or days.
   */
  public Ending work(Runs.Run run, RunListener listener) {
    Jdbi jdbi = database.jdbi();
    Manner manner =
        new Manner(
            worker,
            setup.version(),
            setup.rate(),
            setup.racecardsRate(),
            setup.account().timeout(),
            new Inspection(time.clock(), widths),
            RandomGenerator.getDefault(),
            remember);
    try (RacingApi api =
        new RacingApi(setup.account(), setup.version(), time.clock(), time.ticker())) {
      Worker hand =
          new Worker(
              new Worker.Ledger(
                  runs,
                  control,
                  new RunEvents(jdbi),
                  new Pieces(jdbi),
                  new Outcomes(jdbi),
                  workers,
                  new Worker.Racecards(sweeps, new KnownProfiles(jdbi)),
                  new Recorder.Book(new Samples(jdbi), new Fields(jdbi))),
              new Worker.Api(
                  api,
                  time.pacer(Budget.join(jdbi, setup.budgetKey(), setup.rate())),
                  setup
                      .racecardsRate()
                      .map(own -> time.pacer(Budget.join(jdbi, setup.racecardsKey(), own)))),
              manner,
              new Worker.Time(time.ticker(), time.sleeper()),
              listener);
      working = Optional.of(hand);
      if (stopping) {
        hand.stop();
      }
      Ending ending = hand.work(run.id());
      return record(run, ending);
    } finally {
      working = Optional.empty();
    }
  }

  private Ending record(Runs.Run run, Ending ending) {
    try {
      return switch (ending) {
        case Ending.Finished finished -> finish(run, finished);
        case Ending.Stopped stopped -> leave(run, Optional.empty(), "stopped by a signal", stopped);
        case Ending.Refused(int status) -> {
          String why = "The Racing API answered " + status;
          leave(run, Optional.of(PauseCause.CREDENTIALS), why, ending);
          yield ending;
        }
        case Ending.OtherVersion other -> other;
        case Ending.Superseded over -> over;
        case Ending.Cancelled over -> over;
        case Ending.Left left -> left;
      };
    } catch (RuntimeException e) {
      log.warn(
          "run {} could not be marked as ended; `backfill --resume` goes on all the same: {}",
          run.id(),
          Outage.reason(e));
      return ending;
    }
  }

  private Ending finish(Runs.Run run, Ending.Finished finished) {
    if (runs.finish(run.id(), worker)) {
      noteQuality(run, runs::qualityAfter);
      return finished;
    }
    return asItStands(run);
  }

  private Ending leave(Runs.Run run, Optional<PauseCause> cause, String reason, Ending asWeWished) {
    return switch (control.leave(run.id(), worker, cause, reason)) {
      case RunControl.Left.Stopped() -> asWeWished;
      case RunControl.Left.InHand(ProcessIdentity process) -> new Ending.Left(process);
      case RunControl.Left.Over() -> asItStands(run);
    };
  }

  /** What others made of it. */
  private Ending asItStands(Runs.Run run) {
    return switch (control.look(run.id()).state()) {
      case FINISHED -> new Ending.Finished();
      case CANCELLED -> new Ending.Cancelled();
      case SUPERSEDED -> new Ending.Superseded();
      case RUNNING, PAUSED, STOPPED -> new Ending.Stopped();
    };
  }

  /** A run is worth more than its score: without one it goes on. */
  private void noteQuality(Runs.Run run, BiConsumer<Long, Optional<Double>> note) {
    try {
      note.accept(run.id(), Score.take(database.jdbi()).map(Score::value));
    } catch (RuntimeException e) {
      log.warn("run {} has no data quality score here: {}", run.id(), Outage.reason(e));
    }
  }

  /** Whether {@link #stop} was called. */
  public boolean isStopping() {
    return stopping;
  }

  /**
   * Ends {@link #work} and {@link #awaitRun}, now or as soon as it begins: what is under way may
   * finish.
   */
  public void stop() {
    stopping = true;
    working.ifPresent(Worker::stop);
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
