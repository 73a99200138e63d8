package studbook.store.pedigree;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import studbook.pedigree.AnimalRow;
import studbook.pedigree.AnimalTable;
import studbook.pedigree.AnimalTableBuilder;
import studbook.pedigree.ParentNames;
import studbook.time.Ticker;

/**
 * Loads a few horses with their ancestors, generation by generation, each horse once. Parents are
 * those of the SQL function studbook.parents: a link that waits for a review, or was rejected in
 * one, is left out. Safe for many threads.
 */
public final class AncestorLoader {

  private final Jdbi jdbi;
  private final Ticker ticker;

  public AncestorLoader(Jdbi jdbi, Ticker ticker) {
    this.jdbi = jdbi;
    this.ticker = ticker;
  }

  /**
   * What was loaded.
   *
   * @param complete false if time ran out before the last generation
   */
  public record LoadedAncestors(AnimalTable table, boolean complete) {}

  private record LoadedRow(AnimalRow animal, ParentNames parents) {

    Stream<String> known() {
      return Stream.of(Optional.ofNullable(animal.sire()), Optional.ofNullable(animal.dam()))
          .flatMap(Optional::stream);
    }
  }

  /**
   * Reads horses that exist and their ancestors.
   *
   * @param horses ids; they get the first indexes
   * @param generations of ancestors
   * @param longest after which no further generation is begun
   */
  public LoadedAncestors load(List<String> horses, int generations, Duration longest) {
    long begun = ticker.nanos();
    AnimalTableBuilder builder = AnimalTable.builder();
    Set<String> seen = new HashSet<>(horses);
    List<String> next = List.copyOf(horses);
    int loaded = 0;
    while (!next.isEmpty() && loaded <= generations) {
      if (ticker.nanos() - begun > longest.toNanos()) {
        return new LoadedAncestors(builder.build(), false);
      }
      List<LoadedRow> rows = rows(next);
      rows.forEach(row -> builder.merge(row.animal(), row.parents()));
      next = new ArrayList<>(rows.stream().flatMap(LoadedRow::known).filter(seen::add).toList());
      loaded++;
    }
    return new LoadedAncestors(builder.build(), true);
  }

  private List<LoadedRow> rows(List<String> ids) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT wanted.horse_id, studbook.to_utf8(COALESCE(h.name, a.name)) AS name, COALESCE(h.sex, a.sex) AS sex,
                       COALESCE(h.dob, a.dob)::text AS dob, studbook.to_utf8(COALESCE(h.colour, a.colour)) AS colour,
                       p.sire_id, studbook.to_utf8(p.sire) AS sire, p.dam_id, studbook.to_utf8(p.dam) AS dam
                FROM unnest(:ids) WITH ORDINALITY AS wanted (horse_id, place)
                CROSS JOIN LATERAL (
                  SELECT max(parent.parent_id) FILTER (WHERE parent.side = 'S') AS sire_id,
                         max(parent.name) FILTER (WHERE parent.side = 'S') AS sire,
                         max(parent.parent_id) FILTER (WHERE parent.side = 'D') AS dam_id,
                         max(parent.name) FILTER (WHERE parent.side = 'D') AS dam
                  FROM studbook.parents(wanted.horse_id) parent) p
                LEFT JOIN LATERAL (
                  SELECT h.name::text, COALESCE(NULLIF(h.sex_code::text, ''), NULLIF(h.sex::text, '')) AS sex, h.dob::date,
                         COALESCE(NULLIF(h.colour_code::text, ''), NULLIF(h.colour::text, '')) AS colour, true AS found
                  FROM ra_horses h WHERE h.horse_id = wanted.horse_id OFFSET 0) h ON true
                LEFT JOIN LATERAL (
                  SELECT a.name, COALESCE(a.sex_code, a.sex) AS sex, a.dob, COALESCE(a.colour_code, a.colour) AS colour, true AS found
                  FROM studbook.ancestor a WHERE a.horse_id = wanted.horse_id AND a.status IN ('found', 'basic') OFFSET 0) a ON true
                WHERE h.found OR a.found OR p.sire_id IS NOT NULL OR p.dam_id IS NOT NULL
                ORDER BY wanted.place
                """)
            .bindArray("ids", String.class, ids)
            .map((row, _) -> row(row))
            .list());
  }

  private static LoadedRow row(ResultSet row) throws SQLException {
    return new LoadedRow(
        new AnimalRow(
            row.getString("horse_id"),
            row.getString("name"),
            PedigreeLoader.sex(row.getString("sex")),
            PedigreeLoader.born(row.getString("dob")),
            Optional.ofNullable(row.getString("colour")).orElse(""),
            row.getString("sire_id"),
            row.getString("dam_id"),
            null,
            0),
        new ParentNames(row.getString("sire"), row.getString("dam"), null));
  }
}
