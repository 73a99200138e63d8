package studbook.store;

import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * What became in the end of the horses of runs that belong together.
 *
 * @param attempted horses with an outcome, each counted once
 * @param failed of these, where the newest outcome is a failure
 */
public record LastOutcomes(long attempted, long failed) {

  /** A retry is small beside the run that it retries, so the later rows are what is hashed. */
  static LastOutcomes take(Handle handle, List<Long> runs) {
    return handle
        .createQuery(
            """
            SELECT count(*) AS attempted, count(*) FILTER (WHERE l.state = 'failed') AS failed
            FROM studbook.ledger l
            WHERE l.run_id = ANY (:runs) AND l.state <> 'pending'
              AND NOT EXISTS (SELECT FROM studbook.ledger later
                              WHERE later.horse_id = l.horse_id AND later.run_id > l.run_id
                                AND later.run_id = ANY (:retries) AND later.state <> 'pending')
            """)
        .bindArray("runs", Long.class, runs)
        .bindArray("retries", Long.class, runs.subList(Math.min(1, runs.size()), runs.size()))
        .map((row, context) -> new LastOutcomes(row.getLong("attempted"), row.getLong("failed")))
        .one();
  }
}
