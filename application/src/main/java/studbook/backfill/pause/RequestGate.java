package studbook.backfill.pause;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import studbook.model.PauseCause;
import studbook.racingapi.ProfileResponse;
import studbook.time.Ticker;

/**
 * Decides whether this process may send requests. Three conditions stop them: a {@link
 * CircuitBreaker}, for seconds or while the account's limit is used up; an unavailable database;
 * and a pause, which this process or another one of the run noticed. During a pause each {@link
 * #allowProbe} lets one request pass, and a good response ends it. Safe for many threads.
 */
public final class RequestGate {

  /** The API counts as down after this long without a good response. */
  static final Duration MAX_SILENCE = Duration.ofSeconds(20);

  private static final int MIN_FAILURES = 5;

  /**
   * Consecutive responses 401 or 403 without a good one: fewer may be a problem of single horses.
   * The last of them must be to a request that was sent after a canary request.
   */
  private static final int MIN_REJECTIONS = 3;

  private static final Duration POLL = Duration.ofSeconds(1);

  private final Ticker ticker;
  private final Runnable onChange;
  private final CircuitBreaker breaker = new CircuitBreaker();
  private final DatabaseAvailability database = new DatabaseAvailability();
  private final EndpointHistory endpoint = new EndpointHistory();
  private @Nullable RequestPause pause;

  private boolean anySuccess;
  private long lastSuccess;
  private long availableSince;
  private int rejections;
  private boolean canarySent;
  private long canarySentAt;
  private Optional<Integer> credentialsRejected = Optional.empty();

  /**
   * A gate that lets requests pass.
   *
   * @param onChange called when it stops requests or lets them pass again
   */
  public RequestGate(Ticker ticker, Runnable onChange) {
    this.ticker = ticker;
    this.onChange = onChange;
    this.lastSuccess = ticker.nanos();
    this.availableSince = ticker.nanos();
  }

  /** A request that is in flight until this is closed, after success or failure. */
  public interface RequestInFlight extends AutoCloseable {
    @Override
    void close();
  }

  /** A request is sent. */
  public synchronized RequestInFlight onSend() {
    breaker.onSend(ticker.nanos());
    return this::onEnd;
  }

  private synchronized void onEnd() {
    breaker.onEnd(ticker.nanos());
  }

  /** Checks whether requests end. Call it about once a second. */
  public synchronized void check() {
    updateBreaker(() -> breaker.check(ticker.nanos()));
  }

  private void updateBreaker(Runnable event) {
    boolean wasClosed = breaker.isClosed();
    event.run();
    if (breaker.isClosed() != wasClosed) {
      if (breaker.isClosed()) {
        availableSince = ticker.nanos();
      }
      onChange.run();
    }
  }

  /**
   * Records a response.
   *
   * @param sent when its request was sent
   */
  public synchronized void onResponse(ProfileResponse response, long sent) {
    switch (response) {
      case ProfileResponse.Found _ -> recordSuccess(sent, true);
      case ProfileResponse.Basic _, ProfileResponse.NotFound _ -> recordSuccess(sent, false);
      case ProfileResponse.Unauthorised(int status) -> recordRejection(status, sent);
      case ProfileResponse.Unavailable _, ProfileResponse.Malformed _ -> recordFailure();
      case ProfileResponse.Throttled _ ->
          updateBreaker(() -> breaker.recordThrottle(ticker.nanos()));
    }
  }

  /** A canary request is sent now, or no horse can be requested as one. */
  public synchronized void onCanary() {
    canarySent = true;
    canarySentAt = ticker.nanos();
  }

  /** The API responds to other requests; outside a pause that counts as a good response. */
  public synchronized void onOtherResponse() {
    if (pause == null) {
      anySuccess = true;
      lastSuccess = ticker.nanos();
    }
  }

  private void recordSuccess(long sent, boolean detailed) {
    anySuccess = true;
    lastSuccess = ticker.nanos();
    rejections = 0;
    updateBreaker(() -> breaker.recordSuccess(sent));
    if (pause != null && pause.isEndedBy(sent, detailed)) {
      set(null);
    }
  }

  private void recordRejection(int status, long sent) {
    if (++rejections < MIN_REJECTIONS) {
      canarySent = false;
      return;
    }
    if (!canarySent || sent - canarySentAt < 0) {
      return; // it waited or was in flight together with the others, before the canary
    }
    if (!anySuccess && (pause == null || !pause.followed())) {
      credentialsRejected = Optional.of(status);
    }
    pauseRun(
        PauseCause.CREDENTIALS,
        "The Racing API answers "
            + status
            + ": check RACING_API_USERNAME, RACING_API_PASSWORD and the account's plan");
  }

  private void recordFailure() {
    long now = ticker.nanos();
    updateBreaker(() -> breaker.recordFailure(now));
    Duration silence = Duration.ofNanos(now - lastSuccess);
    if (silence.compareTo(MAX_SILENCE) >= 0 && breaker.failures() >= MIN_FAILURES) {
      pauseRun(
          PauseCause.API,
          "The Racing API has not responded successfully for " + silence.toSeconds() + " s");
    }
  }

  /** Pauses for a cause that concerns every process of the run, unless it is paused. */
  public synchronized void pauseRun(PauseCause cause, String reason) {
    if (pause == null) {
      set(RequestPause.noticed(cause, reason, ticker.nanos()));
    }
  }

  /** The API asked every process to wait. */
  public synchronized void pauseFor(Duration wait) {
    if (pause == null) {
      set(RequestPause.retryAfter(wait, ticker.nanos()));
    }
  }

