package studbook.store.outcome;

import java.util.List;
import org.jdbi.v3.core.statement.Query;
import studbook.model.Profile;
import studbook.store.database.ColumnArrays;
import studbook.store.table.IncompleteHorses;
import studbook.store.table.ProfileColumns;
import studbook.store.work.Lease;

/**
 * The statement that writes a batch of outcomes, and its parameters. Its steps:
 *
 * <ol>
 *   <li>{@code held_chunk}: locks the chunks whose lease the writer still holds.
 *   <li>{@code outcome}, {@code pending_item}: the batch; locks the work items that are still
 *       pending.
 *   <li>{@code visible_horse}, {@code current_horse}: the rows of ra_horses; locks them.
 *   <li>{@code change}, {@code merged_horse}, {@code updated_horse}, {@code written_horse}: merges
 *       the new values and updates ra_horses where they differ.
 *   <li>{@code written_pedigree}: inserts or updates ra_horse_pedigree.
 *   <li>{@code row_state}: fingerprints of the written rows.
 *   <li>{@code completed_item}: completes the work items.
 *   <li>{@code confirmed}: when the API last answered about the horses.
 *   <li>{@code chunk_counts}: adds to the counts of the chunks.
 * </ol>
 *
 * It returns one row for each outcome.
 */
final class OutcomeStatement {

  private OutcomeStatement() {}

  static Query bind(Query query, List<Outcome> batch) {
    query.bind("run", batch.getFirst().lease().run());
    ColumnArrays<Lease> leases =
        new ColumnArrays<>(query, batch.stream().map(Outcome::lease).distinct().toList());
    leases.number("chunk_numbers", Lease::chunk);
    leases.number("fencing_tokens", Lease::token);
    ColumnArrays<Outcome> outcomes = new ColumnArrays<>(query, batch);
    outcomes.text("horse_ids", outcome -> outcome.horse().text());
    outcomes.number("chunk_nos", outcome -> outcome.lease().chunk());
    outcomes.text("states", outcome -> outcome.state().text());
    bindTrace(outcomes.part(Outcome::trace));
    ColumnArrays<Outcome.OutcomeFailure> failures =
        outcomes.part(outcome -> outcome.failure().orElse(null));
    failures.text("error_kinds", failure -> failure.kind().text());
    failures.text("error_messages", Outcome.OutcomeFailure::message);
    ColumnArrays<Profile> profiles = outcomes.part(outcome -> outcome.profile().orElse(null));
    profiles.text("names", Profile::name);
    ProfileColumns.bind(profiles);
    return query;
  }

  private static void bindTrace(ColumnArrays<Outcome.RequestTrace> traces) {
    traces.text("endpoints", Outcome.RequestTrace::source);
    traces.number("http_statuses", trace -> trace.status() == 0 ? null : trace.status());
    traces.number("request_counts", trace -> Math.min(Short.MAX_VALUE, trace.requests()));
    traces.number("durations_ms", trace -> (int) trace.last().toMillis());
  }

