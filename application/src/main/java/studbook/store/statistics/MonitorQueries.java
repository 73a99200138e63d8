package studbook.store.statistics;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import studbook.ratelimit.LimitReduction;
import studbook.store.error.DatabaseError;
import studbook.store.error.StoreException;
import studbook.store.outcome.ErrorLog;
import studbook.store.outcome.ErrorLog.LoggedError;
import studbook.store.racecard.RacecardScanProgress;
import studbook.store.racecard.RacecardScanRepository;
import studbook.store.run.RunCounts;
import studbook.store.run.RunQueries;
import studbook.store.run.RunRepository;
import studbook.store.run.RunTimeline;
import studbook.store.run.RunTimelineQueries;
import studbook.store.table.TableCounts;
import studbook.store.work.RunEventRepository;

/**
 * The queries of a monitor: a few small statements on one snapshot, independent of the size of the
 * tables. Safe for many threads.
 */
public final class MonitorQueries {

  private static final int NEWEST_ERRORS = 40;

  /**
   * A server that is silent for this long counts as unavailable; otherwise a poll could wait
   * forever.
   */
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);

  private final Jdbi jdbi;

  public MonitorQueries(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * The state of the database at one moment.
   *
   * @param at by the database's clock
   * @param run the newest, or the requested one; empty if there is none
   */
  public record MonitorRow(Instant at, Optional<RunSnapshot> run) {}

  /**
   * A run at that moment.
   *
   * @param timeline until then
   * @param lowered reductions of the rate, oldest first
   * @param scan progress of the racecard scan
   * @param errors newest entries of its error log, newest first
   */
  public record RunSnapshot(
      RunRepository.RunRow run,
      RunCounts counts,
      ThroughputHistory history,
      RunTimeline timeline,
      List<LimitReduction> lowered,
      RacecardScanProgress scan,
      List<LoggedError> errors) {

    public RunSnapshot {
      lowered = List.copyOf(lowered);
      errors = List.copyOf(errors);
    }
  }

  /**
   * Loads a run.
   *
   * @param number empty for the newest
   */
  public MonitorRow read(Optional<Long> number) {
    return jdbi.inTransaction(handle -> {
      answersWithin(handle, ANSWER_WITHIN);
      handle.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
      Instant at = handle.createQuery("SELECT clock_timestamp()").mapTo(Instant.class).one();
      Optional<RunRepository.RunRow> run = RunQueries.find(handle, number);
      return new MonitorRow(at, run.map(one -> runSnapshot(handle, one, at)));
    });
  }

  private static RunSnapshot runSnapshot(Handle handle, RunRepository.RunRow run, Instant at) {
    List<RunEventRepository.RunEvent> events = RunEventRepository.of(handle, run.id());
    return new RunSnapshot(
        run,
        RunQueries.runCounts(handle, run.id()),
        ThroughputHistory.of(handle, run.id()),
        RunTimelineQueries.of(handle, run, events, at),
        LimitReduction.of(events, Optional.ofNullable(run.endedAt())),
        RacecardScanRepository.totals(handle, run.id()),
        ErrorLog.newest(handle, run.id(), NEWEST_ERRORS));
  }

  /**
   * Counts the user's tables, reading them completely.
   *
   * @param longest time limit
   * @return empty after the limit
   */
  public Optional<TableCounts> tableCounts(Duration longest) {
    try {
      return jdbi.inTransaction(handle -> {
        answersWithin(handle, longest.plus(ANSWER_WITHIN));
        handle
            .createQuery("SELECT set_config('statement_timeout', :millis, true)")
            .bind("millis", Long.toString(longest.toMillis()))
            .mapTo(String.class)
            .one();
        return Optional.of(TableCounts.take(handle));
      });
    } catch (JdbiException e) {
      if (e.getCause() instanceof SQLException sql
          && DatabaseError.QUERY_CANCELLED.equals(sql.getSQLState())) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** The pool restores it with the connection. */
  private static void answersWithin(Handle handle, Duration longest) {
    try {
      handle.getConnection().setNetworkTimeout(Runnable::run, (int) longest.toMillis());
    } catch (SQLException e) {
      throw new StoreException("the connection takes no time-out", e);
    }
  }
}
