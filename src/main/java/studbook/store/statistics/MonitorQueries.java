package studbook.store.statistics;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import studbook.ratelimit.LimitReduction;
import studbook.store.error.DatabaseError;
import studbook.store.error.StoreException;
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
 * What those who watch a run read: a handful of small statements on one snapshot, whatever the size
 * of the tables. Safe for many threads.
 */
public final class MonitorQueries {

  private static final int NEWEST_ERRORS = 40;

  /** A server that says nothing for so long counts as away; else a look would wait for ever. */
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);

  private final Jdbi jdbi;

  public MonitorQueries(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * The database as it stood at one moment.
   *
   * @param at by the database's clock
   * @param run the newest, or the one that was asked for; empty where there is none
   */
  public record MonitorRow(Instant at, Optional<RunSnapshot> run) {}

  /**
   * A run as it stood then.
   *
   * @param timeline until the moment of the look
   * @param lowered times in which the rate was lowered, the oldest first
   * @param sweep how far the days of racecards are
   * @param errors the newest entries of its error log, the newest first
   */
  public record RunSnapshot(
      RunRepository.RunRow run,
      RunCounts tally,
      ThroughputHistory course,
      RunTimeline timeline,
      List<LimitReduction> lowered,
      RacecardScanProgress sweep,
      List<NewestError> errors) {

    public RunSnapshot {
      lowered = List.copyOf(lowered);
      errors = List.copyOf(errors);
    }
  }

  /**
   * An entry of the error log.
   *
   * @param kind as the table spells it
   * @param status of HTTP; null where there was no answer
   * @param message from outside, not made printable
   */
  public record NewestError(
      Instant at, @Nullable String horse, String kind, @Nullable Integer status, String message) {}

  /**
   * Looks at a run.
   *
   * @param number empty for the newest
   */
  public MonitorRow look(Optional<Long> number) {
    return jdbi.inTransaction(handle -> {
      answersWithin(handle, ANSWER_WITHIN);
      handle.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
      Instant at =
          handle
              .createQuery("SELECT clock_timestamp() AS now")
              .map((row, context) -> instant(row, "now"))
              .one();
      Optional<RunRepository.RunRow> run =
          number.isPresent()
              ? RunQueries.find(handle, number.get())
              : RunQueries.newest(handle, 1).stream().findFirst();
      return new MonitorRow(at, run.map(one -> watched(handle, one, at)));
    });
  }

  private static RunSnapshot watched(Handle handle, RunRepository.RunRow run, Instant at) {
    List<RunEventRepository.RunEvent> events = RunEventRepository.of(handle, run.id());
    return new RunSnapshot(
        run,
        RunQueries.tally(handle, run.id()),
        ThroughputHistory.of(handle, run.id()),
        RunTimelineQueries.of(handle, run, events, at),
        LimitReduction.of(events, Optional.ofNullable(run.endedAt())),
        RacecardScanRepository.totals(handle, run.id()),
        errors(handle, run.id()));
  }

  private static List<NewestError> errors(Handle handle, long run) {
    return handle
        .createQuery(
            """
            SELECT occurred_at, horse_id, kind, http_status, message FROM studbook.error
            WHERE run_id = :run ORDER BY error_id DESC LIMIT :most
            """)
        .bind("run", run)
        .bind("most", NEWEST_ERRORS)
        .map((row, context) -> mishap(row))
        .list();
  }

  /**
   * Counts the user's tables, which reads them whole.
   *
   * @param longest after that it gives up
   * @return empty where it gave up
   */
  public Optional<TableCounts> census(Duration longest) {
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

  /** The pool takes it back with the connection. */
  private static void answersWithin(Handle handle, Duration longest) {
    try {
      handle.getConnection().setNetworkTimeout(Runnable::run, (int) longest.toMillis());
    } catch (SQLException e) {
      throw new StoreException("the connection takes no time-out", e);
    }
  }

  private static NewestError mishap(ResultSet row) throws SQLException {
    return new NewestError(
        instant(row, "occurred_at"),
        row.getString("horse_id"),
        row.getString("kind"),
        row.getObject("http_status", Integer.class),
        row.getString("message"));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
