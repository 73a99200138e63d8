package studbook.store.archive;

import java.io.IOException;
import java.time.YearMonth;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.result.ResultIterator;
import org.jdbi.v3.core.statement.Query;
import studbook.crashtest.CrashPoint;
import studbook.store.error.StoreException;
import studbook.store.run.RunRepository;
import studbook.store.run.RunRepository.RunRow;
import studbook.store.run.RunTimeline;
import studbook.store.run.RunTimelineQueries;
import studbook.store.table.MissingGrants;

/**
 * Moves rows to files and deletes them. Every method is repeatable: after a crash or a lost reply
 * it finds what is left. Safe for many threads.
 */
public final class ArchiveRepository {

  private static final int FETCHED = 500;

  private final Jdbi jdbi;

  public ArchiveRepository(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** Receives the rows of a table. */
  public interface LineSink {

    /**
     * Stores the rows; returns when they are on disk, so that they can be deleted.
     *
     * @param lines sorted by their bytes, without line ends
     */
    void store(ArchivedTable table, Iterator<byte[]> lines) throws IOException;
  }

  /**
   * Checks that rows can be deleted.
   *
   * @throws StoreException with the missing permissions
   */
  public void requirePermitted() {
    List<String> missing = jdbi.withHandle(handle -> new MissingGrants(handle).toArchive());
    if (!missing.isEmpty()) {
      throw new StoreException(
          "the database user lacks privileges; run as the owner: " + String.join(" ", missing));
    }
  }

  /** Stores the timelines of runs that ended before a month, while their events are there. */
  public void saveTimelines(YearMonth before) {
    RunRepository runRepository = new RunRepository(jdbi);
    RunTimelineQueries timelines = new RunTimelineQueries(jdbi);
    for (long run : withoutTimeline(before)) {
      RunRow row = runRepository.find(run).orElseThrow();
      save(run, timelines.of(row));
    }
  }

  private List<Long> withoutTimeline(YearMonth before) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT run_id FROM studbook.run
                WHERE state IN ('finished', 'cancelled', 'superseded') AND ended_at < :before AND timeline IS NULL
                """)
            .bind("before", ArchiveQueries.start(before))
            .mapTo(Long.class)
            .list());
  }

  private void save(long run, RunTimeline timeline) {
    jdbi.useHandle(handle ->
        handle
            .createUpdate(
                "UPDATE studbook.run SET timeline = :timeline WHERE run_id = :run AND timeline IS NULL")
            .bindArray("timeline", String.class, timeline.lines())
            .bind("run", run)
            .execute());
  }

  /**
   * Moves a unit: reads its rows from one snapshot, lets {@code sink} store them, and deletes the
   * same rows.
   *
   * @throws StoreException while another process archives
   */
  public void move(ArchiveUnit unit, LineSink sink) throws IOException {
    jdbi.useTransaction(handle -> {
      handle.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
      lock(handle);
      for (ArchivedTable table : unit.rows().keySet()) {
        store(handle, unit, table, sink);
      }
      for (ArchivedTable table : unit.rows().keySet()) {
        delete(handle, unit, table);
      }
      CrashPoint.BEFORE_COMMIT.reached();
    });
    CrashPoint.AFTER_COMMIT.reached();
  }

  /** Reports it at once instead of waiting, after which the snapshot would be too old. */
  private static void lock(Handle handle) {
    boolean alone =
        handle
            .createQuery(
                "SELECT pg_try_advisory_xact_lock(hashtextextended('studbook.archive', 0))")
            .mapTo(Boolean.class)
            .one();
    if (!alone) {
      throw new StoreException(
          "another process archives this database; wait until it has finished");
    }
  }

  private static void store(Handle handle, ArchiveUnit unit, ArchivedTable table, LineSink sink)
      throws IOException {
    try (Query query = handle.createQuery(ArchiveStatements.of(table).lines());
        ResultIterator<byte[]> lines =
            query
                .bindArray("runs", Long.class, unit.runs())
                .bind("from", ArchiveQueries.start(unit.month()))
                .bind("to", ArchiveQueries.start(unit.month().plusMonths(1)))
                .setFetchSize(FETCHED)
                .mapTo(byte[].class)
                .iterator()) {
      sink.store(table, lines);
    }
  }

  private static void delete(Handle handle, ArchiveUnit unit, ArchivedTable table) {
    handle
        .createUpdate(ArchiveStatements.of(table).delete())
        .bindArray("runs", Long.class, unit.runs())
        .bind("from", ArchiveQueries.start(unit.month()))
        .bind("to", ArchiveQueries.start(unit.month().plusMonths(1)))
        .execute();
  }

  /**
   * Deletes the notifications of months before one that were sent, or given up. They are copies of
   * events; a receiver has what was sent. An event is looked for on one day only, so that none is
   * sent again.
   */
  public void deleteNotifications(YearMonth before) {
    jdbi.useHandle(handle ->
        handle
            .createUpdate(
                "DELETE FROM studbook.notification WHERE state <> 'pending' AND occurred_at < :before")
            .bind("before", ArchiveQueries.start(before))
            .execute());
  }

  /**
   * Makes the space of deleted rows available for new ones. A database user who does not own the
   * tables leaves that to autovacuum: PostgreSQL skips them with a warning.
   */
  public void vacuum(Collection<ArchivedTable> tables) {
    jdbi.useHandle(handle -> {
      for (ArchivedTable table : tables) {
        handle.execute(ArchiveStatements.of(table).vacuum());
      }
    });
  }
}
