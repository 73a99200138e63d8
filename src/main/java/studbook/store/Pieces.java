package studbook.store;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import studbook.horse.HorseId;

/**
 * The pieces of a run: claimed with a token and a lease by the database's clock, renewed by {@link
 * Workers#heartbeat}, given back when a worker ends. Safe for many threads.
 */
public final class Pieces {

  private final Jdbi jdbi;

  public Pieces(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * Leases the first open piece that nobody holds; empty where there is none just now. A worker is
   * never given a piece that it had before: what is pending there is still in its own hands.
   */
  public Optional<Lease> claim(long run, UUID worker) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                WITH free AS MATERIALIZED ( -- once: a join that looked again would find, and lock, the next one
                  SELECT run_id, piece_no FROM studbook.piece
                  WHERE run_id = :run AND open AND lease_until < clock_timestamp()
                    AND owner IS DISTINCT FROM :worker
                  ORDER BY piece_no LIMIT 1 FOR UPDATE SKIP LOCKED
                )
                UPDATE studbook.piece p
                SET token = p.token + 1, owner = :worker, lease_until = clock_timestamp() + interval '15 s'
                FROM free
                WHERE (p.run_id, p.piece_no) = (free.run_id, free.piece_no)
                RETURNING p.piece_no, p.token
                """)
            .bind("run", run)
            .bind("worker", worker)
            .map((row, context) -> new Lease(run, row.getInt("piece_no"), row.getInt("token")))
            .findOne());
  }

  /** The horses of a piece that have no outcome yet, in the order of their ids. */
  public List<HorseId> pending(Lease lease) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT l.horse_id
                FROM studbook.piece p
                JOIN studbook.ledger l
                  ON l.run_id = p.run_id AND l.horse_id BETWEEN p.first_id AND p.last_id AND l.state = 'pending'
                WHERE p.run_id = :run AND p.piece_no = :piece
                ORDER BY l.horse_id
                """)
            .bind("run", lease.run())
            .bind("piece", lease.piece())
            .map((row, context) -> new HorseId(row.getString("horse_id")))
            .list());
  }

  /** Whether every piece of the run is closed, by whichever worker. */
  public boolean allClosed(long run) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                "SELECT NOT EXISTS (SELECT FROM studbook.piece WHERE run_id = :run AND open)")
            .bind("run", run)
            .mapTo(Boolean.class)
            .one());
  }

  /** Gives back everything that {@code worker} holds of the run, so that others need not wait. */
  public void release(long run, UUID worker) {
    jdbi.useHandle(handle ->
        handle.execute(
            """
            UPDATE studbook.piece SET lease_until = '-infinity'
            WHERE run_id = ? AND open AND owner = ?
            """,
            run,
            worker));
  }
}
