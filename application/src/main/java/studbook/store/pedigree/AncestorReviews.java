package studbook.store.pedigree;

import org.jdbi.v3.core.Handle;

/**
 * Reviews of ancestors whose profile bears another name than their offspring gave. Such a link is
 * left out until a person has accepted the profile's name.
 */
public final class AncestorReviews {

  /**
   * Over all ancestors, not only those of the run: an earlier run may have been replaced before its
   * end.
   */
  private static final String RAISE =
      """
      INSERT INTO studbook.review AS r (horse_id, field, old_value, old_code, new_value, new_code, source, run_id)
      SELECT l.horse_id, l.field, l.name, l.parent_id, a.name, l.parent_id, 'pro', :run
      FROM (
        SELECT p.horse_id::text AS horse_id, side.*
        FROM ra_horse_pedigree p
        CROSS JOIN LATERAL (VALUES ('sire', p.sire_id::text, p.sire::text), ('dam', p.dam_id::text, p.dam::text)) side(field, parent_id, name)
        UNION ALL
        SELECT a.horse_id COLLATE "default", side.*
        FROM studbook.ancestor a
        CROSS JOIN LATERAL (VALUES ('sire', a.sire_id, a.sire), ('dam', a.dam_id, a.dam)) side(field, parent_id, name)
      ) l
      JOIN studbook.ancestor a ON a.horse_id = studbook.parent_horse(l.parent_id, l.name)
      WHERE EXISTS (SELECT FROM studbook.run WHERE run_id = :run AND kind = 'ancestors')
        AND a.status IN ('found', 'in_ra_horses') AND studbook.names_differ(l.name, a.name)
      ORDER BY 1, 2 -- all writers lock in this order
      ON CONFLICT (horse_id, field) DO UPDATE SET
        review_id = DEFAULT, state = 'waiting', old_value = EXCLUDED.old_value, old_code = EXCLUDED.old_code,
        new_value = EXCLUDED.new_value, new_code = EXCLUDED.new_code, source = EXCLUDED.source, run_id = EXCLUDED.run_id,
        raised_at = clock_timestamp(), decided_at = NULL
      WHERE r.state NOT IN ('waiting', 'rejected')
      """;

  private AncestorReviews() {}

  /**
   * Raises them, in a transaction of the caller's; does nothing for a run of another kind.
   * Repeatable.
   */
  public static void raise(Handle handle, long run) {
    handle.createUpdate(RAISE).bind("run", run).execute();
  }
}
