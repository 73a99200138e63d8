package studbook.store.search;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import studbook.store.error.DatabaseError;
import studbook.store.search.HorseSearchResult.TypoSearch;

/**
 * Finds horses of ra_horses and studbook.ancestor by what a person types: an id, the beginning of a
 * name, or a name with a typing error. With the indexes of {@link SearchIndexes} each takes
 * milliseconds on many millions of horses. Safe for many threads.
 */
public final class HorseSearchQueries {

  private static final Pattern NUMBER = Pattern.compile("(?:(?:hrs|sir|dam|dsi)_)?([0-9]{1,18})");

  /** The suffix of a country, which most lists of names leave out. */
  private static final Pattern SUFFIX =
      Pattern.compile("\\s*\\((?![IVXivx]+\\))[A-Za-z]{2,3}\\)\\s*$");

  /** A shorter text with another letter is the beginning of too many names. */
  private static final int LEAST_FOR_TYPOS = 4;

  /** Names that are read of each variant of the text; the first are just the variant. */
  private static final int MOST_OF_A_VARIANT = 25;

  private static final Duration LONGEST_TYPO_SEARCH = Duration.ofSeconds(1);

  private final Jdbi jdbi;

  /**
   * @param jdbi whose handles are one transaction each
   */
  public HorseSearchQueries(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * Searches.
   *
   * @param text as typed, not blank
   * @param page from 1
   * @param size horses of a page
   */
  public HorseSearchResult find(String text, int page, int size) {
    String bare = SUFFIX.matcher(text).replaceFirst("").strip();
    String wanted = bare.isEmpty() ? text : bare;
    int end = page * size + 1;
    Set<String> ids = new LinkedHashSet<>(withId(text));
    ids.addAll(beginningWith(wanted, end));
    TypoSearch typos = TypoSearch.NOT_NEEDED;
    if (ids.size() < end && wanted.codePointCount(0, wanted.length()) >= LEAST_FOR_TYPOS) {
      typos = addResembling(ids, wanted, end);
    }
    List<String> onPage = ids.stream().skip((long) (page - 1) * size).limit(size).toList();
    return new HorseSearchResult(details(onPage), ids.size() > page * size, typos);
  }

  private List<String> withId(String text) {
    List<String> possible = new ArrayList<>(List.of(text));
    Matcher number = NUMBER.matcher(text);
    if (number.matches()) {
      possible.add("hrs_" + number.group(1));
    }
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT horse_id::text FROM ra_horses WHERE horse_id = ANY (:ids)
                UNION
                SELECT horse_id::text FROM studbook.ancestor WHERE horse_id = ANY (:ids) AND status IN ('found', 'basic')
                """)
            .bindArray("ids", String.class, possible)
            .mapTo(String.class)
            .list());
  }

  /** In the order of the index, so that no more rows are read than are shown. */
  private List<String> beginningWith(String text, int most) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT horse_id FROM (
                  (SELECT horse_id::text AS horse_id, lower(name::text COLLATE "default") AS key FROM ra_horses
                   WHERE lower(name::text COLLATE "default") LIKE lower(:pattern)
                   ORDER BY lower(name::text COLLATE "default") USING ~<~, horse_id LIMIT :most)
                  UNION ALL
                  (SELECT horse_id::text, lower(name COLLATE "default") FROM studbook.ancestor
                   WHERE lower(name COLLATE "default") LIKE lower(:pattern) AND status IN ('found', 'basic')
                   ORDER BY lower(name COLLATE "default") USING ~<~, horse_id LIMIT :most)
                ) horse
                ORDER BY key USING ~<~, horse_id LIMIT :most
                """)
            .bind("pattern", TypoVariants.escaped(text) + "%")
            .bind("most", most)
            .mapTo(String.class)
            .list());
  }

  private TypoSearch addResembling(Set<String> ids, String text, int most) {
    try {
      return jdbi.withHandle(handle -> {
        TypoSettings settings = prepare(handle, text);
        if (!settings.hasIndex()) {
          return TypoSearch.NOT_INSTALLED;
        }
        resembling(handle, settings, most).forEach(id -> addUpTo(ids, id, most));
        return TypoSearch.DONE;
      });
    } catch (RuntimeException e) {
      if (DatabaseError.isCancelled(e)) {
        return TypoSearch.TOO_SLOW;
      }
      throw e;
    }
  }

  private static void addUpTo(Set<String> ids, String id, int most) {
    if (ids.size() < most) {
      ids.add(id);
    }
  }

  /**
   * What the search needs to know of the database.
   *
   * @param text in lower case
   */
  private record TypoSettings(String text, boolean hasIndex, boolean hasAccents) {}

  /**
   * Limits the transaction's time, and leaves the plan no choice but the indexes, though PostgreSQL
   * expects that a range between unknown texts has many names.
   */
  private static TypoSettings prepare(Handle handle, String text) {
    return handle
        .createQuery(
            """
            SELECT lower(:text COLLATE "default") AS text,
                   EXISTS (SELECT FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
                     WHERE c.relname = 'studbook_horses_by_name' AND i.indisvalid) AS has_index,
                   current_setting('server_encoding') = 'UTF8' AS has_accents,
                   set_config('statement_timeout', :longest, true), set_config('jit', 'off', true),
                   set_config('enable_seqscan', 'off', true), set_config('enable_bitmapscan', 'off', true)
            """)
        .bind("text", text)
        .bind("longest", Long.toString(LONGEST_TYPO_SEARCH.toMillis()))
        .map(ConstructorMapper.of(TypoSettings.class))
        .one();
  }

  /** Names that have nothing but a variant and a country come first. */
  private static List<String> resembling(Handle handle, TypoSettings settings, int most) {
    Set<String> variants = TypoVariants.of(settings.text(), settings.hasAccents());
    return handle
        .createQuery(
            """
            SELECT horse.horse_id
            FROM unnest(:beginnings, :ends) AS variant (beginning, after)
            CROSS JOIN LATERAL (
              (SELECT horse_id::text AS horse_id, lower(name::text COLLATE "default") AS key FROM ra_horses
               WHERE lower(name::text COLLATE "default") ~>=~ variant.beginning
                 AND lower(name::text COLLATE "default") ~<~ variant.after
                 AND starts_with(lower(name::text COLLATE "default"), variant.beginning)
               ORDER BY lower(name::text COLLATE "default") USING ~<~ LIMIT :of_a_variant)
              UNION ALL
              (SELECT horse_id::text, lower(name COLLATE "default") FROM studbook.ancestor
               WHERE lower(name COLLATE "default") ~>=~ variant.beginning
                 AND lower(name COLLATE "default") ~<~ variant.after
                 AND starts_with(lower(name COLLATE "default"), variant.beginning)
                 AND status IN ('found', 'basic')
               ORDER BY lower(name COLLATE "default") USING ~<~ LIMIT :of_a_variant)
            ) horse
            GROUP BY horse.horse_id
            ORDER BY min(length(regexp_replace(horse.key, '\\s*\\([a-z]{2,3}\\)$', '')) - length(variant.beginning)),
              min(horse.key), horse.horse_id
            LIMIT :most
            """)
        .bindArray("beginnings", String.class, variants.toArray())
        .bindArray("ends", String.class, variants.stream().map(TypoVariants::after).toArray())
        .bind("of_a_variant", MOST_OF_A_VARIANT)
        .bind("most", most)
        .mapTo(String.class)
        .list();
  }

  /** The horses with these ids, in their order. */
  public List<FoundHorse> details(List<String> ids) {
    return ids.isEmpty()
        ? List.of()
        : jdbi.withHandle(handle ->
            handle
                .createQuery(
                    """
                    SELECT wanted.horse_id AS id, studbook.to_utf8(COALESCE(h.name, a.name)) AS name,
                           CASE WHEN isfinite(COALESCE(h.dob, a.dob)) THEN extract(year FROM COALESCE(h.dob, a.dob))::integer END AS birth_year,
                           studbook.to_utf8(COALESCE(h.sex, a.sex)) AS sex,
                           COALESCE(p.sire_id, a.sire_id) AS sire_id, studbook.to_utf8(COALESCE(p.sire, a.sire)) AS sire,
                           COALESCE(p.dam_id, a.dam_id) AS dam_id, studbook.to_utf8(COALESCE(p.dam, a.dam)) AS dam
                    FROM unnest(:ids) WITH ORDINALITY AS wanted (horse_id, place)
                    LEFT JOIN LATERAL (SELECT h.name::text, h.dob::date, COALESCE(NULLIF(h.sex::text, ''), h.sex_code::text) AS sex
                      FROM ra_horses h WHERE h.horse_id = wanted.horse_id OFFSET 0) h ON true
                    LEFT JOIN LATERAL (SELECT studbook.parent_horse(p.sire_id::text, p.sire::text) AS sire_id, NULLIF(p.sire::text, '') AS sire,
                      studbook.parent_horse(p.dam_id::text, p.dam::text) AS dam_id, NULLIF(p.dam::text, '') AS dam
                      FROM ra_horse_pedigree p WHERE p.horse_id = wanted.horse_id OFFSET 0) p ON true
                    LEFT JOIN LATERAL (SELECT a.name, a.dob, COALESCE(a.sex, a.sex_code) AS sex,
                      studbook.parent_horse(a.sire_id, a.sire) AS sire_id, a.sire, studbook.parent_horse(a.dam_id, a.dam) AS dam_id, a.dam
                      FROM studbook.ancestor a WHERE a.horse_id = wanted.horse_id OFFSET 0) a ON true
                    ORDER BY wanted.place
                    """)
                .bindArray("ids", String.class, ids)
                .map(ConstructorMapper.of(FoundHorse.class))
                .list());
  }
}
