package studbook.backfill;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import studbook.horse.Field;
import studbook.horse.Inspection;
import studbook.quality.Score;
import studbook.racingapi.Account;
import studbook.racingapi.BackOff;
import studbook.racingapi.LimitedPacer;
import studbook.racingapi.Pacer;
import studbook.racingapi.RacingApi;
import studbook.racingapi.UnlimitedPacer;
import studbook.store.Budget;
import studbook.store.BudgetKey;
import studbook.store.Database;
import studbook.store.Fields;
import studbook.store.HorseTables;
import studbook.store.Outage;
import studbook.store.Outcomes;
import studbook.store.Outlook;
import studbook.store.PauseCause;
import studbook.store.Pieces;
import studbook.store.Planner;
import studbook.store.ProcessIdentity;
import studbook.store.RunEvents;
import studbook.store.Runs;
import studbook.store.Samples;
import studbook.store.Selection;
import studbook.store.StoreException;
import studbook.store.Workers;
import studbook.time.Rate;
import studbook.time.Sleeper;
import studbook.time.Ticker;

/**
 * A backfill in this process: chooses horses, owns a run, works on it to its end. Make one, {@link
 * #plan} or {@link #resume} a run, {@link #work} on it, close it. {@link #stop} is for any thread,
 * the rest for one.
 */
public final class Backfill implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Backfill.class);

  /**
   * What a backfill needs to know.
   *
   * @param rate of the account, all its requests together
   * @param version of Studbook
   * @param settings {@code NAME=value} as it was told, for the report; never a secret
   */
  public record Setup(Account account, Rate rate, String version, List<String> settings) {

    public Setup {
      settings = List.copyOf(settings);
    }

    BudgetKey budgetKey() {
      return BudgetKey.of(account.base(), account.username().reveal(), "account");
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
  private final Workers workers;

  private volatile boolean stopping;
  private volatile Optional<Worker> working = Optional.empty();
  private boolean registered;
  private Map<Field, Integer> widths = Map.of();

  public Backfill(Database database, Setup setup, Time time) {
    this.database = database;
    this.setup = setup;
    this.time = time;
    this.runs = new Runs(database.jdbi());
    this.workers = new Workers(database.jdbi());
  }

  /** What a plan would take, counted but not written. */
  public Outlook outlook(Selection selection) {
    return new Planner(database.jdbi()).outlook(selection);
  }

  /**
   * Plans a new run that this process owns.
   *
   * @throws StoreException where the tables cannot be written, or the account's rate is disputed
   */
  public Runs.Start plan(Selection selection) {
    return plan(selection, Optional.empty());
  }

  /**
   * Plans a new run like {@link #plan(Selection)}, over horses that failed in an earlier one.
   *
   * @param retryOf that run
   */
  public Runs.Start retry(Selection selection, long retryOf) {
    return plan(selection, Optional.of(retryOf));
  }

  private Runs.Start plan(Selection selection, Optional<Long> retryOf) {
    prepare();
    Runs.Start start =
        runs.plan(
            worker,
            new Runs.Told(setup.version(), setup.rate(), setup.settings(), retryOf),
            selection);
    if (start instanceof Runs.Start.Owned(Runs.Run run, boolean _)) {
      long requests = Estimate.requests(run.total());
      runs.expect(
          run.id(),
          new Runs.Expectation(Optional.of(requests), Estimate.duration(requests, setup.rate())));
      noteQuality(run, runs::qualityBefore);
    }
    return start;
  }

  /**
   * Takes over the unfinished run; empty where there is none.
   *
   * @throws StoreException as {@link #plan}
   */
  public Optional<Runs.Start> resume() {
    prepare();
    return runs.resume(worker);
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
    for (Workers.Worker other : workers.using(key)) {
      if (!other.rate().equals(setup.rate()) && other.isAlive()) {
        throw new StoreException(
            "the account's rate is disputed: %s works at %s just now, this process was told %s; set RACING_API_RATE alike"
                .formatted(other.process(), other.rate(), setup.rate()));
      }
    }
    workers.register(worker, ProcessIdentity.mine(), setup.version(), key, setup.rate());
    registered = true;
  }

  /**
   * Works on a run that this process owns until it is settled, refused or stopped, and records
   * which. Blocks for minutes or days.
   */
  public Ending work(Runs.Run run, RunListener listener) {
    Jdbi jdbi = database.jdbi();
    Inspection inspection = new Inspection(time.clock(), widths);
    Judge judge = new Judge(inspection, BackOff.USUAL, RandomGenerator.getDefault());
    try (RacingApi api =
        new RacingApi(setup.account(), setup.version(), time.clock(), time.ticker())) {
      Worker hand =
          new Worker(
              new Worker.Ledger(
                  runs,
                  new RunEvents(jdbi),
                  new Pieces(jdbi),
                  new Outcomes(jdbi),
                  workers,
                  new Recorder.Book(new Samples(jdbi), new Fields(jdbi))),
              api,
              time.pacer(Budget.join(jdbi, setup.budgetKey(), setup.rate())),
              new Worker.Manner(worker, setup.rate(), setup.account().timeout(), judge),
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
      boolean ours =
          switch (ending) {
            case Ending.Finished() -> finish(run);
            case Ending.Stopped() ->
                runs.stop(run.id(), worker, Optional.empty(), "stopped by a signal");
            case Ending.Refused(int status) ->
                runs.stop(
                    run.id(),
                    worker,
                    Optional.of(PauseCause.CREDENTIALS),
                    "The Racing API answered " + status);
            case Ending.Superseded() -> false;
          };
      return ours ? ending : new Ending.Superseded();
    } catch (RuntimeException e) {
      log.warn(
          "run {} could not be marked as ended; `backfill --resume` goes on all the same: {}",
          run.id(),
          Outage.reason(e));
      return ending;
    }
  }

  private boolean finish(Runs.Run run) {
    boolean finished = runs.finish(run.id(), worker);
    if (finished) {
      noteQuality(run, runs::qualityAfter);
    }
    return finished;
  }

  /** A run is worth more than its score: without one it goes on. */
  private void noteQuality(Runs.Run run, BiConsumer<Long, Optional<Double>> note) {
    try {
      note.accept(run.id(), Score.take(database.jdbi()).map(Score::value));
    } catch (RuntimeException e) {
      log.warn("run {} has no data quality score here: {}", run.id(), Outage.reason(e));
    }
  }

  /** Ends {@link #work}, now or as soon as it begins: what is under way may finish. */
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
