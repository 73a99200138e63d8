package studbook.backfill.pause;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import studbook.model.PauseCause;
import studbook.racingapi.ProfileResponse;
import studbook.time.Ticker;

/**
 * Whether requests of this process may leave. It shuts where nothing can be done until something
 * outside changes, noticed here or by another process of the run ({@link #follow}). While it is
 * shut, each {@link #probe} lets one request through; the first good answer opens it. Within
 * seconds of an outage, and where the account's limit is used up, the {@link CircuitBreaker} holds
 * requests back. Apart from that the database may be away, which is looked at without a request.
 * Safe for many threads.
 */
public final class RequestGate {

  /** With no good answer for so long, the API counts as down. */
  static final Duration SILENCE = Duration.ofSeconds(20);

  private static final int FEWEST_FAILURES = 5;

  /**
   * Answers 401 or 403 in a row, with no good one between them: fewer may be the trouble of single
   * horses.
   */
  private static final int FEWEST_REFUSALS = 3;

  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  private final Ticker ticker;
  private final Runnable changed;

  private boolean anyGood;
  private long lastGood;
  private int refusals;
  private final CircuitBreaker breaker = new CircuitBreaker();
  private long openSince;
  private final EndpointHistory endpoint = new EndpointHistory();
  private @Nullable GateClosure shut;
  private final DatabaseAvailability absence = new DatabaseAvailability();
  private Optional<Integer> refused = Optional.empty();

  /**
   * An open gate.
   *
   * @param changed called when it shuts or opens
   */
  public RequestGate(Ticker ticker, Runnable changed) {
    this.ticker = ticker;
    this.changed = changed;
    this.lastGood = ticker.nanos();
    this.openSince = ticker.nanos();
  }

  /** A request that is under way until this is closed, however it ends. */
  public interface RequestInFlight extends AutoCloseable {
    @Override
    void close();
  }

  /** A request leaves. */
  public synchronized RequestInFlight send() {
    breaker.sent(ticker.nanos());
    return this::ended;
  }

  private synchronized void ended() {
    breaker.ended(ticker.nanos());
  }

  /** To be called each second or so: notices that no request ends. */
  public synchronized void check() {
    boolean before = breaker.isOpen();
    breaker.check(ticker.nanos());
    if (breaker.isOpen() && !before) {
      changed.run();
    }
  }

  /**
   * What an answer tells about the API.
   *
   * @param sent when its request left
   */
  public synchronized void saw(ProfileResponse answer, long sent) {
    switch (answer) {
      case ProfileResponse.Found _ -> good(sent, true);
      case ProfileResponse.Basic _, ProfileResponse.NotFound _ -> good(sent, false);
      case ProfileResponse.Unauthorised(int status) -> unauthorised(status);
      case ProfileResponse.Unavailable _, ProfileResponse.Malformed _ -> failure();
      case ProfileResponse.Throttled _ -> throttled();
    }
  }

  /** The API answers something else than what is asked here: while it is open, it counts. */
  public synchronized void alive() {
    if (shut == null) {
      anyGood = true;
      lastGood = ticker.nanos();
    }
  }

  private void good(long sent, boolean detailed) {
    anyGood = true;
    lastGood = ticker.nanos();
    refusals = 0;
    closeBreaker(sent);
    GateClosure closed = shut;
    if (closed == null || (closed.needsLaterAnswer() && sent - closed.since() < 0)) {
      return;
    }
    if (closed.isEndedByAnAnswer() && (detailed || closed.cause() != PauseCause.ENDPOINT)) {
      set(null);
    }
  }

  private void closeBreaker(long sent) {
    if (breaker.isOpen()) {
      breaker.succeeded(sent);
      if (!breaker.isOpen()) {
        openSince = ticker.nanos();
        changed.run();
      }
    } else {
      breaker.succeeded(sent);
    }
  }

  private void unauthorised(int status) {
    if (++refusals < FEWEST_REFUSALS) {
      return;
    }
    GateClosure closed = shut;
    if (!anyGood && (closed == null || !closed.followed())) {
      refused = Optional.of(status);
    }
    shut(
        PauseCause.CREDENTIALS,
        "The Racing API answers "
            + status
            + ": look at RACING_API_USERNAME, RACING_API_PASSWORD and the account's plan");
  }

  private void failure() {
    long now = ticker.nanos();
    breaker.failed(now);
    long silent = now - lastGood;
    if (silent >= SILENCE.toNanos() && breaker.failures() >= FEWEST_FAILURES) {
      shut(
          PauseCause.API,
          "The Racing API has given no good answer for "
              + Duration.ofNanos(silent).toSeconds()
              + " s");
    }
  }

  private void throttled() {
    boolean before = breaker.isOpen();
    breaker.throttled(ticker.nanos());
    if (breaker.isOpen() && !before) {
      changed.run();
    }
  }

  /** Shuts an open gate: something that every process of the run is to know. */
  public synchronized void shut(PauseCause cause, String reason) {
    if (shut == null) {
      set(GateClosure.here(cause, reason, ticker.nanos()));
    }
  }

  /** The API asked everybody to wait. */
  public synchronized void hold(Duration left) {
    if (shut == null) {
      set(GateClosure.heldFor(left, ticker.nanos()));
    }
  }

