package studbook.json;

import java.time.Instant;
import java.util.Optional;
import studbook.ratelimit.LimitReduction;
import studbook.time.Rate;

/**
 * A time in which repeated 429s reduced the rate limit.
 *
 * @param rateLimitPerSecond the reduced limit
 */
public record LimitReductionJson(
    Optional<Double> rateLimitPerSecond, Instant startedAt, Instant endedAt) {

  public static LimitReductionJson of(LimitReduction reduction) {
    return new LimitReductionJson(
        Rate.parse(reduction.rate().replace("/s", "")).map(Rate::perSecond),
        reduction.from(),
        reduction.to());
  }
}
