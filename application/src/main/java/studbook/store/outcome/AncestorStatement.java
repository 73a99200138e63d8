package studbook.store.outcome;

/**
 * The statement that writes a batch of outcomes of ancestors, with the parameters of {@link
 * OutcomeStatement}. It locks as that one does, except that ra_horses has no row to lock; stores
 * each ancestor, completes the work items, and adds to the counts of the chunks. It returns the
 * same columns.
 */
final class AncestorStatement {

  private AncestorStatement() {}

  static final String SQL =
      """
      %s, stored AS ( -- an ancestor that is put into the user's tables has its values there
        INSERT INTO studbook.ancestor
          (horse_id, status, generation, run_id, name, sex, sex_code, dob, colour, colour_code, region, breeder,
           sire_id, sire, dam_id, dam, damsire_id, damsire)
        SELECT g.horse_id,
               CASE WHEN g.state IN ('basic', 'not_found') THEN g.state
                    WHEN r.into_ra_horses AND g.name IS NOT NULL THEN 'in_ra_horses' ELSE 'found' END,
               r.ancestor_generation, :run, g.name, v.sex, v.sex_code, v.dob, v.colour, v.colour_code, v.region, v.breeder,
               v.sire_id, v.sire, v.dam_id, v.dam, v.damsire_id, v.damsire
        FROM outcome g
        JOIN pending_item m ON m.horse_id = g.horse_id
        CROSS JOIN run_mode r
        LEFT JOIN outcome v ON v.horse_id = g.horse_id AND NOT (r.into_ra_horses AND g.name IS NOT NULL)
        WHERE g.state IN ('enriched', 'no_dob', 'basic', 'not_found')
        ORDER BY g.horse_id COLLATE "C" -- all writers lock in this order
        ON CONFLICT (horse_id) DO UPDATE SET
          status = EXCLUDED.status, generation = EXCLUDED.generation, run_id = EXCLUDED.run_id,
          requested_at = clock_timestamp(), name = EXCLUDED.name, sex = EXCLUDED.sex, sex_code = EXCLUDED.sex_code,
          dob = EXCLUDED.dob, colour = EXCLUDED.colour, colour_code = EXCLUDED.colour_code, region = EXCLUDED.region,
          breeder = EXCLUDED.breeder, sire_id = EXCLUDED.sire_id, sire = EXCLUDED.sire, dam_id = EXCLUDED.dam_id,
          dam = EXCLUDED.dam, damsire_id = EXCLUDED.damsire_id, damsire = EXCLUDED.damsire
      ), completed_item AS (
        UPDATE studbook.work_item i
        SET state = g.state, endpoint = g.endpoint, error_kind = g.error_kind, error_message = g.error_message,
            http_status = g.http_status, request_count = g.request_count, duration_ms = g.duration_ms,
            has_pedigree = COALESCE(g.sire_id, g.sire, g.dam_id, g.dam, g.damsire_id, g.damsire) IS NOT NULL,
            completed_at = clock_timestamp()
        FROM outcome g JOIN pending_item m ON m.horse_id = g.horse_id
        WHERE i.ctid = ANY (ARRAY(SELECT locked_at FROM pending_item)) AND i.horse_id = g.horse_id AND g.state <> 'pending'
        RETURNING i.horse_id, i.state, i.endpoint, i.has_pedigree, i.request_count, g.chunk_no
      ), confirmed AS ( -- of the user's horses, which it is now
        INSERT INTO studbook.confirmation (horse_id, confirmed_at, source, run_id)
        SELECT c.horse_id, clock_timestamp(), c.endpoint, :run FROM completed_item c CROSS JOIN run_mode r
        WHERE r.into_ra_horses AND c.state IN ('enriched', 'no_dob')
        ORDER BY c.horse_id -- all writers lock in this order
        ON CONFLICT (horse_id) DO UPDATE SET
          confirmed_at = EXCLUDED.confirmed_at, source = EXCLUDED.source, run_id = EXCLUDED.run_id
      ), %s
      SELECT g.horse_id, g.held, completed_item.state, completed_item.has_pedigree,
             g.held AND completed_item.horse_id IS NULL AND pending_item.horse_id IS NOT NULL AS pending, false AS hidden
      FROM outcome g LEFT JOIN completed_item USING (horse_id) LEFT JOIN pending_item USING (horse_id)
      """
          .formatted(OutcomeStatement.ITEM_LOCKS, OutcomeStatement.CHUNK_COUNTS);
}
