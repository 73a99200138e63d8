package studbook.store.table;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;

/**
 * The number of rows that satisfy each condition.
 *
 * @param rows with data: a date of birth, a sex code, a colour, or a pedigree
 * @param pedigrees of these, those with a row in ra_horse_pedigree
 * @param counts for each condition, in order
 */
public record CheckCounts(long rows, long pedigrees, List<Long> counts) {

  /** One scan for all conditions. Texts are cast, so the conditions hold for any column type. */
  private static final String ROWS_WITH_DATA =
      """
      FROM (SELECT horse_id::text COLLATE "C" AS horse_id, name::text COLLATE "C" AS name, sex::text COLLATE "C" AS sex,
                   sex_code::text COLLATE "C" AS sex_code, dob, colour::text COLLATE "C" AS colour,
                   colour_code::text COLLATE "C" AS colour_code, region::text COLLATE "C" AS region, updated_at
            FROM ra_horses) h
      LEFT JOIN (SELECT horse_id::text COLLATE "C" AS horse_id, sire_id::text COLLATE "C" AS sire_id,
                        sire::text COLLATE "C" AS sire, dam_id::text COLLATE "C" AS dam_id, dam::text COLLATE "C" AS dam,
                        damsire_id::text COLLATE "C" AS damsire_id, damsire::text COLLATE "C" AS damsire,
                        breeder::text COLLATE "C" AS breeder, region::text COLLATE "C" AS region
                 FROM ra_horse_pedigree) p ON p.horse_id = h.horse_id
      WHERE (h.dob IS NOT NULL OR h.sex_code <> '' OR h.colour <> '' OR p.horse_id IS NOT NULL)
      """;

  public CheckCounts {
    counts = List.copyOf(counts);
  }

  public static CheckCounts take(Handle handle, List<String> conditions) {
    return handle
        .createQuery(
            "SELECT count(*) AS rows, count(p.horse_id) AS pedigrees%s%n%s"
                .formatted(
                    each(", count(*) FILTER (WHERE %2$s) AS c%1$d", conditions), ROWS_WITH_DATA))
        .map((row, context) -> {
          List<Long> counts = new ArrayList<>();
          for (int i = 0; i < conditions.size(); i++) {
            counts.add(row.getLong("c" + i));
          }
          return new CheckCounts(row.getLong("rows"), row.getLong("pedigrees"), counts);
        })
        .one();
  }

  /** The first ids, at most so many, of the rows that satisfy each condition. One scan. */
  public static List<List<String>> examples(Handle handle, List<String> conditions, int most) {
    List<List<String>> examples = new ArrayList<>();
    conditions.forEach(_ -> examples.add(new ArrayList<>()));
    if (conditions.isEmpty()) {
      return examples;
    }
    handle
        .createQuery(
            """
            SELECT condition, horse_id FROM (
              SELECT condition, horse_id, row_number() OVER (PARTITION BY condition ORDER BY horse_id) AS place
              FROM (SELECT h.horse_id, unnest(array_remove(ARRAY[NULL::int%s], NULL)) AS condition
                    %s) found
            ) numbered
            WHERE place <= :most ORDER BY condition, horse_id
            """
                .formatted(each(", CASE WHEN %2$s THEN %1$d END", conditions), ROWS_WITH_DATA))
        .bind("most", most)
        .map((row, context) -> examples.get(row.getInt("condition")).add(row.getString("horse_id")))
        .list();
    return examples;
  }

  private static String each(String form, List<String> conditions) {
    return IntStream.range(0, conditions.size())
        .mapToObj(i -> form.formatted(i, conditions.get(i)))
        .collect(Collectors.joining("\n"));
  }

  public static long repeated(Handle handle) {
    return handle
        .createQuery(
            """
            SELECT COALESCE(sum(n - 1), 0) FROM (
              SELECT count(*) AS n FROM ra_horses WHERE dob IS NOT NULL AND name <> ''
              GROUP BY lower(name COLLATE "C"), dob HAVING count(*) > 1) again
            """)
        .mapTo(Long.class)
        .one();
  }
}
