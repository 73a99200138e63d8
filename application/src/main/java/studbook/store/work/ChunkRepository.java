package studbook.store.work;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import studbook.crashtest.CrashPoint;
import studbook.model.HorseId;
import studbook.store.run.WorkerRepository;

/**
 * The chunks of a run: claimed with a fencing token and a lease by the database's clock, renewed by
 * {@link WorkerRepository#heartbeat}, released when a worker ends. Safe for many threads.
 *
 * <p>A claim is repeatable. If its reply is lost, the worker owns a chunk that it does not know of,
 * and its heartbeat keeps others from claiming it. So every claim also returns chunks that the
 * worker owns but does not list as held, with a new token.
 */
public final class ChunkRepository {

  private final Jdbi jdbi;

  public ChunkRepository(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * Leases the first open range that is free or the worker's own; empty if there is none now.
   *
   * @param inHand every lease that the worker holds and has not closed or lost
   */
  public Optional<Lease> claim(long run, UUID worker, Set<Lease> inHand) {
    return committed(
            jdbi.withHandle(handle -> claim(handle, run, worker, ChunkKind.HORSES, inHand)))
        .map(ClaimedChunk::lease);
  }

  /**
   * Leases the cached profiles. The worker must not hold them already. Since they are claimed once,
   * the chunk is waited for if it is the worker's own and its heartbeat has it locked.
   */
  public Optional<Lease> claimCached(long run, UUID worker) {
    return committed(
            jdbi.inTransaction(handle -> {
              handle
                  .select(
                      """
                      SELECT chunk_no FROM studbook.chunk
                      WHERE run_id = ? AND kind = 'cached' AND open AND owner_worker_id = ? FOR UPDATE
                      """,
                      run,
                      worker)
                  .mapTo(Integer.class)
                  .list();
              return claim(handle, run, worker, ChunkKind.CACHED, Set.of());
            }))
        .map(ClaimedChunk::lease);
  }

  /**
   * Leases the newest open racecard day that is free or the worker's own.
   *
   * @param inHand every day that the worker holds
   */
  public Optional<RacecardLease> claimDay(long run, UUID worker, Set<Lease> inHand) {
    return committed(
            jdbi.withHandle(handle -> claim(handle, run, worker, ChunkKind.RACECARD_DAY, inHand)))
        .map(claimed -> new RacecardLease(claimed.lease(), Objects.requireNonNull(claimed.day())));
  }

  private record ClaimedChunk(Lease lease, @Nullable LocalDate day) {}

  private static Optional<ClaimedChunk> claim(
      Handle handle, long run, UUID worker, ChunkKind kind, Set<Lease> inHand) {
    return handle
        .createQuery(
            """
            WITH free AS MATERIALIZED ( -- once: a join that evaluated it again would find and lock the next one
              SELECT run_id, chunk_no FROM studbook.chunk
              WHERE run_id = :run AND kind = :kind AND open AND chunk_no <> ALL (:inHand)
                AND (lease_expires_at < clock_timestamp() OR owner_worker_id = :worker)
              ORDER BY chunk_no LIMIT 1 FOR UPDATE SKIP LOCKED
            )
            UPDATE studbook.chunk c
            SET fencing_token = c.fencing_token + 1, owner_worker_id = :worker,
                lease_expires_at = clock_timestamp() + :lease * interval '1 second'
            FROM free
            WHERE (c.run_id, c.chunk_no) = (free.run_id, free.chunk_no)
            RETURNING c.chunk_no, c.fencing_token, c.racecard_date
            """)
        .bind("run", run)
        .bind("worker", worker)
        .bind("kind", kind.text())
        .bind("lease", LeaseConfig.LEASE.toSeconds())
        .bindArray("inHand", Integer.class, inHand.stream().map(Lease::chunk).toList())
        .map((row, context) ->
            new ClaimedChunk(
                new Lease(run, row.getInt("chunk_no"), row.getInt("fencing_token")),
                row.getObject("racecard_date", LocalDate.class)))
        .findOne();
  }

  private static Optional<ClaimedChunk> committed(Optional<ClaimedChunk> claimed) {
    claimed.ifPresent(_ -> CrashPoint.AFTER_CLAIM.reached());
    return claimed;
  }

  /** The pending horses of a range in the order of their ids; none if the lease is lost. */
  public List<HorseId> pending(Lease lease) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT i.horse_id
                FROM studbook.chunk c
                CROSS JOIN LATERAL ( -- by its bounds, independent of statistics about a new run
                  SELECT horse_id FROM studbook.work_item
                  WHERE run_id = c.run_id AND horse_id BETWEEN c.first_horse_id AND c.last_horse_id
                    AND state = 'pending'
                  ORDER BY horse_id OFFSET 0) i
                WHERE c.run_id = :run AND c.chunk_no = :chunk AND c.fencing_token = :fencingToken
                ORDER BY i.horse_id
                """)
            .bind("run", lease.run())
            .bind("chunk", lease.chunk())
            .bind("fencingToken", lease.token())
            .map((row, context) -> new HorseId(row.getString("horse_id")))
            .list());
  }

  /**
   * Closes a range whose horses all have an outcome, whichever chunk completed them. It reads the
   * work items: a racecard scan completes horses of any range without touching its chunk, so that
   * the two never deadlock.
   *
   * @return false if a horse is pending, or the lease is lost
   */
  public boolean close(Lease lease) {
    return jdbi.withHandle(handle ->
        handle
                .createUpdate(
                    """
                    UPDATE studbook.chunk c SET open = false
                    WHERE c.run_id = :run AND c.chunk_no = :chunk AND c.fencing_token = :fencingToken AND NOT EXISTS (
                      SELECT FROM studbook.work_item i
                      WHERE i.run_id = c.run_id AND i.horse_id BETWEEN c.first_horse_id AND c.last_horse_id
                        AND i.state = 'pending'
                      ORDER BY i.horse_id OFFSET 0) -- by its bounds, as above
                    """)
                .bind("run", lease.run())
                .bind("chunk", lease.chunk())
                .bind("fencingToken", lease.token())
                .execute()
            == 1);
  }

  /**
   * Whether every range of the run is closed, so that each horse has an outcome. Open days and
   * cached profiles then have nothing to complete.
   */
  public boolean allClosed(long run) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT NOT EXISTS (SELECT FROM studbook.chunk WHERE run_id = :run AND kind = 'horses' AND open)
                """)
            .bind("run", run)
            .mapTo(Boolean.class)
            .one());
  }

  /**
   * Releases the ranges and days of a worker that cannot send requests: others need not wait, and
   * its late results write nothing. Skips chunks that a write of its own has locked; call it again.
   */
  public void giveBack(long run, UUID worker) {
    jdbi.useHandle(handle ->
        handle.execute(
            """
            UPDATE studbook.chunk SET lease_expires_at = '-infinity', fencing_token = fencing_token + 1
            WHERE ctid = ANY (ARRAY(
              SELECT ctid FROM studbook.chunk
              WHERE run_id = ? AND open IS NOT FALSE AND owner_worker_id = ? AND lease_expires_at > '-infinity'
                AND kind <> 'cached' -- by the index chunk_by_owner
              FOR NO KEY UPDATE SKIP LOCKED))
            """,
            run,
            worker));
  }

  /**
   * Releases everything that {@code worker} holds of the run, so that others need not wait; skips
   * chunks that a write of its own has locked.
   */
  public void release(long run, UUID worker) {
    jdbi.useHandle(handle -> release(handle, run, worker));
  }

  public static void release(Handle handle, long run, UUID worker) {
    handle.execute(
        """
        UPDATE studbook.chunk SET lease_expires_at = '-infinity'
        WHERE ctid = ANY (ARRAY(
          SELECT ctid FROM studbook.chunk
          WHERE run_id = ? AND open IS NOT FALSE AND owner_worker_id = ? -- by the index chunk_by_owner
          FOR NO KEY UPDATE SKIP LOCKED))
        """,
        run,
        worker);
  }
}