  /** The run is paused for all its processes, until {@link #resume} or a good response. */
  public synchronized void follow(PauseCause cause, String reason) {
    set(RequestPause.followed(cause, reason, ticker.nanos()));
  }

  /** Ends the pause: its cause is over, or a person ends it. */
  public synchronized void resume() {
    set(null);
  }

  private void set(@Nullable RequestPause next) {
    endpoint.update(ticker.nanos(), next != null && next.cause() == PauseCause.ENDPOINT);
    if (pause != null && next == null) {
      rejections = 0;
      breaker.reset();
      availableSince = ticker.nanos();
    }
    pause = next;
    onChange.run();
  }

  /** One request may pass although the run is paused. */
  public synchronized void allowProbe() {
    if (pause != null) {
      set(pause.withProbe(true));
    }
  }

  /** The database is unavailable; nothing is sent, since no permit can be acquired. */
  public synchronized void onDatabaseUnavailable(String reason) {
    if (database.onUnavailable(reason, ticker.nanos())) {
      onChange.run();
    }
  }

  /** The database answered. It stays unavailable while a write is blocked. */
  public synchronized void onDatabaseAvailable() {
    if (database.onAvailable()) {
      onChange.run();
    }
  }

  /** {@code writer} cannot write; nothing more is requested until it can. */
  public synchronized void onWriteBlocked(Object writer, String reason) {
    database.onWriteBlocked(writer);
    onDatabaseUnavailable(reason);
  }

  /** {@code writer} has written. */
  public synchronized void onWritten(Object writer) {
    database.onWritten(writer);
    onDatabaseAvailable();
  }

  /**
   * Acquires permission for one request. During a pause it is one probe; while the database is
   * unavailable it is one check of the database.
   *
   * @return zero if granted, otherwise the time after which to try again
   */
  public synchronized Duration tryAcquire() {
    long now = ticker.nanos();
    return database
        .tryAcquireCheck(now)
        .orElseGet(() -> pause == null ? breaker.tryAcquire(now) : tryAcquire(pause, now));
  }

  private Duration tryAcquire(RequestPause current, long now) {
    if (current.until() != null) {
      long wait = current.until() - now;
      if (wait <= 0) {
        set(null);
      }
      return Duration.ofNanos(Math.max(0, wait));
    }
    if (!current.probe()) {
      return POLL;
    }
    pause = current.withProbe(false);
    return Duration.ZERO;
  }

  /** Whether a failure may be the horse's own: not while requests are stopped. */
  public synchronized boolean countsAsAttempt() {
    return isAvailable() && !isDatabaseUnavailable();
  }

  /** Whether the API is available, as far as this process knows. */
  public synchronized boolean isAvailable() {
    return pause == null && breaker.isClosed();
  }

  /** Whether it was available all the time since then. */
  public synchronized boolean wasAvailableSince(long nanos) {
    return isAvailable() && availableSince - nanos <= 0;
  }

  /** Whether a canary request would show the cause. */
  public synchronized boolean needsCanary() {
    return pause == null
        ? !breaker.isClosed()
            || rejections >= MIN_REJECTIONS - 1
            || breaker.failures() >= MIN_FAILURES
        : pause.endsWithAResponse();
  }

  /** Whether the endpoint was not known to have moved when a request was sent. */
  public synchronized boolean isTrusted(long sent) {
    return endpoint.isTrusted(sent);
  }

  /** The number of pauses for a moved endpoint. */
  public synchronized int endpointPauses() {
    return endpoint.pauses();
  }

  /** The status that rejected the credentials in the first responses, before any success. */
  public synchronized Optional<Integer> credentialsRejected() {
    return anySuccess ? Optional.empty() : credentialsRejected;
  }

  /** The time since the last good response; empty before the first, or while requests fail. */
  public synchronized Optional<Duration> timeSinceSuccess() {
    return anySuccess && failingFor().isEmpty()
        ? Optional.of(Duration.ofNanos(ticker.nanos() - lastSuccess))
        : Optional.empty();
  }

  /**
   * How long this process's own requests have failed: its circuit breaker is open because of
   * errors, or it noticed the cause of the pause itself.
   */
  public synchronized Optional<Duration> failingFor() {
    return breaker
        .failingSince()
        .or(() ->
            Optional.ofNullable(pause)
                .filter(own -> !own.followed() && own.endsWithAResponse())
                .map(RequestPause::since))
        .map(since -> Duration.ofNanos(ticker.nanos() - since));
  }

  public synchronized boolean isDatabaseUnavailable() {
    return database.reason().isPresent();
  }

  /** The pause, regardless of the database; empty if there is none. */
  public synchronized Optional<PauseInfo> runPause() {
    return Optional.ofNullable(pause).map(current -> current.info(ticker.nanos()));
  }

  /**
   * Whether writing is suspended: the user's schema rejects too many rows, and somebody has to fix
   * the schema and resume the run.
   */
  public synchronized boolean holdsWrites() {
    return pause != null && pause.cause() == PauseCause.REJECTIONS;
  }

  /** Why nothing can be sent; empty while requests may pass. */
  public synchronized Optional<PauseInfo> pause() {
    return database
        .reason()
        .map(reason -> info(PauseCause.DATABASE, "The database is unavailable: " + reason))
        .or(this::runPause)
        .or(() ->
            breaker.isLimitUsedUp()
                ? Optional.of(
                    info(
                        PauseCause.API_LIMIT,
                        "The Racing API answers 429 to every request: the limit seems to be used up"))
                : Optional.empty());
  }

  private static PauseInfo info(PauseCause cause, String reason) {
    return new PauseInfo(cause, reason, Optional.empty());
  }
}
