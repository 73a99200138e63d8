package studbook.bench.scale;

import org.jdbi.v3.core.Handle;
import studbook.bench.environment.BenchEnvironment;

/**
 * A run that was killed at its beginning and completed to nine tenths inside the database: tables,
 * work items and chunks.
 */
final class NinetyPercentRun {

  private NinetyPercentRun() {}

  /** Completes the pending horses of the newest run's first ranges. */
  static void settle(BenchEnvironment workshop) {
    workshop
        .jdbi()
        .useHandle(handle -> {
          String last =
              handle
                  .createQuery(
                      """
                      SELECT max(last_horse_id) FROM studbook.chunk
                      WHERE chunk_no < 0.9 * (SELECT count(*) FROM studbook.chunk)
                      """)
                  .mapTo(String.class)
                  .one();
          settle(handle, last);
          handle.execute(
              "VACUUM (ANALYZE) ra_horses, ra_horse_pedigree, studbook.work_item, studbook.chunk");
          handle.execute("CHECKPOINT");
        });
  }

  private static void settle(Handle handle, String last) {
    handle.execute(
        """
        UPDATE ra_horses SET dob = DATE '2000-02-03', sex = 'mare', sex_code = 'M', colour = 'bay', colour_code = 'B', region = 'gb'
        WHERE horse_id COLLATE "C" <= ? AND dob IS NULL
        """,
        last);
    handle.execute(
        """
        INSERT INTO ra_horse_pedigree (horse_id, sire_id, sire, dam_id, dam, damsire_id, damsire, breeder, region)
        SELECT horse_id, 'sir_1001', 'Sire (GB)', 'dam_10001', 'Dam (IRE)', 'dsi_30001', 'Damsire (USA)', 'Stud', 'gb'
        FROM ra_horses WHERE horse_id COLLATE "C" <= ?
        ON CONFLICT DO NOTHING
        """,
        last);
    handle.execute(
        """
        UPDATE studbook.work_item
        SET state = 'enriched', endpoint = 'pro', http_status = 200, request_count = 1, duration_ms = 150, has_pedigree = true,
            completed_at = clock_timestamp()
        WHERE horse_id <= ? AND state = 'pending'
        """,
        last);
    handle.execute(
        """
        UPDATE studbook.chunk
        SET open = false, enriched = horse_count - no_dob - basic - not_found - failed - already_filled - missing,
            pedigrees = horse_count - no_dob - basic - not_found - failed - already_filled - missing,
            request_count = horse_count + basic + not_found
        WHERE last_horse_id <= ?
        """,
        last);
  }
}
