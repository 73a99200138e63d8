package studbook.backfill.plan;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import studbook.model.ProfileValidator;
import studbook.racingapi.ExponentialBackoff;
import studbook.time.Rate;

/**
 * The configuration of a worker.
 *
 * @param worker this process
 * @param version of this Studbook
 * @param rate of the account, or of horses alone if racecards have their own
 * @param timeout of a whole request
 * @param cacheProfiles whether profiles that no horse of the run needs are cached
 */
public record WorkerConfig(
    long run,
    UUID worker,
    String version,
    Rate rate,
    Optional<Rate> racecardsRate,
    Duration timeout,
    ProfileValidator validator,
    RandomGenerator random,
    boolean cacheProfiles) {

  /** Maximum requests in flight without a rate limit: more only queue at the server. */
  private static final int UNLIMITED_CONCURRENCY = 64;

  private static final int MAX_CONCURRENCY = 2_000;

  /** Maximum days requested at once: each keeps its runners in memory. */
  private static final int MAX_DAYS = 64;

  private static final int UNLIMITED_DAYS = 8;

  /**
   * Maximum days that were read and wait for a newer day: some 400 runners, half a megabyte, each.
   */
  private static final int MAX_WAITING_DAYS = 32;

  public int concurrency() {
    return rate.isUnlimited()
        ? UNLIMITED_CONCURRENCY
        : (int) Math.min(MAX_CONCURRENCY, Math.max(8, needed(rate)));
  }

  /** Days that are requested at once. */
  public int daysRequested() {
    Rate days = racecardsRate.orElse(rate);
    return days.isUnlimited() ? UNLIMITED_DAYS : (int) Math.clamp(needed(days), 8, MAX_DAYS);
  }

  /**
   * Days from the oldest unwritten one to the newest; a day that is not read while the window is
   * full is written later than older ones. Larger than the number of concurrent requests, so that a
   * full window always contains days that were read and wait.
   */
  public int dayWindow() {
    return daysRequested() + Math.min(daysRequested(), MAX_WAITING_DAYS);
  }

  /** The number in flight if each takes the full timeout. */
  private double needed(Rate of) {
    return Math.ceil(of.perSecond() * timeout.toMillis() / 1000.0);
  }

  public ExponentialBackoff backOff() {
    return ExponentialBackoff.USUAL;
  }
}
