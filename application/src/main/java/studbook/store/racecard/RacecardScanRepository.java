package studbook.store.racecard;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import studbook.crashtest.CrashPoint;
import studbook.model.HorseId;
import studbook.store.database.ShortTransaction;
import studbook.store.outcome.ErrorLog;
import studbook.store.outcome.OutcomeRepository;
import studbook.store.outcome.RowRejection;
import studbook.store.outcome.WriteResult;
import studbook.store.work.Lease;
import studbook.store.work.RunEventRepository;
import studbook.store.work.RunEventType;

/**
 * The racecard days of a run. A day is a chunk: its write locks that chunk, work items and horses
 * in the order of every write, and no range, so that scans and profiles never deadlock. Safe for
 * many threads.
 */
public final class RacecardScanRepository {

  private final Jdbi jdbi;
  private final OutcomeRepository outcomeRepository;
  private final RunnerConfirmer confirmer;

  public RacecardScanRepository(Jdbi jdbi) {
    this.jdbi = jdbi;
    this.outcomeRepository = new OutcomeRepository(jdbi);
    this.confirmer = new RunnerConfirmer(jdbi);
  }

  /** The horses that are pending in the run. */
  public Set<HorseId> wanted(long run, List<HorseId> horses) {
    return jdbi.withHandle(handle ->
        new HashSet<>(
            handle
                .createQuery(
                    """
                    SELECT g.horse_id
                    FROM unnest(:horses) g (horse_id)
                    CROSS JOIN LATERAL (
                      SELECT FROM studbook.work_item
                      WHERE run_id = :run AND horse_id = g.horse_id AND state = 'pending' OFFSET 0) i
                    """)
                .bind("run", run)
                .bindArray("horses", String.class, horses.stream().map(HorseId::text).toArray())
                .map((row, context) -> new HorseId(row.getString("horse_id")))
                .list()));
  }

  /**
   * Compares the horses that the run does not need, in a transaction of its own, which a later try
   * may repeat. Then commits a day: the rows of its needed horses, cached profiles, and that the
   * day is read, in one transaction. If the user's schema rejects a row, the others are written
   * first, in transactions of their own, and the day is marked with the last one.
   *
   * @return one result for each outcome, all repeated if a commit whose reply was lost had written
   *     the day; empty if the lease is lost or the day was given up: nothing changed
   * @throws JdbiException if the database is unavailable or cannot write
   */
  public Optional<List<WriteResult>> write(RacecardDayWrite day) {
    confirmer.confirm(Optional.of(day.lease().run()), day.others());
    try {
      Optional<List<WriteResult>> committed =
          jdbi.inTransaction(handle -> {
            Optional<Boolean> open = isOpen(handle, day.lease());
            if (!open.orElse(false)) {
              return open.map(_ -> repeated(day));
            }
            ErrorLog.append(handle, day.errors());
            List<WriteResult> results = OutcomeRepository.complete(handle, day.outcomes());
            ErrorLog.append(handle, OutcomeRepository.refusals(results));
            finish(handle, day);
            CrashPoint.BEFORE_COMMIT.reached();
            return Optional.of(results);
          });
      CrashPoint.AFTER_COMMIT.reached();
      return committed;
    } catch (JdbiException e) {
      if (RowRejection.in(e).isEmpty()) {
        throw e;
      }
      List<WriteResult> results = outcomeRepository.write(day.outcomes(), day.errors());
      return jdbi.inTransaction(handle -> {
        if (!isOpen(handle, day.lease()).orElse(false)) {
          return Optional.<List<WriteResult>>empty();
        }
        finish(handle, day);
        return Optional.of(results);
      });
    }
  }

  private static List<WriteResult> repeated(RacecardDayWrite day) {
    return day.outcomes().stream().<WriteResult>map(WriteResult.AlreadyWritten::new).toList();
  }

  /** Empty if the lease is lost. Only this day's own write closes it without a new token. */
  private static Optional<Boolean> isOpen(Handle handle, Lease lease) {
    return handle
        .createQuery(
            """
            SELECT open, set_config('idle_in_transaction_session_timeout', '15s', true) -- as in ShortTransaction
            FROM studbook.chunk
            WHERE run_id = :run AND chunk_no = :chunk AND fencing_token = :fencingToken FOR NO KEY UPDATE
            """)
        .bind("run", lease.run())
        .bind("chunk", lease.chunk())
        .bind("fencingToken", lease.token())
        .mapTo(Boolean.class)
        .findOne();
  }

  /** A day that was not read is requested again when the run is resumed. */
  private static void finish(Handle handle, RacecardDayWrite day) {
    CachedProfileRepository.cache(handle, day.lease().run(), day.day(), day.unwanted());
    saveRacecardDate(handle, day);
    handle
        .createUpdate(
            """
            INSERT INTO studbook.racecard_day
              (racecard_date, run_id, status, error_message, request_count, runner_count, horses_completed)
            SELECT :racecardDate, :run, :status, :errorMessage, :requestCount, :runnerCount,
                   enriched + failed + already_filled + missing
            FROM studbook.chunk WHERE run_id = :run AND chunk_no = :chunk
            ON CONFLICT (racecard_date) DO UPDATE SET
              run_id = EXCLUDED.run_id, read_at = EXCLUDED.read_at, status = EXCLUDED.status,
              error_message = EXCLUDED.error_message, request_count = EXCLUDED.request_count,
              runner_count = EXCLUDED.runner_count, horses_completed = EXCLUDED.horses_completed
            """)
        .bind("racecardDate", day.day())
        .bind("run", day.lease().run())
        .bind("status", day.status().name().toLowerCase(Locale.ROOT))
        .bind("errorMessage", day.why().orElse(null))
        .bind("requestCount", day.requests())
        .bind("runnerCount", day.runners())
        .bind("chunk", day.lease().chunk())
        .execute();
    handle.execute(
        """
        UPDATE studbook.chunk SET open = false, request_count = request_count + ?, retry_on_resume = ?
        WHERE run_id = ? AND chunk_no = ? AND fencing_token = ?
        """,
        day.requests(),
        day.status() != RacecardDayWrite.DayStatus.READ,
        day.lease().run(),
        day.lease().chunk(),
        day.lease().token());
  }

