package studbook.simulator.population;

/**
 * What happens to a population on a day.
 *
 * @param reserved horses that the API does not have on day 0
 * @param appearing horses that appear each day, until none is reserved
 * @param changed share of the horses of which a value changes
 * @param suspicious share of these changes that move a date of birth by two years
 * @param vanished share of the horses that the API has no longer
 */
public record DailyChanges(
    int reserved, int appearing, double changed, double suspicious, double vanished) {

  public DailyChanges {
    requireShare(changed);
    requireShare(suspicious);
    requireShare(vanished);
    if (reserved < 0 || appearing < 0) {
      throw new IllegalArgumentException("fewer than 0 horses appear");
    }
  }

  private static void requireShare(double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("not a share from 0 to 1: " + share);
    }
  }

  /** A tenth of the horses is reserved; each day one in 2,000 appears and one in 700 changes. */
  public static DailyChanges usual(int size) {
    return new DailyChanges(size / 10, Math.ceilDiv(size, 2_000), 1.0 / 700, 0.05, 0.0001);
  }
}