  /** The run is paused for all its processes: this gate stays shut until told otherwise. */
  public synchronized void follow(PauseCause cause, String reason) {
    set(GateClosure.followed(cause, reason, ticker.nanos()));
  }

  /** It has healed, or a person lifts the pause. */
  public synchronized void open() {
    set(null);
  }

  private void set(@Nullable GateClosure now) {
    endpoint.at(ticker.nanos(), now != null && now.cause() == PauseCause.ENDPOINT);
    if (shut != null && now == null) {
      refusals = 0;
      breaker.reset();
      openSince = ticker.nanos();
    }
    shut = now;
    changed.run();
  }

  /**
   * Whether that a horse was not found may be true: the endpoint was not known to have moved when
   * it was asked for.
   */
  public synchronized boolean mayBelieve(long sent) {
    return endpoint.mayBelieve(sent);
  }

  /** How often that was so. */
  public synchronized int endpointPauses() {
    return endpoint.pauses();
  }

  /** One request may leave although it is shut. */
  public synchronized void probe() {
    if (shut != null) {
      set(shut.probing(true));
    }
  }

  /** The database is away; nothing is sent, since no slot can be claimed. */
  public synchronized void databaseAway(String reason) {
    if (absence.begin(reason, ticker.nanos())) {
      changed.run();
    }
  }

  /** The database answered. It is not back while somebody cannot write. */
  public synchronized void databaseBack() {
    if (absence.end()) {
      changed.run();
    }
  }

  /** {@code writer} holds what it cannot write; nothing more is asked for until it can. */
  public synchronized void cannotWrite(Object writer, String reason) {
    absence.cannotWrite(writer);
    databaseAway(reason);
  }

  /** {@code writer} has written. */
  public synchronized void wrote(Object writer) {
    absence.wrote(writer);
    databaseBack();
  }

  /**
   * How long the next request has to wait; zero where it may leave. While it is shut each zero is
   * one probe, while the database is away one look.
   */
  public synchronized Duration patience() {
    Optional<Duration> look = absence.untilNextLook(ticker.nanos());
    if (look.isPresent()) {
      return look.get();
    }
    GateClosure closed = shut;
    if (closed == null) {
      return breaker.untilNextRequest(ticker.nanos());
    }
    if (closed.until() != null) {
      long left = closed.until() - ticker.nanos();
      if (left > 0) {
        return Duration.ofNanos(left);
      }
      set(null);
      return Duration.ZERO;
    }
    if (closed.probe()) {
      shut = closed.probing(false);
      return Duration.ZERO;
    }
    return LOOK_AGAIN;
  }

  /** Whether a failure may be a horse's own: not so while the gate is shut. */
  public synchronized boolean charges() {
    return isAnswering() && !isDatabaseAway();
  }

  /** Whether the API answers, as far as is known here. */
  public synchronized boolean isAnswering() {
    return shut == null && !breaker.isOpen();
  }

  /** Whether it did all the time since then. */
  public synchronized boolean hasAnsweredSince(long nanos) {
    return isAnswering() && openSince - nanos <= 0;
  }

  /** Whether an answer for a horse that is known to exist would tell what is the matter. */
  public synchronized boolean isInDoubt() {
    GateClosure closed = shut;
    return closed == null
        ? breaker.isOpen()
            || refusals == FEWEST_REFUSALS - 1
            || breaker.failures() >= FEWEST_FAILURES
        : closed.isEndedByAnAnswer();
  }

  /** The status by which the very first answers refused us; nothing good came before. */
  public synchronized Optional<Integer> refused() {
    return anyGood ? Optional.empty() : refused;
  }

  /** Since the API's last good answer; empty where there was none yet, or while requests fail. */
  public synchronized Optional<Duration> sinceGood() {
    return anyGood && failingFor().isEmpty()
        ? Optional.of(Duration.ofNanos(ticker.nanos() - lastGood))
        : Optional.empty();
  }

  /**
   * How long this process's own requests have failed: its circuit breaker is open on errors, or it
   * shut this gate itself. Empty while they succeed, and where another process shut it.
   */
  public synchronized Optional<Duration> failingFor() {
    GateClosure closed = shut;
    return breaker
        .failingSince()
        .or(() ->
            Optional.ofNullable(closed)
                .filter(own -> !own.followed() && own.isEndedByAnAnswer())
                .map(GateClosure::since))
        .map(since -> Duration.ofNanos(ticker.nanos() - since));
  }

  /** Whether the database is away. */
  public synchronized boolean isDatabaseAway() {
    return absence.reason().isPresent();
  }

  /** Why it is shut, whether or not the database is away; empty while it is open. */
  public synchronized Optional<PauseInfo> closed() {
    return Optional.ofNullable(shut).map(closed -> closed.pause(ticker.nanos()));
  }

  /** Why nothing can be sent; empty while requests may leave. */
  public synchronized Optional<PauseInfo> pause() {
    return absence
        .reason()
        .map(reason ->
            new PauseInfo(
                PauseCause.DATABASE, "The database cannot be used: " + reason, Optional.empty()))
        .or(this::closed)
        .or(this::limitUsedUp);
  }

  private Optional<PauseInfo> limitUsedUp() {
    return breaker.isLimitUsedUp()
        ? Optional.of(
            new PauseInfo(
                PauseCause.API_LIMIT,
                "The Racing API answers 429 to every request: the limit seems to be used up",
                Optional.empty()))
        : Optional.empty();
  }
}