  /** The others have theirs already. */
  private static void saveRacecardDate(Handle handle, RacecardDayWrite day) {
    handle
        .createUpdate(
            """
            UPDATE studbook.confirmation SET racecard_date = :racecardDate
            WHERE horse_id = ANY (:horses) AND run_id = :run AND COALESCE(racecard_date, '-infinity') < :racecardDate
            """)
        .bind("racecardDate", day.day())
        .bind("run", day.lease().run())
        .bindArray(
            "horses",
            String.class,
            day.outcomes().stream().map(outcome -> outcome.horse().text()).toList())
        .execute();
  }

  /**
   * Whether the last {@code days} days that the run read yielded fewer horses than their requests.
   * Rejected and failed days do not count.
   */
  public boolean paysNoMore(long run, int days) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT count(*) = :days AND sum(horses_completed) < sum(request_count)
                FROM (SELECT horses_completed, request_count FROM studbook.racecard_day
                      WHERE run_id = :run AND status = 'read' ORDER BY read_at DESC LIMIT :days) latest
                """)
            .bind("run", run)
            .bind("days", days)
            .mapTo(Boolean.class)
            .one());
  }

  /**
   * Gives up the unread days. A day that another worker is reading ends by itself.
   *
   * @param except days that {@code worker} still finishes; its other days are given up
   * @param retryOnResume whether they are read when the run is resumed
   * @param why a sentence for people
   */
  public void end(long run, UUID worker, Set<Lease> except, boolean retryOnResume, String why) {
    ShortTransaction.use(
        jdbi,
        handle -> {
          int closed =
              handle
                  .createUpdate(
                      """
                      UPDATE studbook.chunk
                      SET open = false, fencing_token = fencing_token + 1, lease_expires_at = '-infinity',
                          retry_on_resume = :retryOnResume
                      WHERE run_id = :run AND kind = 'racecard_day' AND open AND chunk_no <> ALL (:except)
                        AND (lease_expires_at < clock_timestamp() OR owner_worker_id = :worker)
                      """)
                  .bind("retryOnResume", retryOnResume)
                  .bind("run", run)
                  .bind("worker", worker)
                  .bindArray("except", Integer.class, except.stream().map(Lease::chunk).toList())
                  .execute();
          if (closed > 0 && !isTold(handle, run, why)) {
            RunEventRepository.append(handle, run, RunEventType.RACECARDS, why, null, worker);
          }
        });
  }

  /** Days in progress are closed later than the others, for the same reason. */
  private static boolean isTold(Handle handle, long run, String why) {
    return handle
        .createQuery(
            """
            SELECT detail FROM studbook.run_event WHERE run_id = :run AND event = :event
            ORDER BY occurred_at DESC LIMIT 1
            """)
        .bind("run", run)
        .bind("event", RunEventType.RACECARDS.text())
        .mapTo(String.class)
        .findOne()
        .filter(why::equals)
        .isPresent();
  }

  /** Reopens days that were rejected, failed, or given up for that, when the run is resumed. */
  public static void reopen(Handle handle, long run, UUID worker) {
    int days =
        handle.execute(
            """
            UPDATE studbook.chunk
            SET open = true, retry_on_resume = false, fencing_token = fencing_token + 1,
                lease_expires_at = '-infinity'
            WHERE run_id = ? AND kind = 'racecard_day' AND NOT open AND retry_on_resume
            """,
            run);
    if (days > 0) {
      String what = "racecards are requested again: %d days were not read".formatted(days);
      RunEventRepository.append(handle, run, RunEventType.RACECARDS, what, null, worker);
    }
  }

  /** Records the decision about racecards of the plan as an event. */
  public void decided(long run, UUID worker, String what) {
    jdbi.useHandle(handle ->
        RunEventRepository.append(handle, run, RunEventType.RACECARDS, what, null, worker));
  }

  /** The progress of the run's racecard scan. */
  public RacecardScanProgress totals(long run) {
    return jdbi.withHandle(handle -> totals(handle, run));
  }

  public static RacecardScanProgress totals(Handle handle, long run) {
    return handle
        .createQuery(
            """
            SELECT COALESCE(sum(merged_chunks), 0) AS days, count(*) FILTER (WHERE open) AS "left",
                   COALESCE(sum(request_count), 0) AS requests,
                   COALESCE(sum(enriched + failed + already_filled + missing), 0) AS completed,
                   (SELECT detail FROM studbook.run_event
                    WHERE run_id = :run AND event = :event ORDER BY occurred_at DESC LIMIT 1) AS decision
            FROM studbook.chunk WHERE run_id = :run AND kind = 'racecard_day'
            """)
        .bind("run", run)
        .bind("event", RunEventType.RACECARDS.text())
        .map(ConstructorMapper.of(RacecardScanProgress.class))
        .one();
  }
}
