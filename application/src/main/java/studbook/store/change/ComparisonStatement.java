package studbook.store.change;

import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;
import studbook.store.database.ColumnArrays;
import studbook.store.table.ProfileColumns;

/**
 * The statement that compares profiles with the user's rows and writes what changed. Its steps:
 *
 * <ol>
 *   <li>{@code given}, {@code newer}: the profiles, and those that are newer than the horse's last
 *       confirmation.
 *   <li>{@code existing_horse}, {@code existing_pedigree}: the rows; locks them. A horse that
 *       another session is writing is skipped, so that no comparison waits for another one.
 *   <li>{@code field}, {@code verdict}: each value or pair of values, old, new and merged; whether
 *       it differs and whether a person has to decide.
 *   <li>{@code updated_horse}, {@code written_pedigree}, {@code recorded}: writes changed values
 *       only, and a change for each.
 *   <li>{@code raised}, {@code withdrawn}: reviews.
 *   <li>{@code confirmed}: when the horses were confirmed.
 * </ol>
 *
 * Repeating it changes nothing.
 */
public final class ComparisonStatement {

  private static final String SQL =
      """
      WITH given AS MATERIALIZED (
        SELECT g.*, CASE WHEN g.racecard_date IS NULL THEN clock_timestamp()
                         ELSE LEAST(clock_timestamp(), (g.racecard_date + 1)::timestamp AT TIME ZONE 'Europe/London') END AS seen_at
        FROM unnest(:horse_ids, :sources, :racecard_dates::date[], :names, :dobs, :sexes, :sex_codes, :colours, :colour_codes,
                    :regions, :breeders, :sire_ids, :sires, :dam_ids, :dams, :damsire_ids, :damsires)
          AS g(horse_id, source, racecard_date, name, dob, sex, sex_code, colour, colour_code,
               region, breeder, sire_id, sire, dam_id, dam, damsire_id, damsire)
          CROSS JOIN set_config('idle_in_transaction_session_timeout', '15s', true) -- as in ShortTransaction
      ), newer AS MATERIALIZED (
        SELECT g.*, c.confirmed_at
        FROM given g LEFT JOIN studbook.confirmation c ON c.horse_id = g.horse_id COLLATE "C"
        WHERE g.racecard_date IS NULL OR c.horse_id IS NULL OR g.seen_at > c.confirmed_at
      ), existing_horse AS MATERIALIZED (
        SELECT h.horse_id::text COLLATE "C" AS horse_id, h.name::text COLLATE "C" AS name,
               CASE WHEN isfinite(h.dob) THEN to_char(h.dob, 'YYYY-MM-DD') COLLATE "C" END AS dob,
               h.sex::text COLLATE "C" AS sex, h.sex_code::text COLLATE "C" AS sex_code,
               h.colour::text COLLATE "C" AS colour, h.colour_code::text COLLATE "C" AS colour_code,
               h.region::text COLLATE "C" AS region, h.updated_at::timestamptz AS updated_at
        FROM ra_horses h
        WHERE h.horse_id = ANY (:horse_ids) AND h.horse_id::text COLLATE "C" IN (SELECT horse_id COLLATE "C" FROM newer)
        ORDER BY h.horse_id FOR NO KEY UPDATE SKIP LOCKED
      ), compared AS MATERIALIZED ( -- a racecard of a past day says nothing about a row that was written later
        SELECT n.* FROM newer n JOIN existing_horse h ON h.horse_id = n.horse_id COLLATE "C"
        WHERE n.racecard_date IS NULL OR n.seen_at > COALESCE(n.confirmed_at, h.updated_at, '-infinity')
      ), existing_pedigree AS MATERIALIZED (
        SELECT p.horse_id::text COLLATE "C" AS horse_id, p.sire_id::text COLLATE "C" AS sire_id, p.sire::text COLLATE "C" AS sire,
               p.dam_id::text COLLATE "C" AS dam_id, p.dam::text COLLATE "C" AS dam,
               p.damsire_id::text COLLATE "C" AS damsire_id, p.damsire::text COLLATE "C" AS damsire,
               p.breeder::text COLLATE "C" AS breeder, p.region::text COLLATE "C" AS region
        FROM ra_horse_pedigree p
        WHERE p.horse_id = ANY (:horse_ids) AND p.horse_id::text COLLATE "C" IN (SELECT horse_id COLLATE "C" FROM compared)
        ORDER BY p.horse_id FOR NO KEY UPDATE
      ), field AS MATERIALIZED ( -- a single value is its own other half
        SELECT h.horse_id, n.source, f.field,
               f.old_value COLLATE "C" AS old_value, f.old_code COLLATE "C" AS old_code,
               f.new_value COLLATE "C" AS new_value, f.new_code COLLATE "C" AS new_code,
               studbook.merge_pair(f.new_value, f.new_code, f.old_value, f.old_code) COLLATE "C" AS value,
               studbook.merge_pair(f.new_code, f.new_value, f.old_code, f.old_value) COLLATE "C" AS code
        FROM compared n JOIN existing_horse h ON h.horse_id = n.horse_id COLLATE "C"
        LEFT JOIN existing_pedigree p ON p.horse_id = h.horse_id
        CROSS JOIN LATERAL (VALUES
          ('name', h.name, h.name, n.name, n.name),
          ('dob', h.dob, h.dob, n.dob, n.dob),
          ('sex', h.sex, h.sex_code, n.sex, n.sex_code),
          ('colour', h.colour, h.colour_code, n.colour, n.colour_code),
          ('region', h.region, h.region, n.region, n.region),
          ('sire', p.sire, p.sire_id, n.sire, n.sire_id),
          ('dam', p.dam, p.dam_id, n.dam, n.dam_id),
          ('damsire', p.damsire, p.damsire_id, n.damsire, n.damsire_id),
          ('breeder', p.breeder, p.breeder, n.breeder, n.breeder),
          ('pedigree_region', p.region, p.region, COALESCE(n.region, NULLIF(h.region, '')), COALESCE(n.region, NULLIF(h.region, '')))
        ) AS f(field, old_value, old_code, new_value, new_code)
        WHERE f.field NOT IN ('breeder', 'pedigree_region') OR p.horse_id IS NOT NULL -- they make no pedigree of their own
           OR COALESCE(n.sire_id, n.sire, n.dam_id, n.dam, n.damsire_id, n.damsire) IS NOT NULL
      ), verdict AS MATERIALIZED (
        SELECT f.*, studbook.is_suspicious(field, old_value, old_code, new_value, new_code) AS suspicious,
               (value, code) IS DISTINCT FROM (old_value, old_code)
                 AND NOT ( -- the same parent, without the suffix of its name
                   field IN ('sire', 'dam', 'damsire') AND new_code IS NOT DISTINCT FROM old_code
                   AND length(new_value) < length(old_value)
                   AND studbook.bare_name(new_value) = studbook.bare_name(old_value)) AS differs
        FROM field f
      ), applied AS MATERIALIZED (
        SELECT * FROM verdict WHERE differs AND NOT suspicious AND field <> 'name'
      ), horse_values AS (
        SELECT horse_id, max(value) FILTER (WHERE field = 'dob') AS dob,
               max(value) FILTER (WHERE field = 'sex') AS sex, max(code) FILTER (WHERE field = 'sex') AS sex_code,
               max(value) FILTER (WHERE field = 'colour') AS colour, max(code) FILTER (WHERE field = 'colour') AS colour_code,
               max(value) FILTER (WHERE field = 'region') AS region
        FROM applied WHERE field IN ('dob', 'sex', 'colour', 'region') GROUP BY horse_id
      ), updated_horse AS (
        UPDATE ra_horses h
        SET dob = COALESCE(v.dob::date, h.dob), sex = COALESCE(v.sex, h.sex), sex_code = COALESCE(v.sex_code, h.sex_code),
            colour = COALESCE(v.colour, h.colour), colour_code = COALESCE(v.colour_code, h.colour_code),
            region = COALESCE(v.region, h.region), updated_at = clock_timestamp()
        FROM horse_values v
        WHERE h.horse_id::text COLLATE "C" = v.horse_id AND h.horse_id = ANY (:horse_ids)
        RETURNING h.horse_id::text COLLATE "C" AS horse_id
      ), pedigree_values AS (
        SELECT horse_id,
               max(code) FILTER (WHERE field = 'sire') AS sire_id, max(value) FILTER (WHERE field = 'sire') AS sire,
               max(code) FILTER (WHERE field = 'dam') AS dam_id, max(value) FILTER (WHERE field = 'dam') AS dam,
               max(code) FILTER (WHERE field = 'damsire') AS damsire_id, max(value) FILTER (WHERE field = 'damsire') AS damsire,
               max(value) FILTER (WHERE field = 'breeder') AS breeder,
               max(value) FILTER (WHERE field = 'pedigree_region') AS region
        FROM applied WHERE field NOT IN ('dob', 'sex', 'colour', 'region') GROUP BY horse_id
      ), written_pedigree AS (
        INSERT INTO ra_horse_pedigree AS p
          (horse_id, sire_id, sire, dam_id, dam, damsire_id, damsire, breeder, region, created_at, updated_at)
        SELECT v.*, clock_timestamp(), clock_timestamp() FROM pedigree_values v ORDER BY v.horse_id
        ON CONFLICT (horse_id) DO UPDATE SET
          sire_id = COALESCE(EXCLUDED.sire_id, p.sire_id), sire = COALESCE(EXCLUDED.sire, p.sire),
          dam_id = COALESCE(EXCLUDED.dam_id, p.dam_id), dam = COALESCE(EXCLUDED.dam, p.dam),
          damsire_id = COALESCE(EXCLUDED.damsire_id, p.damsire_id), damsire = COALESCE(EXCLUDED.damsire, p.damsire),
          breeder = COALESCE(EXCLUDED.breeder, p.breeder), region = COALESCE(EXCLUDED.region, p.region),
          updated_at = EXCLUDED.updated_at
        RETURNING p.horse_id::text COLLATE "C" AS horse_id
      ), recorded AS ( -- what a trigger of the user's kept out is no change
        INSERT INTO studbook.change (horse_id, column_name, old_value, new_value, source, run_id)
        SELECT a.horse_id, c.column_name, NULLIF(c.old_value, ''), c.new_value, a.source, :run
        FROM applied a
        CROSS JOIN LATERAL (VALUES
          (a.field, a.old_value, a.value),
          (CASE WHEN a.field IN ('sex', 'colour') THEN a.field || '_code'
                WHEN a.field IN ('sire', 'dam', 'damsire') THEN a.field || '_id' END, a.old_code, a.code)
        ) AS c(column_name, old_value, new_value)
        WHERE c.column_name IS NOT NULL AND c.new_value IS DISTINCT FROM c.old_value
          AND CASE WHEN a.field IN ('dob', 'sex', 'colour', 'region') THEN a.horse_id IN (SELECT horse_id FROM updated_horse)
                   ELSE a.horse_id IN (SELECT horse_id FROM written_pedigree) END
        ORDER BY a.horse_id
        RETURNING horse_id
      ), raised AS (
        INSERT INTO studbook.review AS r (horse_id, field, old_value, old_code, new_value, new_code, source, run_id)
        SELECT horse_id, field, old_value, CASE WHEN field NOT IN ('name', 'dob') THEN old_code END,
               new_value, CASE WHEN field NOT IN ('name', 'dob') THEN new_code END, source, :run
        FROM verdict WHERE differs AND suspicious
        ORDER BY horse_id, field
        ON CONFLICT (horse_id, field) DO UPDATE SET
          review_id = DEFAULT, state = 'waiting', old_value = EXCLUDED.old_value, old_code = EXCLUDED.old_code,
          new_value = EXCLUDED.new_value, new_code = EXCLUDED.new_code, source = EXCLUDED.source, run_id = EXCLUDED.run_id,
          raised_at = clock_timestamp(), decided_at = NULL
        WHERE r.state NOT IN ('waiting', 'rejected')
           OR (r.new_value, r.new_code) IS DISTINCT FROM (EXCLUDED.new_value, EXCLUDED.new_code)
        RETURNING horse_id
      ), withdrawn AS ( -- the API repeats the suspicious value no more
        UPDATE studbook.review r SET state = 'withdrawn', decided_at = clock_timestamp()
        FROM verdict v
        WHERE r.horse_id = v.horse_id AND r.field = v.field AND r.state IN ('waiting', 'rejected')
          AND NOT (v.differs AND v.suspicious) AND v.new_value IS NOT NULL
          -- A parent whose own profile bears another name: until the horse names it so.
          AND NOT (COALESCE(r.old_code = r.new_code, false) AND studbook.names_differ(v.new_value, r.new_value))
      ), confirmed AS (
        INSERT INTO studbook.confirmation AS c (horse_id, confirmed_at, source, run_id, racecard_date)
        SELECT n.horse_id, CASE WHEN n.horse_id IN (SELECT horse_id FROM compared) THEN n.seen_at ELSE '-infinity' END,
               n.source, :run, n.racecard_date
        FROM newer n JOIN existing_horse h ON h.horse_id = n.horse_id COLLATE "C"
        WHERE n.racecard_date IS NOT NULL -- an outcome's own statement confirms its horse
        ORDER BY h.horse_id -- all writers lock in this order
        ON CONFLICT (horse_id) DO UPDATE SET
          confirmed_at = GREATEST(c.confirmed_at, EXCLUDED.confirmed_at),
          source = CASE WHEN EXCLUDED.confirmed_at > c.confirmed_at THEN EXCLUDED.source ELSE c.source END,
          run_id = CASE WHEN EXCLUDED.confirmed_at > c.confirmed_at THEN EXCLUDED.run_id ELSE c.run_id END,
          racecard_date = GREATEST(c.racecard_date, EXCLUDED.racecard_date)
      )
      SELECT (SELECT count(*) FROM compared) AS compared, (SELECT count(DISTINCT horse_id) FROM recorded) AS changed,
             (SELECT count(DISTINCT horse_id) FROM raised) AS raised
      """;

  private ComparisonStatement() {}

  /**
   * Compares the profiles with the rows of their horses, in a transaction of the caller's. Horses
   * that ra_horses lacks are left out.
   *
   * @param run that read them; {@code null} outside of runs
   * @param batch at most some hundred, each horse once
   */
  public static ConfirmationCounts execute(
      Handle handle, @Nullable Long run, List<ConfirmedProfile> batch) {
    if (batch.isEmpty()) {
      return ConfirmationCounts.NONE;
    }
    Query query = handle.createQuery(SQL).bindByType("run", run, Long.class);
    ColumnArrays<ConfirmedProfile> horses = new ColumnArrays<>(query, batch);
    horses.text("horse_ids", confirmed -> confirmed.horse().text());
    horses.text("sources", ConfirmedProfile::source);
    horses.text(
        "racecard_dates", confirmed -> confirmed.racecardDate().map(Object::toString).orElse(null));
    horses.text("names", confirmed -> confirmed.profile().name());
    ProfileColumns.bind(horses.part(ConfirmedProfile::profile));
    return query
        .map((row, _) ->
            new ConfirmationCounts(
                row.getInt("compared"), row.getInt("changed"), row.getInt("raised")))
        .one();
  }
}
