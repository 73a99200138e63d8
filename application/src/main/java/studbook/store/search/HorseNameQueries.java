package studbook.store.search;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/**
 * Finds the horses that bear a name, among those of ra_horses and studbook.ancestor. Safe for many
 * threads.
 */
public final class HorseNameQueries {

  /**
   * By the index of {@link SearchIndexes} where there is one. What follows the name begins with a
   * parenthesis, as a country does.
   */
  private static final String EXACTLY =
      """
      SELECT horse_id::text FROM ra_horses
      WHERE lower(name::text COLLATE "default") = lower(:name COLLATE "default")
      UNION
      SELECT horse_id::text FROM ra_horses
      WHERE lower(name::text COLLATE "default") ~>=~ (lower(:name COLLATE "default") || ' (')
        AND lower(name::text COLLATE "default") ~<~ (lower(:name COLLATE "default") || ' )')
      UNION
      SELECT horse_id FROM studbook.ancestor
      WHERE lower(name COLLATE "default") = lower(:name COLLATE "default") AND status IN ('found', 'basic')
      UNION
      SELECT horse_id FROM studbook.ancestor
      WHERE lower(name COLLATE "default") ~>=~ (lower(:name COLLATE "default") || ' (')
        AND lower(name COLLATE "default") ~<~ (lower(:name COLLATE "default") || ' )') AND status IN ('found', 'basic')
      ORDER BY horse_id
      """;

  /** A horse with both records has the name of the user's. */
  private static final String ALL =
      """
      SELECT horse_id::text, studbook.to_utf8(name::text) FROM ra_horses WHERE name IS NOT NULL
      UNION ALL
      SELECT a.horse_id, studbook.to_utf8(a.name) FROM studbook.ancestor a
      WHERE a.name IS NOT NULL AND a.status IN ('found', 'basic')
        AND NOT EXISTS (SELECT FROM ra_horses h WHERE h.horse_id = a.horse_id AND h.name IS NOT NULL)
      """;

  private static final int FETCHED = 10_000;

  private final Jdbi jdbi;
  private final HorseSearchQueries search;

  /**
   * @param jdbi whose handles are one transaction each
   */
  public HorseNameQueries(Jdbi jdbi) {
    this.jdbi = jdbi;
    this.search = new HorseSearchQueries(jdbi);
  }

  /** The first of some ids that a record has. */
  public Optional<String> firstRecorded(List<String> ids) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT wanted.horse_id FROM unnest(:ids) WITH ORDINALITY AS wanted (horse_id, place)
                WHERE EXISTS (SELECT FROM ra_horses h WHERE h.horse_id = wanted.horse_id)
                  OR EXISTS (SELECT FROM ra_horse_pedigree p WHERE p.horse_id = wanted.horse_id)
                  OR EXISTS (SELECT FROM studbook.ancestor a WHERE a.horse_id = wanted.horse_id AND a.status IN ('found', 'basic'))
                ORDER BY wanted.place LIMIT 1
                """)
            .bindArray("ids", String.class, ids)
            .mapTo(String.class)
            .findOne());
  }

  /**
   * The horses that bear a name, apart from case and country.
   *
   * @param name without a country
   */
  public List<FoundHorse> named(String name) {
    return details(
        jdbi.withHandle(
            handle -> handle.createQuery(EXACTLY).bind("name", name).mapTo(String.class).list()));
  }

  /** The horses with these ids, in their order. */
  public List<FoundHorse> details(List<String> ids) {
    return search.details(ids);
  }

  /** Takes the id and the name of a horse. */
  public interface NameConsumer {
    void accept(String id, String name);
  }

  /** Passes the name of each horse that has one, in no order. Keeps only some in memory. */
  public void forEach(NameConsumer names) {
    jdbi.useHandle(handle ->
        handle
            .createQuery(ALL)
            .setFetchSize(FETCHED)
            .scanResultSet((found, _) -> pass(found.get(), names)));
  }

  private static boolean pass(ResultSet rows, NameConsumer names) throws SQLException {
    while (rows.next()) {
      names.accept(rows.getString(1), rows.getString(2));
    }
    return true;
  }
}
