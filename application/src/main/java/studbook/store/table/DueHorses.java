package studbook.store.table;

import org.jdbi.v3.core.statement.SqlStatement;

/**
 * Horses whose data was confirmed about as long ago as the interval of their group, or never. A
 * horse without a date of birth that no run has requested yet is a backfill's.
 */
public final class DueHorses {

  public static final String TABLES =
      """
      ra_horses h LEFT JOIN studbook.confirmation c ON c.horse_id = h.horse_id::text COLLATE "C"
      """;

  /** The group of a horse in {@link #TABLES}, which has an interval of its own. */
  static final String GROUP =
      """
      CASE WHEN h.dob < clock_timestamp() - interval '%d years' THEN 'old'
           WHEN c.racecard_date > clock_timestamp() - interval '12 months' THEN 'raced' ELSE 'others' END
      """
          .formatted(RefreshIntervals.OLD_AGE);

  /** How long the data of a horse in {@link #TABLES} counts as confirmed. */
  public static final String INTERVAL =
      """
      CASE %s WHEN 'old' THEN :oldInterval::interval
           WHEN 'raced' THEN :racedInterval::interval
           ELSE :othersInterval::interval END
      """
          .formatted(GROUP);

  /**
   * The condition for a horse in {@link #TABLES}. Its id decides where it is due in the last part
   * of its interval, so that the horses of one backfill are not due in one night; none is due in
   * the last third of that part, since months differ in length and the next refresh may be a day
   * away.
   */
  public static final String IS_DUE =
      """
      (h.dob IS NOT NULL OR c.confirmed_at > '-infinity')
      AND (c.confirmed_at IS NULL OR c.confirmed_at <= clock_timestamp() - (%s)
        * (1 - :spread * (512 + (hashtextextended(h.horse_id::text, 0) & 1023)) / 1536))
      """
          .formatted(INTERVAL);

  private DueHorses() {}

  /** Binds the intervals, which PostgreSQL reads in their ISO 8601 form. */
  public static void bind(SqlStatement<?> statement, RefreshIntervals intervals) {
    statement
        .bind("oldInterval", intervals.old().toString())
        .bind("racedInterval", intervals.raced().toString())
        .bind("othersInterval", intervals.others().toString())
        .bind("spread", intervals.spread());
  }
}
