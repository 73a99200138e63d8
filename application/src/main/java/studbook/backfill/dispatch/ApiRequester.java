package studbook.backfill.dispatch;

import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import studbook.backfill.pause.RequestGate;
import studbook.model.HorseId;
import studbook.racingapi.Endpoint;
import studbook.racingapi.ProfileCall;
import studbook.racingapi.ProfileResponse;
import studbook.racingapi.RacecardCall;
import studbook.racingapi.RacecardResponse;
import studbook.racingapi.RacingApi;
import studbook.ratelimit.NextPermit;
import studbook.ratelimit.RateLimiter;
import studbook.ratelimit.SharedRateLimit;
import studbook.store.database.DatabaseRetry;
import studbook.time.Ticker;

/**
 * Sends requests and reports their responses to the rate limiter and the gate. Safe for many
 * threads.
 */
public final class ApiRequester {

  private static final Logger log = LoggerFactory.getLogger(ApiRequester.class);

  private final RacingApi api;
  private final RequestGate gate;
  private final Ticker ticker;

  public ApiRequester(RacingApi api, RequestGate gate, Ticker ticker) {
    this.api = api;
    this.gate = gate;
    this.ticker = ticker;
  }

  /**
   * A request and its response.
   *
   * @param sent when the request was sent, by the ticker
   */
  public record SentRequest<C>(C call, long sent) {}

  private interface ApiCall<C> {
    C send() throws InterruptedException;
  }

  private <C> SentRequest<C> send(ApiCall<C> call) throws InterruptedException {
    long sent = ticker.nanos();
    try (RequestGate.RequestInFlight _ = gate.onSend()) {
      return new SentRequest<>(call.send(), sent);
    }
  }

  public SentRequest<ProfileCall> fetchProfile(
      HorseId horse, Endpoint endpoint, NextPermit.Permit permit, RateLimiter limiter)
      throws InterruptedException {
    SentRequest<ProfileCall> request = send(() -> api.fetchProfile(horse, endpoint));
    ProfileResponse response = request.call().response();
    if (response instanceof ProfileResponse.Failure failure) {
      reportFailure(limiter, permit, failure);
    } else {
      reportDuration(limiter, permit, request.call().took());
    }
    gate.onResponse(response, request.sent());
    return request;
  }

  /** Fetches the profile of a horse that the API is known to have. */
  public SentRequest<ProfileCall> fetchCanary(
      HorseId horse, NextPermit.Permit permit, RateLimiter limiter) throws InterruptedException {
    gate.onCanary();
    return fetchProfile(horse, Endpoint.PRO, permit, limiter);
  }

  /** There is no horse that the API is known to have. */
  public void onNoCanary() {
    gate.onCanary();
  }

  /**
   * Fetches a page of a day. Of failures only 429s are reported to the gate: a later response shows
   * whether the day, racecards alone or the whole API is the cause.
   *
   * @param skip number of races before the page
   */
  public SentRequest<RacecardCall> fetchRacecards(
      LocalDate day, int skip, NextPermit.Permit permit, RateLimiter limiter)
      throws InterruptedException {
    SentRequest<RacecardCall> request = send(() -> api.fetchRacecards(day, skip));
    RacecardResponse response = request.call().response();
    if (response instanceof ProfileResponse.Failure failure) {
      reportFailure(limiter, permit, failure);
    }
    if (response instanceof ProfileResponse.Throttled throttled) {
      gate.onResponse(throttled, request.sent());
    } else if (response instanceof RacecardResponse.RacecardPageRead) {
      gate.onOtherResponse();
    }
    return request;
  }

  /** A 429 slows every process; a Retry-After is obeyed with any status. */
  public static void reportFailure(
      RateLimiter limiter, NextPermit.Permit permit, ProfileResponse.Failure failure) {
    switch (failure) {
      case ProfileResponse.Throttled(Optional<Duration> retryAfter) ->
          limiter
              .onThrottled(permit, retryAfter)
              .reducedUntil()
              .ifPresent(until ->
                  log.warn(
                      "repeated 429s: {} of the rate until {}",
                      SharedRateLimit.REDUCED_SHARE,
                      until));
      case ProfileResponse.Unavailable unavailable ->
          unavailable.retryAfter().ifPresent(wait -> limiter.block(permit, wait));
      case ProfileResponse.Unauthorised _,
          ProfileResponse.Malformed _ -> {} // they say nothing about time
    }
  }

  /** A hint, lost while the database is unavailable. */
  private static void reportDuration(
      RateLimiter limiter, NextPermit.Permit permit, Duration duration) {
    DatabaseRetry.attempt(
        () -> {
          limiter.onResponse(permit, duration);
          return true;
        },
        reason -> log.debug("a late arrival was not recorded: {}", reason));
  }
}