  /** Locks chunks and pending work items, in this order. */
  static final String ITEM_LOCKS =
      """
      WITH leases AS MATERIALIZED (
        SELECT chunk_no, fencing_token
        FROM unnest(:chunk_numbers, :fencing_tokens) AS held(chunk_no, fencing_token)
          CROSS JOIN set_config('idle_in_transaction_session_timeout', '15s', true) -- as in ShortTransaction, without a round trip
        ORDER BY chunk_no
      ), run_mode AS MATERIALIZED (
        SELECT includes_incomplete, kind = 'refresh' AS refresh, ancestor_generation, into_ra_horses
        FROM studbook.run WHERE run_id = :run
      ), held_chunk AS MATERIALIZED ( -- stops a worker that lost its lease; the locked chunk cannot be claimed before this commit
        SELECT c.chunk_no
        FROM leases CROSS JOIN LATERAL ( -- by the whole key, independent of statistics about a new run
          SELECT chunk_no FROM studbook.chunk
          WHERE run_id = :run AND chunk_no = leases.chunk_no AND fencing_token = leases.fencing_token FOR NO KEY UPDATE) c
      ), outcome AS MATERIALIZED (
        SELECT g.*, held_chunk.chunk_no IS NOT NULL AS held
        FROM unnest(:horse_ids, :chunk_nos, :states, :endpoints, :error_kinds, :error_messages, :http_statuses, :request_counts,
                    :durations_ms, :dobs::date[], :sexes, :sex_codes, :colours, :colour_codes, :regions, :breeders,
                    :sire_ids, :sires, :dam_ids, :dams, :damsire_ids, :damsires, :names)
          AS g(horse_id, chunk_no, state, endpoint, error_kind, error_message, http_status, request_count, duration_ms,
               dob, sex, sex_code, colour, colour_code, region, breeder,
               sire_id, sire, dam_id, dam, damsire_id, damsire, name)
        LEFT JOIN held_chunk USING (chunk_no)
      ), pending_item AS MATERIALIZED ( -- pending items only; all writers lock in this order
        SELECT g.horse_id, -- the array's, not the work item's: comparable with any collation of the user's column
               i.ctid AS locked_at
        FROM (SELECT horse_id FROM outcome WHERE held ORDER BY horse_id COLLATE "C") g
        CROSS JOIN LATERAL (
          SELECT ctid FROM studbook.work_item
          WHERE run_id = :run AND horse_id = g.horse_id AND state = 'pending' FOR NO KEY UPDATE) i
      )
      """;

  /** Locks the rows of ra_horses after the work items. */
  private static final String LOCKS =
      ITEM_LOCKS
          + """
          , visible_horse AS MATERIALIZED ( -- a plain read: policies may hide from the lock what they show here
            SELECT h.horse_id::text COLLATE "C" AS horse_id FROM ra_horses h WHERE h.horse_id = ANY (:horse_ids)
          ), current_horse AS MATERIALIZED ( -- the current horses; from here on an id is text, whatever the user's column is
            SELECT h.horse_id::text COLLATE "C" AS horse_id, h.dob, h.sex, h.sex_code, h.colour, h.colour_code, h.region,
                   h.dob IS NOT NULL AND NOT (SELECT includes_incomplete OR refresh FROM run_mode) AS filled -- by another program: do not touch it
            FROM ra_horses h
            WHERE h.horse_id = ANY (:horse_ids) AND h.horse_id::text COLLATE "C" IN (SELECT horse_id FROM pending_item)
            ORDER BY h.horse_id FOR NO KEY UPDATE
          )
          """;

  /** Adds the completed items to the counts of their chunks. */
  static final String CHUNK_COUNTS =
      """
      chunk_counts AS ( -- counts change in the same commit
        UPDATE studbook.chunk c
        SET enriched = c.enriched + added.enriched, no_dob = c.no_dob + added.no_dob, basic = c.basic + added.basic,
            not_found = c.not_found + added.not_found, failed = c.failed + added.failed,
            already_filled = c.already_filled + added.already_filled, missing = c.missing + added.missing,
            pedigrees = c.pedigrees + added.pedigrees, request_count = c.request_count + added.request_count
        FROM (SELECT chunk_no, sum(request_count) AS request_count,
                     count(*) FILTER (WHERE state = 'enriched') AS enriched,
                     count(*) FILTER (WHERE state = 'no_dob') AS no_dob,
                     count(*) FILTER (WHERE state = 'basic') AS basic,
                     count(*) FILTER (WHERE state = 'not_found') AS not_found,
                     count(*) FILTER (WHERE state = 'failed') AS failed,
                     count(*) FILTER (WHERE state = 'already_filled') AS already_filled,
                     count(*) FILTER (WHERE state = 'missing') AS missing,
                     count(*) FILTER (WHERE has_pedigree) AS pedigrees
              FROM completed_item GROUP BY chunk_no) added
        WHERE c.run_id = :run AND c.chunk_no = added.chunk_no
          AND c.chunk_no BETWEEN (SELECT min(chunk_no) FROM leases) AND (SELECT max(chunk_no) FROM leases)
      )
      """;

