package studbook.store.pedigree;

import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/**
 * Compares each link to a sire, dam or damsire with the row of the horse that it names. Reads the
 * tables whole. Safe for many threads.
 */
public final class LinkQueries {

  private static final String CHECKED_LINKS =
      """
      WITH node AS MATERIALIZED (
        SELECT COALESCE(h.horse_id::text, a.horse_id) AS horse_id, COALESCE(h.name::text, a.name) AS name,
               upper(COALESCE(NULLIF(h.sex_code::text, ''), a.sex_code)) AS sex_code,
               CASE WHEN isfinite(COALESCE(h.dob, a.dob)) THEN extract(year FROM COALESCE(h.dob, a.dob))::integer END AS born,
               h.horse_id IS NOT NULL AS in_table
        FROM ra_horses h
        FULL JOIN (SELECT * FROM studbook.ancestor WHERE status IN ('found', 'basic')) a ON a.horse_id = h.horse_id::text
      ), parents AS MATERIALIZED (
        SELECT COALESCE(p.horse_id::text, a.horse_id) AS horse_id,
               COALESCE(NULLIF(p.sire_id::text, ''), a.sire_id) AS sire_id, COALESCE(p.sire::text, a.sire) AS sire,
               COALESCE(NULLIF(p.dam_id::text, ''), a.dam_id) AS dam_id, COALESCE(p.dam::text, a.dam) AS dam,
               COALESCE(NULLIF(p.damsire_id::text, ''), a.damsire_id) AS damsire_id, COALESCE(p.damsire::text, a.damsire) AS damsire
        FROM ra_horse_pedigree p
        FULL JOIN (SELECT * FROM studbook.ancestor WHERE status IN ('found', 'basic')) a ON a.horse_id = p.horse_id::text
      ), link AS MATERIALIZED (
        SELECT p.horse_id, side.role, side.place, side.name, studbook.parent_horse(side.parent_id, side.name) AS parent,
               studbook.parent_horse(p.dam_id, p.dam) AS dam
        FROM parents p
        CROSS JOIN LATERAL (VALUES
          ('sire', 1, p.sire_id, p.sire), ('dam', 2, p.dam_id, p.dam), ('damsire', 3, p.damsire_id, p.damsire)
        ) side(role, place, parent_id, name)
        WHERE studbook.is_placeholder(COALESCE(side.name, side.parent_id)) IS FALSE
      ), checked AS MATERIALIZED (
        SELECT l.horse_id, c.name AS horse_name, l.role, l.place, l.parent, l.name AS parent_name,
               n.horse_id IS NOT NULL AS known, n.in_table, n.name AS own_name, n.sex_code, n.born,
               studbook.parent_horse(d.sire_id, d.sire) AS sire_of_dam,
               studbook.names_differ(l.name, n.name) AS name_differs,
               COALESCE(CASE WHEN l.role = 'dam' THEN n.sex_code IN ('C', 'G', 'H', 'R') ELSE n.sex_code IN ('F', 'M') END, false) AS sex_differs,
               COALESCE(n.born > c.born - CASE WHEN l.role = 'damsire' THEN 6 ELSE 3 END, false) AS too_young,
               COALESCE(l.role = 'damsire' AND l.parent <> studbook.parent_horse(d.sire_id, d.sire), false) AS damsire_differs
        FROM link l
        LEFT JOIN node n ON n.horse_id = l.parent
        LEFT JOIN node c ON c.horse_id = l.horse_id
        LEFT JOIN parents d ON d.horse_id = l.dam AND l.role = 'damsire'
      )
      """;

  private final Jdbi jdbi;

  public LinkQueries(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * The result of a comparison.
   *
   * @param counts of sires, dams and damsires
   * @param problems the first ones, in the order of the horses' ids
   */
  public record LinkReport(List<LinkCounts> counts, List<LinkProblem> problems) {}

  /**
   * Compares all links, in one snapshot.
   *
   * @param limit maximum number of problems
   */
  public LinkReport compare(int limit) {
    return jdbi.inTransaction(
        TransactionIsolationLevel.REPEATABLE_READ,
        handle -> new LinkReport(counts(handle), problems(handle, limit)));
  }

  private static List<LinkCounts> counts(Handle handle) {
    return handle.createQuery(COUNTS).map(ConstructorMapper.of(LinkCounts.class)).list();
  }

  private static List<LinkProblem> problems(Handle handle, int limit) {
    return handle
        .createQuery(PROBLEMS)
        .bind("limit", limit)
        .map(ConstructorMapper.of(LinkProblem.class))
        .list();
  }

  private static final String COUNTS =
      CHECKED_LINKS
          + """
          SELECT role, count(*) AS links, count(*) FILTER (WHERE parent IS NULL) AS without_id,
                 count(DISTINCT parent) AS horses, count(DISTINCT parent) FILTER (WHERE in_table) AS in_table,
                 count(DISTINCT parent) FILTER (WHERE known AND NOT in_table) AS in_ancestors,
                 count(*) FILTER (WHERE name_differs) AS name_differs, count(*) FILTER (WHERE sex_differs) AS sex_differs,
                 count(*) FILTER (WHERE too_young) AS too_young, count(*) FILTER (WHERE damsire_differs) AS damsire_differs
          FROM checked GROUP BY role, place ORDER BY place
          """;

  private static final String PROBLEMS =
      CHECKED_LINKS
          + """
          SELECT c.horse_id AS horse, studbook.to_utf8(c.horse_name) AS horse_name, c.role, c.parent,
                 studbook.to_utf8(c.parent_name) AS parent_name, p.problem, studbook.to_utf8(p.recorded) AS recorded
          FROM checked c
          CROSS JOIN LATERAL (VALUES
            (1, 'name', c.name_differs, c.own_name), (2, 'sex', c.sex_differs, c.sex_code),
            (3, 'age', c.too_young, c.born::text), (4, 'damsire', c.damsire_differs, c.sire_of_dam)
          ) p(place, problem, present, recorded)
          WHERE p.present
          ORDER BY c.horse_id COLLATE "C", c.place, p.place LIMIT :limit
          """;
}
