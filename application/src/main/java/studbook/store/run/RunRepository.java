package studbook.store.run;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import studbook.model.RunState;
import studbook.store.database.ShortTransaction;
import studbook.store.pedigree.AncestorReviews;
import studbook.store.racecard.RacecardScanRepository;
import studbook.store.table.TableCounts;
import studbook.store.table.TableRules;
import studbook.store.work.ChunkRepository;
import studbook.store.work.RunEventRepository;
import studbook.store.work.RunEventType;
import studbook.time.DateRange;
import studbook.time.Rate;

/**
 * The runs and their owners. Every change of state names the expected old state, so that of two
 * processes one wins. Safe for many threads.
 */
public final class RunRepository {

  /** Serialises planning and taking over; any fixed number. */
  private static final long CONTROL_LOCK = 0x5374_7564_7275_6e73L;

  private final Jdbi jdbi;

  public RunRepository(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * A run.
   *
   * @param before the user's tables when it was planned
   * @param after the user's tables when it finished
   * @param quality of the rows before and after
   */
  public record RunRow(
      long id,
      RunState state,
      @Nullable String reason,
      @Nullable Instant pausedUntil,
      WorkerRepository.WorkerRow owner,
      long total,
      RunConfig config,
      RunEstimate estimate,
      TableCounts before,
      Optional<TableCounts> after,
      RunQuality quality,
      Instant startedAt,
      @Nullable Instant endedAt) {

    /** Whether it can continue: neither finished nor given up. */
    public boolean isUnfinished() {
      return !state.isTerminal();
    }

    /** Whether a live process owns it now. */
    public boolean isUnderWay() {
      return RunStateRepository.ACTIVE.contains(state) && owner.isAlive();
    }
  }

  /**
   * The configuration of a run.
   *
   * @param rate of the account
   * @param settings {@code NAME=value}, for its report; never a secret
   * @param retryOf the run whose failed horses it requests again
   * @param budgetShare of the rate that its processes together use at most, above 0, at most 1
   */
  public record RunConfig(
      String version,
      Rate rate,
      List<String> settings,
      Optional<Long> retryOf,
      RunKind kind,
      Optional<Double> budgetShare) {

    public RunConfig {
      settings = List.copyOf(settings);
    }

    /** Of a backfill, which may use the whole rate. */
    public RunConfig(String version, Rate rate, List<String> settings, Optional<Long> retryOf) {
      this(version, rate, settings, retryOf, RunKind.BACKFILL, Optional.empty());
    }
  }

  /**
   * The estimate of a plan.
   *
   * @param requests empty if the planning was interrupted
   * @param duration empty if nothing limits the rate
   */
  public record RunEstimate(Optional<Long> requests, Optional<Duration> duration) {}

  /**
   * Data quality scores, 0 to 100; empty if no row had data, or it was not computed.
   *
   * @param before when it was planned
   * @param after when it finished
   */
  public record RunQuality(Optional<Double> before, Optional<Double> after) {}

  /** The result of a start. */
  public sealed interface StartResult {

    /**
     * This process owns the run.
     *
     * @param resumed whether it existed before
     */
    record RunStarted(RunRow run, boolean resumed) implements StartResult {}

    /** A live process owns a run; nothing was changed. */
    record AlreadyRunning(RunRow run, RunCounts counts) implements StartResult {}
  }

  /**
   * Plans a new run owned by {@code owner}. An unfinished run without a live owner is closed as
   * superseded. Repeatable: a run that {@code owner} has planned already is returned again, since
   * the reply to its commit may have been lost.
   */
  public StartResult plan(UUID owner, RunConfig config, HorseSelection selection) {
    return plan(owner, config, selection, Optional.empty());
  }

  /**
   * The same with racecards: days of {@code scanDays} that were not read lately are chunks of the
   * run.
   */
  public StartResult plan(
      UUID owner, RunConfig config, HorseSelection selection, Optional<DateRange> scanDays) {
    return ShortTransaction.in(
        jdbi,
        handle -> {
          lock(handle);
          Optional<RunRow> unfinished = RunQueries.unfinished(handle);
          if (unfinished.filter(RunRow::isUnderWay).isPresent()) {
            RunRow run = unfinished.get();
            return isOwn(run, owner)
                ? new StartResult.RunStarted(run, false)
                : alreadyRunning(handle, run);
          }
          unfinished.ifPresent(run -> supersede(handle, run));
          return new StartResult.RunStarted(
              begin(handle, owner, config, selection, scanDays), false);
        });
  }

  /**
   * Takes over the unfinished run for {@code owner}; the leases of its dead owner are free at once.
   * Empty if no run is unfinished. Repeatable, like {@link #plan}.
   */
  public Optional<StartResult> resume(UUID owner) {
    return ShortTransaction.in(
        jdbi,
        handle -> {
          lock(handle);
          return RunQueries.unfinished(handle)
              .map(run -> {
                if (!run.isUnderWay()) {
                  return takeOwnership(handle, run, owner);
                }
                return isOwn(run, owner)
                    ? new StartResult.RunStarted(run, true)
                    : alreadyRunning(handle, run);
              });
        });
  }

  private static boolean isOwn(RunRow run, UUID worker) {
    return run.owner().id().equals(worker);
  }

  /** Whether the run takes incomplete horses, and fills blanks only. */
  public boolean takesIncomplete(long run) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery("SELECT includes_incomplete FROM studbook.run WHERE run_id = :run")
            .bind("run", run)
            .mapTo(Boolean.class)
            .one());
  }

  /** What the run requests of the ancestors; empty if it is of another kind. */
  public Optional<AncestorSelection> ancestors(long run) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT ancestor_generation, into_ra_horses FROM studbook.run
                WHERE run_id = :run AND kind = 'ancestors'
                """)
            .bind("run", run)
            .map((row, _) ->
                new AncestorSelection(
                    row.getInt("ancestor_generation"), row.getBoolean("into_ra_horses")))
            .findOne());
  }

  /** The run that is neither finished nor given up; at most one exists. */
  public Optional<RunRow> unfinished() {
    return jdbi.withHandle(RunQueries::unfinished);
  }

  /** The newest run. */
  public Optional<RunRow> latest() {
    return jdbi.withHandle(handle -> RunQueries.find(handle, Optional.empty()));
  }

  /** Finds a run by number. */
  public Optional<RunRow> find(long run) {
    return jdbi.withHandle(handle -> RunQueries.find(handle, run));
  }

  /** The newest runs, latest first. */
  public List<RunRow> newest(int most) {
    return newest(0, most);
  }

  /** The newest runs without the first {@code skipped} of them, latest first. */
  public List<RunRow> newest(int skipped, int most) {
    return jdbi.withHandle(handle -> RunQueries.newest(handle, skipped, most));
  }

  /** The runs that {@code run} retries, itself, and those that retry it, oldest first. */
  public List<RunRow> chain(long run) {
    return jdbi.withHandle(handle -> RunQueries.chain(handle, run));
  }

  /** Saves the estimate of a run's plan. */
  public void saveEstimate(long run, RunEstimate estimate) {
    jdbi.useHandle(handle ->
        handle
            .createUpdate(
                """
                UPDATE studbook.run SET estimated_requests = :requests, estimated_seconds = :seconds
                WHERE run_id = :run
                """)
            .bind("run", run)
            .bind("requests", estimate.requests().orElse(null))
            .bind("seconds", estimate.duration().map(time -> time.toMillis() / 1e3).orElse(null))
            .execute());
  }

  /** Saves the quality of the rows before the run. */
  public void qualityBefore(long run, Optional<Double> score) {
    jdbi.useHandle(handle ->
        handle
            .createUpdate("UPDATE studbook.run SET quality_before = :score WHERE run_id = :run")
            .bind("score", score.orElse(null))
            .bind("run", run)
            .execute());
  }

  /** Saves the quality of the rows after the run. */
  public void qualityAfter(long run, Optional<Double> score) {
    jdbi.useHandle(handle ->
        handle
            .createUpdate("UPDATE studbook.run SET quality_after = :score WHERE run_id = :run")
            .bind("score", score.orElse(null))
            .bind("run", run)
            .execute());
  }

  /** The counts of runs by their numbers, from one snapshot. */
  public Map<Long, RunCounts> counts(Collection<Long> runs) {
    return jdbi.withHandle(handle -> RunQueries.runCounts(handle, runs));
  }

  /** The counts of a run from one snapshot. */
  public RunCounts counts(long run) {
    return jdbi.withHandle(handle -> RunQueries.runCounts(handle, run));
  }

  /**
   * Marks a run as finished if none of its horses is pending; any process may do it. Closes open
   * chunks: they have nothing to complete.
   *
   * @return whether {@code worker} did it, now or in a commit whose reply was lost
   */
  public boolean finish(long run, UUID worker) {
    return ShortTransaction.in(
        jdbi,
        handle -> {
          boolean finished =
              RunQueries.runCounts(handle, run).pending() == 0
                  && RunStateRepository.set(
                      handle, run, RunStateRepository.ACTIVE, RunState.FINISHED, null);
          if (finished) {
            RunStateRepository.closeChunks(handle, run);
            saveTableCounts(handle, run);
            AncestorReviews.raise(handle, run);
            RunEventRepository.append(handle, run, RunEventType.FINISHED, null, null, worker);
          }
          return finished || finishedBefore(handle, run, worker);
        });
  }

  private static boolean finishedBefore(Handle handle, long run, UUID worker) {
    return handle
        .createQuery(
            """
            SELECT EXISTS (SELECT FROM studbook.run_event
                           WHERE run_id = :run AND event = 'finished' AND worker_id = :worker)
            """)
        .bind("run", run)
        .bind("worker", worker)
        .mapTo(Boolean.class)
        .one();
  }

  private static void saveTableCounts(Handle handle, long run) {
    TableCounts after = TableCounts.take(handle);
    handle.execute(
        """
        UPDATE studbook.run SET horses_after = ?, enriched_after = ?, pedigrees_after = ?
        WHERE run_id = ?
        """,
        after.horses(),
        after.enriched(),
        after.pedigrees(),
        run);
  }

  private static void lock(Handle handle) {
    handle.execute("SELECT pg_advisory_xact_lock(?)", CONTROL_LOCK);
  }

  private static StartResult alreadyRunning(Handle handle, RunRow run) {
    return new StartResult.AlreadyRunning(run, RunQueries.runCounts(handle, run.id()));
  }

  /**
   * Its chunks close and their tokens increase: an owner that is alive after all writes nothing.
   */
  private static void supersede(Handle handle, RunRow run) {
    RunStateRepository.closeChunks(handle, run.id());
    RunStateRepository.set(
        handle, run.id(), RunStateRepository.UNFINISHED, RunState.SUPERSEDED, run.reason());
    RunEventRepository.append(
        handle, run.id(), RunEventType.SUPERSEDED, "a new run was planned", null, null);
  }

  private static RunRow begin(
      Handle handle,
      UUID owner,
      RunConfig config,
      HorseSelection selection,
      Optional<DateRange> scanDays) {
    long id =
        handle
            .createQuery(
                """
                INSERT INTO studbook.run
                  (ancestor_generation, into_ra_horses, kind, budget_share, state, owner_worker_id, version, rate, settings, retry_of_run_id, includes_incomplete,
                   horses_before, enriched_before, pedigrees_before, table_rules_fingerprint)
                SELECT :generation, :intoUserTables, :kind, :budgetShare, 'running', :owner, :version, :rate, :settings, :retryOf, :includesIncomplete,
                       h.horses, h.enriched, p.pedigrees, %s
                FROM (SELECT count(*) AS horses, count(dob) AS enriched FROM ra_horses) h,
                     (SELECT count(*) AS pedigrees FROM ra_horse_pedigree) p
                RETURNING run_id
                """
                    .formatted(TableRules.FINGERPRINT))
            .bindByType(
                "generation",
                selection.ancestors().map(AncestorSelection::generation).orElse(null),
                Integer.class)
            .bind(
                "intoUserTables",
                selection.ancestors().filter(AncestorSelection::intoUserTables).isPresent())
            .bind("kind", config.kind().text())
            .bindByType("budgetShare", config.budgetShare().orElse(null), Double.class)
            .bind("owner", owner)
            .bind("version", config.version())
            .bind("rate", config.rate().perSecond())
            .bindArray("settings", String.class, config.settings())
            .bind("retryOf", config.retryOf().orElse(null))
            .bind("includesIncomplete", selection.incomplete())
            .mapTo(Long.class)
            .one();
    long total = RunPlanner.freeze(handle, id, selection, scanDays);
    handle.execute("UPDATE studbook.run SET horse_count = ? WHERE run_id = ?", total, id);
    String horses =
        String.format(
            Locale.ROOT, "%,d %shorse%s", total, planned(selection), total == 1 ? "" : "s");
    RunEventRepository.append(handle, id, RunEventType.PLANNED, horses, null, owner);
    return RunQueries.find(handle, id).orElseThrow();
  }

  private static String planned(HorseSelection selection) {
    return switch (selection.kind()) {
      case REFRESH -> "due ";
      case ANCESTORS -> "missing ";
      case BACKFILL -> selection.incomplete() ? "incomplete " : "";
    };
  }

  private static StartResult takeOwnership(Handle handle, RunRow run, UUID owner) {
    ChunkRepository.release(handle, run.id(), run.owner().id());
    RunStateRepository.set(handle, run.id(), RunStateRepository.UNFINISHED, RunState.RUNNING, null);
    RunStateRepository.own(handle, run.id(), run.owner().id(), owner);
    RunEventRepository.append(handle, run.id(), RunEventType.RESTARTED, null, null, owner);
    RacecardScanRepository.reopen(handle, run.id(), owner);
    return new StartResult.RunStarted(RunQueries.find(handle, run.id()).orElseThrow(), true);
  }
}
