package studbook.backfill.plan;

import java.time.Duration;
import java.util.Optional;
import studbook.ratelimit.SharedRateLimit;
import studbook.time.Rate;

/**
 * The expected requests with racecards first. Arithmetic only.
 *
 * @param horses of the run
 * @param days of racecards that it would read
 * @param racecardYield the expected yield of racecards
 */
public record RequestEstimate(long horses, long days, RacecardYield racecardYield) {

  /** A scan ends when this many days together yielded fewer horses than requests. */
  public static final int TRIAL = 14;

  /**
   * The first responses are slow, since everything is cold, and the last 404s are confirmed at the
   * end; measured with a thousand horses at 50 requests a second.
   */
  static final Duration START_AND_END = Duration.ofSeconds(2);

  /** With the yield of racecards for The Racing API's customers. */
  public RequestEstimate(long horses, long days) {
    this(horses, days, RacecardYield.REFERENCE);
  }

  /** Without racecards. */
  static RequestEstimate withoutDays(long horses) {
    return new RequestEstimate(horses, 0);
  }

  /** Whether the newest day is expected to yield at least its one request. */
  boolean isWorthwhile() {
    return racecardYield.newestDay(horses) >= 1;
  }

  /** Days until one yields less than its request. */
  public long daysRead() {
    return Math.min(days, racecardYield.worthwhileDays(horses) + TRIAL);
  }

  /** Horses that these days yield. */
  long completed() {
    return Math.round(horses * racecardYield.share(daysRead()));
  }

  /** Requests for the profiles of the others. */
  public long profiles() {
    return DurationEstimate.requests(horses - completed());
  }

  public long requests() {
    return daysRead() + profiles();
  }

  /** The duration; empty if nothing limits it. */
  public Optional<Duration> duration(Rate rate, Optional<Rate> racecardsRate) {
    return duration(rate, racecardsRate, SharedRateLimit.FIRST_MARGIN);
  }

  /** The same with this margin of the rate limit. */
  public Optional<Duration> duration(Rate rate, Optional<Rate> racecardsRate, Duration margin) {
    return duration(daysRead(), profiles(), rate, racecardsRate, margin)
        .map(sending -> requests() == 0 ? sending : sending.plus(START_AND_END));
  }

  /**
   * Time for the rest of a run with an unfinished scan.
   *
   * @param left of {@link #days}
   * @param pending of {@link #horses}
   */
  public Optional<Duration> remaining(
      long left, long pending, Rate rate, Optional<Rate> racecardsRate) {
    long still = Math.min(left, Math.max(TRIAL, daysRead() - (days - left)));
    double coming =
        horses * (racecardYield.share(days - left + still) - racecardYield.share(days - left));
    long profiles = DurationEstimate.requests(Math.max(0, pending - Math.round(coming)));
    return duration(still, profiles, rate, racecardsRate, SharedRateLimit.FIRST_MARGIN);
  }

  /** With a separate limit racecards are read concurrently with profiles, otherwise before them. */
  private static Optional<Duration> duration(
      long days, long profiles, Rate rate, Optional<Rate> racecardsRate, Duration margin) {
    return racecardsRate.isEmpty()
        ? DurationEstimate.duration(days + profiles, rate, margin)
        : longer(
            DurationEstimate.duration(days, racecardsRate.get(), margin),
            DurationEstimate.duration(profiles, rate, margin));
  }

  private static Optional<Duration> longer(Optional<Duration> one, Optional<Duration> other) {
    return one.isPresent() && other.isPresent() && one.get().compareTo(other.get()) < 0
        ? other
        : one.or(() -> other);
  }
}
