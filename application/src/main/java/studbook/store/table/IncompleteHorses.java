package studbook.store.table;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import studbook.model.HorseId;
import studbook.store.error.DatabaseError;

/**
 * Horses that have a date of birth and lack another field of The Racing API. One whose own profile
 * was the response within the last 90 days is confirmed: the API lacks the field too.
 */
public final class IncompleteHorses {

  /** The command that fills them, for messages. */
  public static final String COMMAND = "studbook backfill --incomplete";

  private static final List<String> HORSE =
      List.of("sex", "sex_code", "colour", "colour_code", "region");
  private static final List<String> PEDIGREE =
      List.of("sire_id", "sire", "dam_id", "dam", "damsire_id", "damsire", "breeder", "region");

  /** The columns as text in one collation, whatever the user's columns are. */
  public static final String TABLES =
      """
      ra_horses h LEFT JOIN (SELECT horse_id::text COLLATE "C" AS horse_id, %s FROM ra_horse_pedigree) p
        ON p.horse_id = h.horse_id::text COLLATE "C"
      """
          .formatted(PEDIGREE.stream().collect(Collectors.joining(", ")));

  /** The condition for a horse in {@link #TABLES}; NULL if a field is. */
  public static final String IS_COMPLETE = isComplete("h", "p");

  /**
   * Completed by the horse's own profile, or by the lack of one. A rejected value confirms nothing.
   */
  public static final String IS_CONFIRMED =
      """
      i.error_kind IS NULL AND i.completed_at > clock_timestamp() - interval '90 days'
      AND (i.state IN ('no_dob', 'basic', 'not_found') OR i.state = 'enriched' AND i.endpoint = 'pro')
      """;

  /** Runs with more horses are searched by key; smaller ones are read completely. */
  private static final int LARGE_RUN = 10_000;

  /**
   * Reads the user's tables completely, and as few work items as possible. EXCEPT is hashed or
   * sorted whatever the planner expects; it estimates the conditions at one row and would use
   * nested loops. The format of an id is checked last, since a regular expression takes longer than
   * all the rest.
   */
  private static final String COUNT =
      """
      SELECT count(*) FROM (
        SELECT lacking.horse_id
        FROM (SELECT h.horse_id::text COLLATE "C" AS horse_id
              FROM ra_horses h
              LEFT JOIN (SELECT p.horse_id::text COLLATE "C" AS horse_id FROM ra_horse_pedigree p WHERE %s) complete
                ON complete.horse_id = h.horse_id::text COLLATE "C"
              WHERE h.dob IS NOT NULL AND (:everyId OR h.horse_id = ANY (:ids))
                AND (complete.horse_id IS NULL OR (%s) IS NOT TRUE)
              OFFSET 0) lacking
        WHERE lacking.horse_id ~ :idPattern
          AND NOT EXISTS (
            SELECT FROM studbook.run r
            CROSS JOIN LATERAL (
              SELECT FROM studbook.work_item i
              WHERE i.run_id = r.run_id AND i.horse_id = lacking.horse_id AND %s OFFSET 0) i
            WHERE r.horse_count > :large)
        EXCEPT
        SELECT i.horse_id
        FROM studbook.run r
        CROSS JOIN LATERAL (
          SELECT i.horse_id FROM studbook.work_item i WHERE i.run_id = r.run_id AND %s OFFSET 0) i
        WHERE r.horse_count <= :large) left_over
      """
          .formatted(isPedigreeComplete("p"), isHorseComplete("h"), IS_CONFIRMED, IS_CONFIRMED);

  private IncompleteHorses() {}

  /**
   * The condition that a horse lacks nothing.
   *
   * @param horse alias with the columns of ra_horses
   * @param pedigree alias with the columns of ra_horse_pedigree
   */
  public static String isComplete(String horse, String pedigree) {
    return isHorseComplete(horse) + " AND " + isPedigreeComplete(pedigree);
  }

  public static String isHorseComplete(String alias) {
    return alias + ".dob IS NOT NULL AND " + areFilled(alias, HORSE);
  }

  public static String isPedigreeComplete(String alias) {
    return areFilled(alias, PEDIGREE);
  }

  /** The condition for cached_profile, whose other fields follow from these. */
  public static String isCardComplete(String alias) {
    return areFilled(
        alias,
        List.of(
            "sex",
            "sex_code",
            "colour",
            "breeder",
            "sire_id",
            "sire",
            "dam_id",
            "dam",
            "damsire_id",
            "damsire"));
  }

  private static String areFilled(String alias, List<String> columns) {
    return columns.stream()
        .map(column -> alias + "." + column + "::text COLLATE \"C\" <> ''")
        .collect(Collectors.joining(" AND "));
  }

  /**
   * Counts them. Reads both tables and the work items.
   *
   * @param ids only these, if given
   */
  public static long count(Handle handle, Optional<List<String>> ids) {
    return handle
        .createQuery(COUNT)
        .bind("idPattern", "^" + HorseId.PATTERN + "$")
        .bind("everyId", ids.isEmpty())
        .bind("large", LARGE_RUN)
        .bindArray("ids", String.class, ids.orElse(List.of()))
        .mapTo(Long.class)
        .one();
  }

  /** Counts them; empty if that takes longer than {@code limit}. */
  public static Optional<Long> count(Jdbi jdbi, Duration limit) {
    try {
      return Optional.of(
          jdbi.inTransaction(handle -> {
            handle.execute(
                "SELECT set_config('statement_timeout', ?, true), set_config('work_mem', '32MB', true)",
                limit.toMillis() + "ms");
            return count(handle, Optional.empty());
          }));
    } catch (JdbiException e) {
      if (DatabaseError.in(e)
          .filter(error -> error.state().equals(DatabaseError.QUERY_CANCELLED))
          .isPresent()) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
