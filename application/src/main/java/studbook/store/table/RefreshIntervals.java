package studbook.store.table;

import java.time.Period;

/**
 * How long a horse's data counts as confirmed, by group, in calendar days and months. A horse of
 * more than {@value #OLD_AGE} years is in the third group even if it raced.
 *
 * @param raced horses that were on a racecard within the last 12 months
 * @param others all others
 * @param old horses that were born more than 25 years ago
 * @param spread the last part of the interval, from 0 to 1, in which horses that were confirmed at
 *     once become due one after the other
 */
public record RefreshIntervals(Period raced, Period others, Period old, double spread) {

  /** Years after which a horse's data hardly changes. */
  static final int OLD_AGE = 25;

  /** Enough for an even load: from 44 to 15 days before the end of a year. */
  private static final double SPREAD = 0.12;

  /**
   * The usual intervals. With them a year of nightly refreshes needs less than half of the requests
   * of each horse every six months (bench/RESULTS.md).
   */
  public static final RefreshIntervals USUAL =
      new RefreshIntervals(Period.ofMonths(6), Period.ofMonths(12), Period.ofMonths(36));

  /** Intervals that the horses of each group keep: they are due some time before. */
  public RefreshIntervals(Period raced, Period others, Period old) {
    this(raced, others, old, SPREAD);
  }

  /** The same age for all horses, exactly. */
  public static RefreshIntervals same(Period age) {
    return new RefreshIntervals(age, age, age, 0);
  }
}
