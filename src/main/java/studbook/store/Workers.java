package studbook.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import studbook.time.Rate;

/** The processes that work for Studbook, and whether they live. Safe for many threads. */
public final class Workers {

  /** A worker on another host that was not seen for this long, by the database's clock, is dead. */
  public static final Duration DEAD_AFTER = Duration.ofSeconds(30);

  private final Jdbi jdbi;

  public Workers(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * A worker as the table knows it.
   *
   * @param rate of the account, or of horses alone where racecards have their own
   * @param gone signed off
   * @param seenLately within {@link #DEAD_AFTER}, by the database's clock
   */
  public record Worker(
      UUID id,
      ProcessIdentity process,
      Rate rate,
      Optional<Rate> racecardsRate,
      boolean gone,
      boolean seenLately) {

    /** Dead on this host as soon as the process is gone; on another when it was not seen lately. */
    public boolean isAlive() {
      return !gone && (process.isHere() ? !process.isDeadHere() : seenLately);
    }
  }

  /** Makes this process known. */
  public void register(
      UUID id,
      ProcessIdentity process,
      String version,
      BudgetKey account,
      Rate rate,
      Optional<Rate> racecardsRate) {
    jdbi.useHandle(handle ->
        handle
            .createUpdate(
                """
                INSERT INTO studbook.worker (worker_id, host, process, process_started, version, account, rate, racecards_rate)
                VALUES (:id, :host, :process, :started, :version, :account, :rate, :racecardsRate)
                """)
            .bind("id", id)
            .bind("host", process.host())
            .bind("process", process.process())
            .bind("started", process.started())
            .bind("version", version)
            .bind("account", account.text())
            .bind("rate", rate.perSecond())
            .bindByType(
                "racecardsRate", racecardsRate.map(Rate::perSecond).orElse(null), Double.class)
            .execute());
  }

  /** Says that {@code id} lives, and keeps its leases. Every five seconds is often enough. */
  public void heartbeat(UUID id) {
    jdbi.useHandle(handle -> {
      handle.execute(
          "UPDATE studbook.worker SET last_seen = clock_timestamp() WHERE worker_id = ?", id);
      handle.execute(
          """
          UPDATE studbook.piece SET lease_until = clock_timestamp() + interval '15 s'
          WHERE open AND owner = ? AND lease_until > '-infinity'
          """,
          id);
    });
  }

  /** Says that {@code id} is gone. */
  public void leave(UUID id) {
    jdbi.useHandle(handle ->
        handle.execute(
            "UPDATE studbook.worker SET last_seen = '-infinity' WHERE worker_id = ?", id));
  }

  /**
   * Those that use {@code account} and may be alive by the table; {@link Worker#isAlive()} decides.
   */
  public List<Worker> using(BudgetKey account) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT worker_id, host, process, process_started, rate AS worker_rate, racecards_rate,
                       last_seen = '-infinity' AS gone, last_seen > clock_timestamp() - interval '30 s' AS seen_lately
                FROM studbook.worker
                WHERE account = :account AND last_seen > clock_timestamp() - interval '1 day'
                """)
            .bind("account", account.text())
            .map((row, context) -> worker(row))
            .list());
  }

  static Worker worker(ResultSet row) throws SQLException {
    return new Worker(
        row.getObject("worker_id", UUID.class),
        new ProcessIdentity(
            row.getString("host"), row.getLong("process"), row.getString("process_started")),
        new Rate(row.getDouble("worker_rate")),
        Optional.ofNullable(row.getObject("racecards_rate", Double.class)).map(Rate::new),
        row.getBoolean("gone"),
        row.getBoolean("seen_lately"));
  }
}
