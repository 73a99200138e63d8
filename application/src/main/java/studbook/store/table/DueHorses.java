package studbook.store.table;

import org.jdbi.v3.core.statement.SqlStatement;

/**
 * Horses whose data was confirmed longer ago than the interval of their group, or never. A horse
 * without a date of birth that no run has requested yet is a backfill's.
 */
public final class DueHorses {

  public static final String TABLES =
      """
      ra_horses h LEFT JOIN studbook.confirmation c ON c.horse_id = h.horse_id::text COLLATE "C"
      """;

  /** The group of a horse in {@link #TABLES}, which has an interval of its own. */
  static final String GROUP =
      """
      CASE WHEN h.dob < current_date - interval '%d years' THEN 'old'
           WHEN c.racecard_date > current_date - interval '12 months' THEN 'raced' ELSE 'others' END
      """
          .formatted(RefreshIntervals.OLD_AGE);

  /** The condition for a horse in {@link #TABLES}. */
  public static final String IS_DUE =
      """
      (h.dob IS NOT NULL OR c.confirmed_at > '-infinity')
      AND (c.confirmed_at IS NULL OR c.confirmed_at <= clock_timestamp() - CASE
        WHEN h.dob < current_date - interval '%d years' THEN :oldInterval::interval
        WHEN c.racecard_date > current_date - interval '12 months' THEN :racedInterval::interval
        ELSE :othersInterval::interval END)
      """
          .formatted(RefreshIntervals.OLD_AGE);

  private DueHorses() {}

  /** Binds the intervals, which PostgreSQL reads in their ISO 8601 form. */
  public static void bind(SqlStatement<?> statement, RefreshIntervals intervals) {
    statement
        .bind("oldInterval", intervals.old().toString())
        .bind("racedInterval", intervals.raced().toString())
        .bind("othersInterval", intervals.others().toString());
  }
}
