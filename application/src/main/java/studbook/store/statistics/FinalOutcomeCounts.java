package studbook.store.statistics;

import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/**
 * The final outcomes of the horses of several runs.
 *
 * @param attempted horses with an outcome, each counted once
 * @param failed of these, whose newest outcome is a failure
 * @param present of these, whose row was not deleted meanwhile
 * @param enriched of these, whose date of birth is known
 * @param pedigrees of these, whose response had a parent
 */
public record FinalOutcomeCounts(
    long attempted, long failed, long present, long enriched, long pedigrees) {

  /** No horse. */
  public static final FinalOutcomeCounts NONE = new FinalOutcomeCounts(0, 0, 0, 0, 0);

  /** Takes the counts of {@code runs}, oldest first; of archived ones from their chunks. */
  static FinalOutcomeCounts take(Handle handle, List<Long> runs) {
    List<Long> archived =
        handle
            .createQuery(
                "SELECT run_id FROM studbook.run WHERE run_id = ANY (:runs) AND ledger_archived")
            .bindArray("runs", Long.class, runs)
            .mapTo(Long.class)
            .list();
    FinalOutcomeCounts present = ofWorkItems(handle, runs);
    return archived.isEmpty() ? present : present.plus(ofChunks(handle, archived));
  }

  private FinalOutcomeCounts plus(FinalOutcomeCounts other) {
    return new FinalOutcomeCounts(
        attempted + other.attempted,
        failed + other.failed,
        present + other.present,
        enriched + other.enriched,
        pedigrees + other.pedigrees);
  }

  /** A retry takes only horses that failed before, so they count once, in the run it retries. */
  private static FinalOutcomeCounts ofChunks(Handle handle, List<Long> runs) {
    return handle
        .createQuery(
            """
            WITH total AS (
              SELECT r.retry_of_run_id IS NULL AS is_first, c.failed, c.missing, c.pedigrees,
                     c.enriched + c.already_filled AS enriched,
                     c.enriched + c.no_dob + c.basic + c.not_found + c.failed + c.already_filled + c.missing AS completed
              FROM studbook.chunk c JOIN studbook.run r USING (run_id) WHERE c.run_id = ANY (:runs))
            SELECT COALESCE(sum(completed) FILTER (WHERE is_first), 0) AS attempted,
                   COALESCE(sum(CASE WHEN is_first THEN failed ELSE failed - completed END), 0) AS failed,
                   COALESCE(sum(completed) FILTER (WHERE is_first) - sum(missing), 0) AS present,
                   COALESCE(sum(enriched), 0) AS enriched, COALESCE(sum(pedigrees), 0) AS pedigrees
            FROM total
            """)
        .bindArray("runs", Long.class, runs)
        .map(ConstructorMapper.of(FinalOutcomeCounts.class))
        .one();
  }

  /** Later runs are small beside the first, so their rows are hashed. */
  private static FinalOutcomeCounts ofWorkItems(Handle handle, List<Long> runs) {
    return handle
        .createQuery(
            """
            SELECT count(*) AS attempted, count(*) FILTER (WHERE i.state = 'failed') AS failed,
                   count(*) FILTER (WHERE i.state <> 'missing') AS present,
                   count(*) FILTER (WHERE i.state IN ('enriched', 'already_filled')) AS enriched,
                   count(*) FILTER (WHERE i.has_pedigree) AS pedigrees
            FROM studbook.work_item i
            WHERE i.run_id = ANY (:runs) AND i.state <> 'pending'
              AND NOT EXISTS (SELECT FROM studbook.work_item later
                              WHERE later.horse_id = i.horse_id AND later.run_id > i.run_id
                                AND later.run_id = ANY (:later) AND later.state <> 'pending')
            """)
        .bindArray("runs", Long.class, runs)
        .bindArray("later", Long.class, runs.subList(Math.min(1, runs.size()), runs.size()))
        .map(ConstructorMapper.of(FinalOutcomeCounts.class))
        .one();
  }
}
