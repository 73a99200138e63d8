package studbook.store.search;

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

  /** No index has names without accents. */
  private static final String NEARLY =
      """
      SELECT horse_id::text FROM ra_horses
      WHERE studbook.comparable_name(name::text) = studbook.comparable_name(:name)
      UNION
      SELECT horse_id FROM studbook.ancestor
      WHERE studbook.comparable_name(name) = studbook.comparable_name(:name) AND status IN ('found', 'basic')
      ORDER BY horse_id
      """;

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
   * The horses that bear a name, apart from case and country; if there are none, those whose name
   * differs in accents and punctuation, for which all names are read.
   *
   * @param name without a country
   */
  public List<FoundHorse> named(String name) {
    List<String> exactly = ids(EXACTLY, name);
    return search.details(exactly.isEmpty() ? ids(NEARLY, name) : exactly);
  }

  private List<String> ids(String query, String name) {
    return jdbi.withHandle(
        handle -> handle.createQuery(query).bind("name", name).mapTo(String.class).list());
  }

  /** The first horses that a search for a name finds: with one typing error, or a longer name. */
  public HorseSearchResult nearest(String name, int most) {
    return search.find(name, 1, most);
  }
}
