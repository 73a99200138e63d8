package studbook.store.finding;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.jdbi.v3.core.Jdbi;
import studbook.pedigree.AnimalTable;
import studbook.pedigree.check.GivenParentName;
import studbook.pedigree.check.ParentSide;

/** Reads the names that horses' rows give their sires and dams. Safe for many threads. */
public final class ParentNameQueries {

  private static final int FETCHED_AT_ONCE = 10_000;

  private final Jdbi jdbi;

  public ParentNameQueries(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * Those that differ from the name in the parent's own row, also of links that wait for a review.
   *
   * @param table of all horses, with their ids
   */
  public List<GivenParentName> different(AnimalTable table) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                WITH node AS (
                  SELECT COALESCE(h.horse_id::text, a.horse_id) AS horse_id, COALESCE(h.name::text, a.name) AS name
                  FROM ra_horses h
                  FULL JOIN (SELECT * FROM studbook.ancestor WHERE status IN ('found', 'basic')) a ON a.horse_id = h.horse_id::text
                ), given AS (
                  SELECT p.horse_id::text AS horse_id, side.side, side.name, studbook.parent_horse(side.parent_id, side.name) AS parent
                  FROM ra_horse_pedigree p
                  CROSS JOIN LATERAL (VALUES ('sire', p.sire_id::text, p.sire::text), ('dam', p.dam_id::text, p.dam::text))
                    AS side(side, parent_id, name)
                  UNION ALL
                  SELECT a.horse_id COLLATE "default", side.side, side.name, studbook.parent_horse(side.parent_id, side.name)
                  FROM studbook.ancestor a
                  CROSS JOIN LATERAL (VALUES ('sire', a.sire_id, a.sire), ('dam', a.dam_id, a.dam)) AS side(side, parent_id, name)
                  WHERE a.status IN ('found', 'basic')
                )
                SELECT given.horse_id, given.side, given.parent, studbook.to_utf8(given.name) AS name
                FROM given JOIN node ON node.horse_id COLLATE "C" = given.parent COLLATE "C"
                WHERE studbook.names_differ(given.name, node.name)
                ORDER BY given.horse_id COLLATE "C", given.side
                """)
            .setFetchSize(FETCHED_AT_ONCE)
            .map((row, _) -> given(row, table))
            .stream()
            .flatMap(Optional::stream)
            .toList());
  }

  /** Empty if another transaction has added a horse since the table was read. */
  private static Optional<GivenParentName> given(ResultSet row, AnimalTable table)
      throws SQLException {
    OptionalInt offspring = table.indexOf(row.getString("horse_id"));
    OptionalInt parent = table.indexOf(row.getString("parent"));
    return offspring.isEmpty() || parent.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new GivenParentName(
                offspring.getAsInt(),
                ParentSide.valueOf(row.getString("side").toUpperCase(Locale.ROOT)),
                parent.getAsInt(),
                row.getString("name")));
  }
}
