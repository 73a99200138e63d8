package studbook.store.statistics;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;

/** What the checks of all rows counted at the ends of runs. Safe for many threads. */
public final class CheckHistoryRepository {

  private final Jdbi jdbi;

  public CheckHistoryRepository(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * The counts of a check.
   *
   * @param key of the check
   * @param faults rows at fault
   * @param rows with data
   */
  public record CheckCount(String key, long faults, long rows) {}

  /**
   * The counts of a check at the end of a run.
   *
   * @param at when the run ended
   */
  public record StoredCheck(long run, Instant at, CheckCount count) {}

  /** Stores the counts at the end of a run. Repeatable: stored counts stay. */
  public void add(long run, List<CheckCount> counts) {
    if (counts.isEmpty()) {
      return;
    }
    jdbi.useTransaction(handle -> {
      PreparedBatch batch =
          handle.prepareBatch(
              """
              INSERT INTO studbook.check_result (run_id, check_key, fault_count, row_count)
              VALUES (:run, :key, :faults, :rows) ON CONFLICT (run_id, check_key) DO NOTHING
              """);
      counts.forEach(count ->
          batch
              .bind("run", run)
              .bind("key", count.key())
              .bind("faults", count.faults())
              .bind("rows", count.rows())
              .add());
      batch.execute();
    });
  }

  /** The counts of the newest runs that have any, the oldest run first. */
  public List<StoredCheck> newest(int runs) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT c.run_id, r.at, c.check_key, c.fault_count, c.row_count
                FROM (SELECT run_id, COALESCE(ended_at, started_at) AS at FROM studbook.run r
                      WHERE EXISTS (SELECT FROM studbook.check_result c WHERE c.run_id = r.run_id)
                      ORDER BY run_id DESC LIMIT :most) r
                JOIN studbook.check_result c USING (run_id)
                ORDER BY c.run_id, c.check_key
                """)
            .bind("most", runs)
            .map((row, _) ->
                new StoredCheck(
                    row.getLong("run_id"),
                    row.getObject("at", OffsetDateTime.class).toInstant(),
                    new CheckCount(
                        row.getString("check_key"),
                        row.getLong("fault_count"),
                        row.getLong("row_count"))))
            .list());
  }
}
