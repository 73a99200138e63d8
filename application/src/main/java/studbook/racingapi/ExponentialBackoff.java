package studbook.racingapi;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The delay before a horse's next attempt: a random time up to a bound that doubles with each
 * failure (full jitter), so that simultaneous failures are not retried simultaneously.
 *
 * @param first the bound after the first failure
 * @param longest the maximum bound
 */
public record ExponentialBackoff(Duration first, Duration longest) {

  public static final ExponentialBackoff USUAL =
      new ExponentialBackoff(Duration.ofSeconds(1), Duration.ofSeconds(30));

  /**
   * A random delay.
   *
   * @param failures so far, from 1
   */
  public Duration after(int failures, RandomGenerator random) {
    long bound = Math.min(longest.toNanos(), first.toNanos() << Math.min(failures - 1, 20));
    return Duration.ofNanos(random.nextLong(bound + 1));
  }
}
