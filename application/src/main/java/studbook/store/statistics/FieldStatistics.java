package studbook.store.statistics;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Counts of fields in the responses of a run. Safe for many threads. */
public final class FieldStatistics {

  private static final int LATEST_RUNS = 5;
  private static final int ENOUGH_ANSWERS = 100;

  private final Jdbi jdbi;

  public FieldStatistics(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * How often a field occurred.
   *
   * @param endpoint {@code pro}, {@code standard}
   * @param field the API's name, printable
   * @param answers that could have contained it
   * @param filled in which it was not blank
   */
  public record FieldCount(String endpoint, String field, long answers, long filled) {}

  /** Adds counts to the run's row of each field. */
  static void add(Handle handle, long run, List<FieldCount> more) {
    if (more.isEmpty()) {
      return;
    }
    PreparedBatch batch =
        handle.prepareBatch(
            """
            INSERT INTO studbook.run_field AS f (run_id, endpoint, field, response_count, filled_count)
            VALUES (:run, :endpoint, :field, :responseCount, :filledCount)
            ON CONFLICT (run_id, endpoint, field) DO UPDATE
            SET response_count = f.response_count + EXCLUDED.response_count,
                filled_count = f.filled_count + EXCLUDED.filled_count
            """);
    for (FieldCount count : more) {
      batch
          .bind("run", run)
          .bind("endpoint", count.endpoint())
          .bind("field", count.field())
          .bind("responseCount", count.answers())
          .bind("filledCount", count.filled())
          .add();
    }
    batch.execute();
  }

  /**
   * The share of responses in which each field was filled, over the latest runs before {@code run};
   * without fields that have too few responses.
   */
  public Map<String, Double> usualShares(long run, String endpoint) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT f.field, sum(f.filled_count)::float8 / sum(f.response_count) AS share
                FROM studbook.run_field f
                WHERE f.endpoint = :endpoint
                  AND f.run_id IN (SELECT run_id FROM studbook.run WHERE run_id < :run ORDER BY run_id DESC LIMIT :runs)
                GROUP BY f.field HAVING sum(f.response_count) >= :enough
                """)
            .bind("run", run)
            .bind("endpoint", endpoint)
            .bind("runs", LATEST_RUNS)
            .bind("enough", ENOUGH_ANSWERS)
            .collectRows(
                Collectors.toMap(
                    row -> row.getColumn("field", String.class),
                    row -> row.getColumn("share", Double.class))));
  }

  /** All fields of a run, by endpoint and name. */
  public List<FieldCount> of(long run) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT endpoint, field, response_count AS answers, filled_count AS filled FROM studbook.run_field
                WHERE run_id = :run ORDER BY endpoint, field
                """)
            .bind("run", run)
            .map(ConstructorMapper.of(FieldCount.class))
            .list());
  }
}
