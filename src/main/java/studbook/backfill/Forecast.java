package studbook.backfill;

import java.time.Duration;
import java.util.Optional;
import studbook.time.Rate;

/**
 * What reading racecards first is expected to bring. Arithmetic only, from two facts about the
 * reference population: of 111,430 horses 125 stand on the racecards of one day, and 45% on those
 * of 1,402 days. The share that the newest days bring grows as {@code LIMIT * (1 - exp(-days /
 * SPAN))}, which passes through both.
 *
 * @param horses that the run wants
 * @param days of racecards that it would read
 */
public record Forecast(long horses, long days) {

  /** A sweep ends when so many days together brought fewer horses than requests. */
  static final int TRIAL = 14;

  private static final double LIMIT = 0.464;
  private static final double SPAN = 414;

  /** Without racecards. */
  public static Forecast withoutDays(long horses) {
    return new Forecast(horses, 0);
  }

  /** Whether the newest day is expected to bring at least the one request that it costs. */
  public boolean pays() {
    return horses * LIMIT / SPAN >= 1;
  }

  /** Days until one brings less than its request. */
  public long daysRead() {
    double worth = SPAN * Math.log(Math.max(1, horses * LIMIT / SPAN));
    return Math.min(days, Math.round(worth) + TRIAL);
  }

  /** Horses that these days bring. */
  public long brought() {
    return Math.round(horses * share(daysRead()));
  }

  /** Requests for the profiles of the others. */
  public long profiles() {
    return Estimate.requests(horses - brought());
  }

  public long requests() {
    return daysRead() + profiles();
  }

  /** How long it takes; empty where nothing limits it. */
  public Optional<Duration> duration(Rate rate, Optional<Rate> racecardsRate) {
    return duration(daysRead(), profiles(), rate, racecardsRate);
  }

  /**
   * Time for what is left of a run whose sweep goes on.
   *
   * @param left of {@link #days}
   * @param pending of {@link #horses}
   */
  Optional<Duration> remaining(long left, long pending, Rate rate, Optional<Rate> racecardsRate) {
    long still = Math.min(left, Math.max(TRIAL, daysRead() - (days - left)));
    double coming = horses * (share(days - left + still) - share(days - left));
    long profiles = Estimate.requests(Math.max(0, pending - Math.round(coming)));
    return duration(still, profiles, rate, racecardsRate);
  }

  /** With a limit of their own racecards are read beside the profiles, else before them. */
  private static Optional<Duration> duration(
      long days, long profiles, Rate rate, Optional<Rate> racecardsRate) {
    return racecardsRate.isEmpty()
        ? Estimate.duration(days + profiles, rate)
        : longer(Estimate.duration(days, racecardsRate.get()), Estimate.duration(profiles, rate));
  }

  private static Optional<Duration> longer(Optional<Duration> one, Optional<Duration> other) {
    return one.isPresent() && other.isPresent() && one.get().compareTo(other.get()) < 0
        ? other
        : one.or(() -> other);
  }

  private static double share(long days) {
    return LIMIT * (1 - Math.exp(-days / SPAN));
  }
}
