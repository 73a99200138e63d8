package studbook.store.table;

import java.time.Period;

/**
 * How long a horse's data counts as confirmed, by group, in calendar days and months. A horse of
 * more than {@value #OLD_AGE} years is in the third group even if it raced.
 *
 * @param raced horses that were on a racecard within the last 12 months
 * @param others all others
 * @param old horses that were born more than 25 years ago
 */
public record RefreshIntervals(Period raced, Period others, Period old) {

  /** Years after which a horse's data hardly changes. */
  static final int OLD_AGE = 25;

  /** The usual intervals. */
  public static final RefreshIntervals USUAL =
      new RefreshIntervals(Period.ofMonths(3), Period.ofMonths(6), Period.ofMonths(24));

  /** One interval for all horses. */
  public static RefreshIntervals same(Period interval) {
    return new RefreshIntervals(interval, interval, interval);
  }
}
