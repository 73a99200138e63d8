package studbook.backfill;

import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;
import studbook.backfill.plan.RacecardScanOptions;
import studbook.model.ErrorKind;
import studbook.model.HorseId;
import studbook.racingapi.Endpoint;
import studbook.racingapi.ProfileResponse;
import studbook.racingapi.RacecardResponse;
import studbook.racingapi.RacingApi;
import studbook.ratelimit.NextPermit;
import studbook.ratelimit.RateLimiter;
import studbook.store.database.Database;
import studbook.store.outcome.UserTables;
import studbook.time.TimeSources;

/** Checks the API with one or two requests, which need permits like any other. */
public final class ApiConnectionCheck {

  private final Database database;
  private final BackfillSetup setup;
  private final TimeSources time;

  public ApiConnectionCheck(Database database, BackfillSetup setup, TimeSources time) {
    this.database = database;
    this.setup = setup;
    this.time = time;
  }

  /**
   * Requests the first horse of the table, or number 1 if there is none. A 404 counts as an answer
   * only if the API has racecards of today: a wrong address answers 404 to both.
   */
  public ProfileResponse request() throws InterruptedException {
    HorseId horse =
        new UserTables(database.jdbi()).anyHorse().orElseGet(() -> new HorseId("hrs_1"));
    RateLimiter limiter = setup.joinLimit(database.jdbi(), time);
    if (limiter.next() instanceof NextPermit.Blocked(var left)) {
      return new ProfileResponse.Throttled(Optional.of(left));
    }
    try (RacingApi api = setup.api(time)) {
      ProfileResponse response = api.fetchProfile(horse, Endpoint.PRO).response();
      if (response instanceof ProfileResponse.Unavailable
          && limiter.next() instanceof NextPermit.Permit) {
        response =
            api.fetchProfile(horse, Endpoint.PRO)
                .response(); // one error says nothing about the next request
      }
      return response instanceof ProfileResponse.NotFound ? confirmed(api) : response;
    }
  }

  private ProfileResponse confirmed(RacingApi api) throws InterruptedException {
    RateLimiter limiter = setup.joinRacecardsLimit(database.jdbi(), time);
    if (limiter.next() instanceof NextPermit.Blocked(var left)) {
      return new ProfileResponse.Throttled(Optional.of(left));
    }
    return unlessNothingIsThere(api);
  }

  /**
   * The same before the rate limit's table exists, when no other process can use the API either: at
   * most two requests, a second apart.
   */
  public ProfileResponse requestUnlimited() throws InterruptedException {
    try (RacingApi api = setup.api(time)) {
      ProfileResponse response = api.fetchProfile(new HorseId("hrs_1"), Endpoint.PRO).response();
      if (!(response instanceof ProfileResponse.NotFound)) {
        return response;
      }
      time.sleeper().sleep(Duration.ofSeconds(1));
      return unlessNothingIsThere(api);
    }
  }

  private ProfileResponse unlessNothingIsThere(RacingApi api) throws InterruptedException {
    LocalDate today = LocalDate.now(time.clock().withZone(RacecardScanOptions.ZONE));
    return api.fetchRacecards(today, 0).response() instanceof RacecardResponse.NoSuchDay(int status)
            && status != 422
        ? new ProfileResponse.Malformed(
            ErrorKind.MALFORMED,
            "it answers %d to a horse and to the racecards of today; check RACING_API_BASE_URL, which ends in /v1"
                .formatted(status))
        : new ProfileResponse.NotFound();
  }
}
