package studbook.backfill;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import studbook.backfill.plan.RequestEstimate;
import studbook.racingapi.ApiAccount;
import studbook.racingapi.RacingApi;
import studbook.racingapi.network.RequestObserver;
import studbook.ratelimit.RateLimitKey;
import studbook.ratelimit.RateLimiter;
import studbook.ratelimit.SharedRateLimit;
import studbook.ratelimit.SharedRateLimiter;
import studbook.ratelimit.UnlimitedRateLimiter;
import studbook.time.Rate;
import studbook.time.TimeSources;

/**
 * The configuration of a backfill.
 *
 * @param rate of the account, all requests together; of horses alone if racecards have their own
 * @param racecardsRate of racecards, if they have a limit of their own
 * @param margin of the rate limit; more than {@link SharedRateLimit#FIRST_MARGIN} if arrivals are
 *     known to jitter by as much
 * @param version of Studbook
 * @param settings {@code NAME=value} as configured, for the report; never a secret
 * @param observer of each request
 */
public record BackfillSetup(
    ApiAccount account,
    Rate rate,
    Optional<Rate> racecardsRate,
    Duration margin,
    String version,
    List<String> settings,
    RequestObserver observer) {

  public BackfillSetup {
    settings = List.copyOf(settings);
  }

  /** The duration of the estimated requests; empty if nothing limits them. */
  public Optional<Duration> duration(RequestEstimate estimate) {
    return duration(estimate, 1);
  }

  /**
   * The same at a share of the rate.
   *
   * @param share of the rate that they use at most, above 0, at most 1
   */
  Optional<Duration> duration(RequestEstimate estimate, double share) {
    return estimate.duration(rate.times(share), racecardsRate.map(own -> own.times(share)), margin);
  }

  /** The rate limit that it shares with every process of the account. */
  RateLimitKey budgetKey() {
    return key("account");
  }

  private RateLimitKey key(String group) {
    return RateLimitKey.of(account.base(), account.username().reveal(), group);
  }

  RacingApi api(TimeSources time) {
    return new RacingApi(account, version, time.clock(), time.ticker(), observer);
  }

  /** Joins the rate limit of requests for horses. */
  RateLimiter joinLimit(Jdbi jdbi, TimeSources time) {
    return join(SharedRateLimit.join(jdbi, budgetKey(), rate), time);
  }

  /** Joins the rate limit of requests for racecards: their own or the same one. */
  RateLimiter joinRacecardsLimit(Jdbi jdbi, TimeSources time) {
    return racecardsRate
        .map(own -> join(SharedRateLimit.join(jdbi, key("racecards"), own), time))
        .orElseGet(() -> joinLimit(jdbi, time));
  }

  private RateLimiter join(SharedRateLimit limit, TimeSources time) {
    if (margin.compareTo(SharedRateLimit.FIRST_MARGIN) > 0) {
      limit.keepMargin(margin);
    }
    return limit.rate().isUnlimited()
        ? new UnlimitedRateLimiter(limit, time.ticker())
        : new SharedRateLimiter(limit, time.ticker(), time.sleeper());
  }
}
