package studbook.backfill.plan;

import java.time.Duration;
import java.util.Optional;
import studbook.ratelimit.SharedRateLimit;
import studbook.store.run.RunCounts;
import studbook.time.Rate;

/** The duration of work at the rate limit. Arithmetic only. */
public final class DurationEstimate {

  /**
   * About 2% of horses have no detailed profile and cost a second request (the reference population
   * of The Racing API's customers).
   */
  static final double REQUESTS_A_HORSE = 1.02;

  private DurationEstimate() {}

  /** Requests for horses that are requested one by one. */
  static long requests(long horses) {
    return Math.round(horses * REQUESTS_A_HORSE);
  }

  /**
   * Time for requests; empty if the rate is unlimited.
   *
   * @param margin of the rate limit in each second
   */
  static Optional<Duration> duration(long requests, Rate rate, Duration margin) {
    return rate.isUnlimited()
        ? Optional.empty()
        : Optional.of(seconds(requests / usable(rate, margin)));
  }

  private static double usable(Rate rate, Duration margin) {
    return rate.perSecond() / (1 + margin.toNanos() / 1e9);
  }

  /**
   * Time for the rest of a run.
   *
   * @param perSecond observed horses a second; 0 if none yet
   */
  public static Optional<Duration> remaining(RunCounts counts, double perSecond, Rate rate) {
    double requestsAHorse =
        counts.processed() < 100
            ? REQUESTS_A_HORSE
            : (double) counts.requests() / counts.processed();
    double allowed =
        rate.isUnlimited()
            ? Double.POSITIVE_INFINITY
            : usable(rate, SharedRateLimit.FIRST_MARGIN) / Math.max(requestsAHorse, 0.01);
    double expected = perSecond > 0 ? Math.min(perSecond, allowed) : allowed;
    if (counts.pending() == 0) {
      return Optional.of(Duration.ZERO);
    }
    return Double.isInfinite(expected)
        ? Optional.empty()
        : Optional.of(seconds(counts.pending() / expected));
  }

  private static Duration seconds(double seconds) {
    return Duration.ofMillis(Math.round(Math.min(seconds, 1e12) * 1000));
  }
}
