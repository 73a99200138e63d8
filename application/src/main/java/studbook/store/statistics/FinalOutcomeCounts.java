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

  /**
   * Later runs are small beside the first, so their rows are hashed.
   *
   * @param runs oldest first
   */
  static FinalOutcomeCounts take(Handle handle, List<Long> runs) {
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
