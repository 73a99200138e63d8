package studbook.backfill.profile;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import studbook.backfill.dispatch.ApiRequester;
import studbook.backfill.dispatch.RequestSource;
import studbook.model.HorseId;
import studbook.racingapi.ProfileCall;
import studbook.racingapi.ProfileResponse;
import studbook.ratelimit.NextPermit;
import studbook.ratelimit.RateLimiter;
import studbook.time.Ticker;

/**
 * Requests a horse that the API has returned before, when others are not found, rejected or not
 * answered: the response shows whether the API or these horses are the cause. Nothing of it is
 * written.
 */
public final class CanaryRequests implements RequestSource {

  private static final Logger log = LoggerFactory.getLogger(CanaryRequests.class);

  /** The time between two inconclusive requests. */
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private final ApiRequester api;
  private final NotFoundConfirmer notFound;
  private final UnconfirmedFailures failures;
  private final Supplier<List<HorseId>> horses;
  private final Ticker ticker;
  private final BooleanSupplier needed;
  private final boolean last;

  private boolean inFlight;
  private long notBefore;
  private int requests;

  /**
   * @param horses that the API has returned before, newest first
   * @param needed whether a canary request is needed now
   * @param last whether nothing else is left to request: then, without a canary, 404s are accepted
   */
  public CanaryRequests(
      ApiRequester api,
      NotFoundConfirmer notFound,
      UnconfirmedFailures failures,
      Supplier<List<HorseId>> horses,
      Ticker ticker,
      BooleanSupplier needed,
      boolean last) {
    this.api = api;
    this.notFound = notFound;
    this.failures = failures;
    this.horses = horses;
    this.ticker = ticker;
    this.needed = needed;
    this.last = last;
    this.notBefore = ticker.nanos();
  }

  @Override
  public synchronized Optional<QueuedRequest> poll() {
    if (inFlight || !needed.getAsBoolean() || ticker.nanos() - notBefore < 0) {
      return Optional.empty();
    }
    if (last) {
      notFound.acceptRest();
      if (!needed.getAsBoolean()) {
        return Optional.empty();
      }
    }
    List<HorseId> canaries = horses.get();
    if (canaries.isEmpty()) {
      onNoCanary();
      return Optional.empty();
    }
    inFlight = true;
    return Optional.of(new CanaryRequest(canaries.get(requests++ % canaries.size())));
  }

  private void onNoCanary() {
    api.onNoCanary();
    notBefore = ticker.nanos() + INTERVAL.toNanos();
    if (last) {
      notFound.acceptAll();
      failures.retryAll();
    } else {
      notFound.onNoCanary();
    }
  }

  private synchronized void onEnd(Duration interval) {
    inFlight = false;
    notBefore = ticker.nanos() + interval.toNanos();
  }

  @Override
  public int concurrency() {
    return 1;
  }

  private final class CanaryRequest implements QueuedRequest {

    private final HorseId horse;

    CanaryRequest(HorseId horse) {
      this.horse = horse;
    }

    @Override
    public void requeue() {
      onEnd(INTERVAL);
    }

    @Override
    public void run(NextPermit.Permit permit, RateLimiter limiter) throws InterruptedException {
      Duration interval = INTERVAL;
      try {
        boolean failuresWait = failures.size() > 0;
        if (isFound(permit, limiter) && failuresWait) {
          interval = Duration.ZERO; // the next failure may need it at once
        }
      } finally {
        onEnd(interval);
      }
    }

    private boolean isFound(NextPermit.Permit permit, RateLimiter limiter)
        throws InterruptedException {
      ApiRequester.SentRequest<ProfileCall> request = api.fetchCanary(horse, permit, limiter);
      ProfileResponse response = request.call().response();
      log.info("{} was requested as a canary: {}", horse.text(), result(response));
      switch (response) {
        case ProfileResponse.Found _ -> onFound(request.sent());
        case ProfileResponse.NotFound _, ProfileResponse.Basic _ -> notFound.onCanaryNotFound();
        case ProfileResponse.Failure _ -> {} // it shows nothing
      }
      return response instanceof ProfileResponse.Found;
    }

    /** Without the values of a profile. */
    private static String result(ProfileResponse response) {
      return switch (response) {
        case ProfileResponse.Found _ -> "found";
        case ProfileResponse.NotFound _, ProfileResponse.Basic _ -> "not found";
        case ProfileResponse.Failure failure -> failure.toString();
      };
    }

    private void onFound(long sent) {
      notFound.onCanaryFound(sent);
      if (last) {
        notFound.acceptRest();
        failures.onLastResponse(sent);
      } else {
        failures.onResponse(sent);
      }
    }
  }
}
