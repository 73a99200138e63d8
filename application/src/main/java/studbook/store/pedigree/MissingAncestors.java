package studbook.store.pedigree;

import java.util.List;
import org.jdbi.v3.core.Jdbi;

/**
 * Sires and dams that other horses name, that neither the user's tables nor studbook.ancestor have.
 * One whose profile the API lacks is missing again after a year. Safe for many threads.
 */
public final class MissingAncestors {

  /**
   * Each once, as {@code h}, with the generations between it and the nearest of the user's horses.
   * A horse that was put into the user's tables as an ancestor keeps its generation.
   */
  public static final String TABLE =
      """
      (SELECT m.horse_id, m.generation, NULL::timestamptz AS updated_at, NULL::date AS dob
       FROM (
         SELECT studbook.parent_horse(link.parent_id, link.name) AS horse_id, min(link.generation) AS generation
         FROM (
           SELECT side.parent_id, side.name, COALESCE(a.generation, 0) + 1 AS generation
           FROM ra_horse_pedigree p
           LEFT JOIN studbook.ancestor a ON a.horse_id = p.horse_id::text AND a.status = 'in_ra_horses'
           CROSS JOIN LATERAL (VALUES (p.sire_id::text, p.sire::text), (p.dam_id::text, p.dam::text)) side(parent_id, name)
           UNION ALL
           SELECT side.parent_id, side.name, a.generation + 1
           FROM studbook.ancestor a
           CROSS JOIN LATERAL (VALUES (a.sire_id, a.sire), (a.dam_id, a.dam)) side(parent_id, name)
         ) link
         WHERE link.parent_id <> ''
         GROUP BY 1
       ) m
       WHERE m.horse_id IS NOT NULL
         AND NOT EXISTS (SELECT FROM ra_horses h WHERE h.horse_id = m.horse_id)
         AND NOT EXISTS (
           SELECT FROM studbook.ancestor a
           WHERE a.horse_id = m.horse_id AND (a.status = 'found' OR a.requested_at > clock_timestamp() - interval '1 year'))
      ) h
      """;

  private final Jdbi jdbi;

  public MissingAncestors(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * What is missing in one generation.
   *
   * @param count of horses to be requested
   * @param sires of these, those that are named as sires
   */
  public record GenerationCount(int generation, long count, long sires) {}

  /** Distinct sires and dams for each horse of the user's; 0 without pedigrees. */
  public double parentsPerHorse() {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT COALESCE((count(DISTINCT sire_id) + count(DISTINCT dam_id)) / NULLIF(count(*), 0)::double precision, 0)
                FROM ra_horse_pedigree
                """)
            .mapTo(Double.class)
            .one());
  }

  /**
   * The numbers by generation, the nearest first. What a generation will name is known only once it
   * was requested, so only the first number of a chain is final.
   */
  public List<GenerationCount> counts() {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(COUNTS)
            .map((row, _) ->
                new GenerationCount(
                    row.getInt("generation"), row.getLong("count"), row.getLong("sires")))
            .list());
  }

  private static final String COUNTS =
      """
      SELECT h.generation, count(*) AS count,
             count(*) FILTER (WHERE h.horse_id IN (
               SELECT studbook.parent_horse(p.sire_id::text, p.sire::text) FROM ra_horse_pedigree p WHERE p.sire_id <> ''
               UNION ALL SELECT studbook.parent_horse(a.sire_id, a.sire) FROM studbook.ancestor a WHERE a.sire_id <> '')) AS sires
      FROM %s
      GROUP BY h.generation ORDER BY h.generation
      """
          .formatted(TABLE);
}
