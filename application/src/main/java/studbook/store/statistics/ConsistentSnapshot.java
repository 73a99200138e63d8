package studbook.store.statistics;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import studbook.model.HorseId;
import studbook.store.run.RunCounts;
import studbook.store.run.RunQueries;
import studbook.store.run.RunRepository;
import studbook.store.table.CheckCounts;
import studbook.store.table.IncompleteHorses;
import studbook.store.table.TableCounts;
import studbook.store.work.RunEventRepository;

/**
 * The user's tables and the work items at one moment, so that figures agree even during a run.
 * Read-only. Valid as long as {@link #take}.
 */
public final class ConsistentSnapshot {

  private final Handle handle;

  private ConsistentSnapshot(Handle handle) {
    this.handle = handle;
  }

  /** The result of {@code look}, from one snapshot. */
  public static <T> T take(Jdbi jdbi, Function<ConsistentSnapshot, T> look) {
    return jdbi.inTransaction(handle -> {
      configure(handle);
      return look.apply(new ConsistentSnapshot(handle));
    });
  }

  /**
   * The same, for what may be left out: a statement ends after ten minutes, and a wait for a lock
   * after five seconds.
   */
  public static <T> T takeIfPossible(Jdbi jdbi, Function<ConsistentSnapshot, T> look) {
    return take(
        jdbi,
        snapshot -> {
          snapshot.handle.execute("SET LOCAL statement_timeout = '10min'");
          snapshot.handle.execute("SET LOCAL lock_timeout = '5s'");
          return look.apply(snapshot);
        });
  }

  /** Settings of this transaction only. */
  static void configure(Handle handle) {
    // By a statement: the driver's method would set it for the session.
    handle.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
    // For joins of whole tables; with the default 4 MB they spill to disk from a hundred thousand
    // rows.
    handle.execute("SET LOCAL work_mem = '32MB'");
    // A parallel hash join keeps its table, up to work_mem × hash_mem_multiplier × processes, in
    // /dev/shm, which has 64 MB in a container. Without it each process hashes in its own memory.
    handle.execute("SET LOCAL enable_parallel_hash = off");
  }

  /** The database's clock. */
  public Instant now() {
    return handle.createQuery("SELECT clock_timestamp()").mapTo(Instant.class).one();
  }

  public TableCounts tableCounts() {
    return TableCounts.take(handle);
  }

  /** The run, or the newest one; empty if there is none. */
  public Optional<RunRepository.RunRow> run(Optional<Long> number) {
    return RunQueries.find(handle, number);
  }

  /** The runs that {@code run} retries, itself, and those that retry it, oldest first. */
  public List<RunRepository.RunRow> chain(long run) {
    return RunQueries.chain(handle, run);
  }

  public RunCounts runCounts(long run) {
    return RunQueries.runCounts(handle, run);
  }

  public List<RunEventRepository.RunEvent> events(long run) {
    return RunEventRepository.of(handle, run);
  }

  /**
   * Counts, in one scan, the rows with data that satisfy each condition.
   *
   * @param conditions constant SQL over h (ra_horses) and p (ra_horse_pedigree, NULL if a horse has
   *     none)
   */
  public CheckCounts rows(List<String> conditions) {
    return CheckCounts.take(handle, conditions);
  }

  /** For each condition the first ids of rows with data that satisfy it. Another scan. */
  public List<List<String>> examples(List<String> conditions, int most) {
    return CheckCounts.examples(handle, conditions, most);
  }

  /** Rows with the same name and date of birth as an earlier row. */
  public long repeated() {
    return CheckCounts.repeated(handle);
  }

  /** The totals of these runs, in their order. */
  public List<ConsistencyTotals> totals(List<Long> runs) {
    return ConsistencyTotals.take(handle, runs);
  }

  /** The final outcomes of all horses of these runs. */
  public FinalOutcomeCounts lastOutcomes(List<Long> runs) {
    return FinalOutcomeCounts.take(handle, runs);
  }

  /** The numbers of all runs, oldest first. */
  public List<Long> runs() {
    return handle
        .createQuery("SELECT run_id FROM studbook.run ORDER BY run_id")
        .mapTo(Long.class)
        .list();
  }

  /** Horses that need enrichment and have no outcome in any run. */
  public long notAttempted() {
    return handle
        .createQuery(
            """
            SELECT count(*)
            FROM (SELECT horse_id::text COLLATE "C" AS horse_id FROM ra_horses WHERE dob IS NULL) h
            LEFT JOIN (SELECT DISTINCT horse_id FROM studbook.work_item WHERE state <> 'pending') i
              ON i.horse_id = h.horse_id
            WHERE i.horse_id IS NULL AND h.horse_id ~ :idPattern
            """)
        .bind("idPattern", "^" + HorseId.PATTERN + "$")
        .mapTo(Long.class)
        .one();
  }

  /** Horses that have a date of birth, lack another field, and were not confirmed lately. */
  public long incomplete() {
    return IncompleteHorses.count(handle, Optional.empty());
  }

  /** Rows that these runs wrote, with their current values. */
  public RowSampler sample(List<Long> runs) {
    return new RowSampler(handle, runs);
  }
}