  /**
   * The locks alone, for a refresh: its values are compared and written between the locks and
   * {@link #SQL}. Returns the horses that are still to be completed.
   */
  static final String LOCK = LOCKS + " SELECT horse_id FROM current_horse";

  static final String SQL =
      """
      %s, existing_pedigree AS MATERIALIZED ( -- for runs that fill blanks
        SELECT e.horse_id::text COLLATE "C" AS horse_id FROM ra_horse_pedigree e
        WHERE (SELECT includes_incomplete FROM run_mode) AND e.horse_id = ANY (:horse_ids)
      ), change AS MATERIALIZED (
        SELECT g.*, run_mode.includes_incomplete AS blanks_only,
               COALESCE(g.sire_id, g.sire, g.dam_id, g.dam, g.damsire_id, g.damsire) IS NOT NULL AS has_parent
        FROM outcome g JOIN current_horse s ON s.horse_id = g.horse_id CROSS JOIN run_mode
        WHERE NOT s.filled AND NOT run_mode.refresh AND g.state IN ('enriched', 'no_dob', 'basic', 'pending')
      ), merged_horse AS MATERIALIZED ( -- never erase
        SELECT s.horse_id, COALESCE(s.dob, w.dob) AS dob,
               %s
        FROM change w JOIN current_horse s ON s.horse_id = w.horse_id
      ), updated_horse AS (
        UPDATE ra_horses h
        SET dob = m.dob, sex = m.sex, sex_code = m.sex_code, colour = m.colour, colour_code = m.colour_code,
            region = m.region, updated_at = clock_timestamp()
        FROM merged_horse m
        WHERE h.horse_id::text COLLATE "C" = m.horse_id AND h.horse_id = ANY (:horse_ids)
          AND (m.dob, m.sex, m.sex_code, m.colour, m.colour_code, m.region)
              IS DISTINCT FROM (h.dob, h.sex, h.sex_code, h.colour, h.colour_code, h.region)
        RETURNING h.horse_id::text COLLATE "C" AS horse_id, h.dob, h.sex, h.sex_code, h.colour, h.colour_code, h.region
      ), written_horse AS ( -- the written rows, as changed by the user's triggers
        SELECT * FROM updated_horse
        UNION ALL
        SELECT * FROM merged_horse m WHERE m.horse_id NOT IN (SELECT horse_id FROM updated_horse)
      ), written_pedigree AS (
        INSERT INTO ra_horse_pedigree AS p
          (horse_id, sire_id, sire, dam_id, dam, damsire_id, damsire, breeder, region, created_at, updated_at)
        SELECT w.horse_id, w.sire_id, w.sire, w.dam_id, w.dam, w.damsire_id, w.damsire, w.breeder, NULLIF(m.region, ''),
               clock_timestamp(), clock_timestamp()
        FROM change w JOIN merged_horse m ON m.horse_id = w.horse_id
        WHERE w.has_parent
           OR w.breeder IS NOT NULL AND w.horse_id IN (SELECT horse_id FROM existing_pedigree) -- a breeder alone makes no row
        ORDER BY w.horse_id
        ON CONFLICT (horse_id) DO UPDATE SET
          %s,
          updated_at = EXCLUDED.updated_at
        RETURNING p.horse_id::text COLLATE "C" AS horse_id,
                  p.sire_id, p.sire, p.dam_id, p.dam, p.damsire_id, p.damsire, p.breeder, p.region
      ), row_state AS (
        SELECT w.horse_id, studbook.fingerprint(
                 to_char(w.dob, 'YYYY-MM-DD'), w.sex, w.sex_code, w.colour, w.colour_code, w.region,
                 p.sire_id, p.sire, p.dam_id, p.dam, p.damsire_id, p.damsire, p.breeder, p.region) AS fingerprint,
               (%s) IS TRUE AS complete
        FROM written_horse w JOIN change g ON g.horse_id = w.horse_id
          LEFT JOIN written_pedigree p ON p.horse_id = w.horse_id AND g.has_parent
        UNION ALL -- a refresh has compared and written its rows before
        SELECT s.horse_id, studbook.fingerprint(
                 to_char(s.dob, 'YYYY-MM-DD'), s.sex, s.sex_code, s.colour, s.colour_code, s.region,
                 p.sire_id, p.sire, p.dam_id, p.dam, p.damsire_id, p.damsire, p.breeder, p.region), true
        FROM outcome g JOIN current_horse s ON s.horse_id = g.horse_id
          LEFT JOIN ra_horse_pedigree p ON p.horse_id::text COLLATE "C" = s.horse_id AND p.horse_id = ANY (:horse_ids)
            AND COALESCE(g.sire_id, g.sire, g.dam_id, g.dam, g.damsire_id, g.damsire) IS NOT NULL
        WHERE (SELECT refresh FROM run_mode) AND g.state IN ('enriched', 'no_dob', 'basic')
      ), completed_item AS ( -- one outcome a horse
        UPDATE studbook.work_item i
        SET state = CASE WHEN v.horse_id IS NULL THEN 'missing' WHEN s.filled THEN 'already_filled'
                         WHEN g.state = 'no_dob' AND s.dob IS NOT NULL THEN 'enriched' ELSE g.state END,
            endpoint = g.endpoint, error_kind = CASE WHEN v.horse_id IS NOT NULL AND s.filled IS NOT TRUE THEN g.error_kind END,
            error_message = CASE WHEN v.horse_id IS NOT NULL AND s.filled IS NOT TRUE THEN g.error_message END,
            http_status = g.http_status, request_count = g.request_count, duration_ms = g.duration_ms,
            has_pedigree = COALESCE(g.sire_id, g.sire, g.dam_id, g.dam, g.damsire_id, g.damsire) IS NOT NULL
              AND v.horse_id IS NOT NULL AND s.filled IS NOT TRUE,
            row_fingerprint = f.fingerprint,
            completed_at = clock_timestamp()
        FROM outcome g
        JOIN pending_item m ON m.horse_id = g.horse_id
        LEFT JOIN visible_horse v ON v.horse_id = g.horse_id
        LEFT JOIN current_horse s ON s.horse_id = g.horse_id
        LEFT JOIN row_state f ON f.horse_id = g.horse_id
        -- A pending row changes once, so its ctid is still the one that was locked.
        WHERE i.ctid = ANY (ARRAY(SELECT locked_at FROM pending_item)) AND i.horse_id = g.horse_id AND g.state <> 'pending'
          AND (s.horse_id IS NOT NULL OR v.horse_id IS NULL OR g.state = 'failed')
          -- The horse's own profile may have what a racecard lacks.
          AND (g.state <> 'enriched' OR g.endpoint = 'pro' OR f.complete IS NOT FALSE
            OR NOT (SELECT includes_incomplete FROM run_mode))
        RETURNING i.horse_id, i.state, i.endpoint, i.has_pedigree, i.request_count, g.chunk_no
      ), confirmed AS ( -- the API has answered about them
        INSERT INTO studbook.confirmation (horse_id, confirmed_at, source, run_id)
        SELECT horse_id, clock_timestamp(), endpoint, :run FROM completed_item
        WHERE state IN ('enriched', 'no_dob', 'basic', 'not_found')
        ORDER BY horse_id -- all writers lock in this order
        ON CONFLICT (horse_id) DO UPDATE SET
          confirmed_at = EXCLUDED.confirmed_at, source = EXCLUDED.source, run_id = EXCLUDED.run_id
      ), %s
      SELECT g.horse_id, g.held, completed_item.state, completed_item.has_pedigree,
             g.held AND completed_item.horse_id IS NULL AND pending_item.horse_id IS NOT NULL AS pending,
             current_horse.horse_id IS NULL AS hidden
      FROM outcome g LEFT JOIN completed_item USING (horse_id)
        LEFT JOIN pending_item USING (horse_id) LEFT JOIN current_horse USING (horse_id)
      """
          .formatted(
              LOCKS,
              MergedColumns.OF_HORSE,
              MergedColumns.OF_PEDIGREE,
              IncompleteHorses.isComplete("w", "p"),
              CHUNK_COUNTS);
}
