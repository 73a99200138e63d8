package studbook.bench;

import org.jdbi.v3.core.Handle;

/**
 * A run that was killed at its beginning, carried on inside the database: the tables, the ledger
 * and the pieces as they stand when nine tenths of it are done.
 */
final class NineTenths {

  private NineTenths() {}

  /** Settles what is pending of the newest run's first ranges. */
  static void settle(Workshop workshop) {
    workshop
        .jdbi()
        .useHandle(handle -> {
          String last =
              handle
                  .createQuery(
                      """
                      SELECT max(last_id) FROM studbook.piece
                      WHERE piece_no < 0.9 * (SELECT count(*) FROM studbook.piece)
                      """)
                  .mapTo(String.class)
                  .one();
          settle(handle, last);
          handle.execute(
              "VACUUM (ANALYZE) ra_horses, ra_horse_pedigree, studbook.ledger, studbook.piece");
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
        UPDATE studbook.ledger
        SET state = 'enriched', source = 'pro', status = 200, requests = 1, millis = 150, with_pedigree = true,
            settled_at = clock_timestamp()
        WHERE horse_id <= ? AND state = 'pending'
        """,
        last);
    handle.execute(
        """
        UPDATE studbook.piece
        SET open = false, enriched = size - no_dob - basic - not_found - failed - already_filled - gone,
            with_pedigree = size - no_dob - basic - not_found - failed - already_filled - gone,
            requests = size + basic + not_found
        WHERE last_id <= ?
        """,
        last);
  }
}
