package studbook.backfill;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import studbook.racingapi.Answer;
import studbook.store.PauseCause;
import studbook.time.Ticker;

/**
 * Whether requests may leave. It shuts where nothing can be done until something outside heals: the
 * credentials, the API, its patience, or the database. While it is shut, one probe at a time asks
 * whether it has healed; the first good answer opens it. Safe for many threads.
 */
final class Gate {

  /** With no good answer for so long, the API counts as down. */
  static final Duration SILENCE = Duration.ofSeconds(20);

  private static final int FEWEST_FAILURES = 5;
  private static final Duration FIRST_PROBE = Duration.ofSeconds(5);
  private static final Duration LONGEST_PROBE = Duration.ofSeconds(60);
  private static final Duration FIRST_LOOK = Duration.ofSeconds(1);
  private static final Duration LONGEST_LOOK = Duration.ofSeconds(5);

  private final Ticker ticker;
  private final long opened;

  private boolean anyGood;
  private long lastGood;
  private int failuresInARow;
  private @Nullable Shut shut;
  private Optional<Integer> refused = Optional.empty();

  /**
   * Shut.
   *
   * @param probeAt when the next probe may leave
   * @param interval the time between probes, which doubles with each that fails
   * @param probing whether a probe is under way
   * @param until when it opens by itself, where that is known
   */
  private record Shut(
      PauseCause cause,
      String reason,
      long probeAt,
      Duration interval,
      boolean probing,
      @Nullable Long until) {}

  Gate(Ticker ticker) {
    this.ticker = ticker;
    this.opened = ticker.nanos();
    this.lastGood = opened;
  }

  /** What an answer tells about the API. */
  synchronized void saw(Answer answer) {
    switch (answer) {
      case Answer.Found _, Answer.Basic _, Answer.NotFound _ -> good();
      case Answer.Unauthorised(int status) -> unauthorised(status);
      case Answer.Unavailable _, Answer.Malformed _ -> failure();
      case Answer.Throttled _ -> probeFailed();
    }
  }

  /** The API answers something else than what is asked here: while it is open, it counts. */
  synchronized void alive() {
    if (shut == null) {
      anyGood = true;
      lastGood = ticker.nanos();
    }
  }

  private void good() {
    anyGood = true;
    lastGood = ticker.nanos();
    failuresInARow = 0;
    if (shut != null
        && (shut.cause() == PauseCause.API || shut.cause() == PauseCause.CREDENTIALS)) {
      shut = null;
    }
  }

  private void unauthorised(int status) {
    if (!anyGood) {
      refused = Optional.of(status);
    }
    close(
        PauseCause.CREDENTIALS,
        "The Racing API answers "
            + status
            + ": look at RACING_API_USERNAME, RACING_API_PASSWORD and the account's plan");
  }

  private void failure() {
    failuresInARow++;
    boolean silent = ticker.nanos() - lastGood >= SILENCE.toNanos();
    boolean down =
        shut == null ? silent && failuresInARow >= FEWEST_FAILURES : shut.cause() == PauseCause.API;
    if (!down) {
      probeFailed();
    } else {
      close(
          PauseCause.API,
          "The Racing API has given no good answer for "
              + Duration.ofNanos(ticker.nanos() - lastGood).toSeconds()
              + " s");
    }
  }

  /** A probe came back with something that neither heals nor is what shut the gate. */
  private void probeFailed() {
    Shut before = shut;
    if (before != null && before.probing()) {
      close(before.cause(), before.reason());
    }
  }

  private void close(PauseCause cause, String reason) {
    Duration interval = FIRST_PROBE;
    Shut before = shut;
    if (before != null && before.cause() == cause) {
      if (!before.probing()) {
        return; // an answer to what was under way when it shut
      }
      interval = doubled(before.interval(), LONGEST_PROBE);
    }
    shut = new Shut(cause, reason, ticker.nanos() + interval.toNanos(), interval, false, null);
  }

  private static Duration doubled(Duration interval, Duration longest) {
    Duration doubled = interval.multipliedBy(2);
    return doubled.compareTo(longest) < 0 ? doubled : longest;
  }

  /** The API asked everybody to wait. */
  synchronized void hold(Duration left) {
    long until = ticker.nanos() + left.toNanos();
    shut =
        new Shut(
            PauseCause.API_LIMIT, "The Racing API asked to wait (429)", until, left, false, until);
  }

  /**
   * The database is away; nothing is sent, since no slot can be claimed. A look at it costs no
   * request, so the waits between the looks stay short.
   */
  synchronized void databaseAway(String reason) {
    Shut before = shut;
    Duration interval = FIRST_LOOK;
    if (before != null && before.cause() == PauseCause.DATABASE) {
      if (!before.probing()) {
        return;
      }
      interval = doubled(before.interval(), LONGEST_LOOK);
    }
    shut =
        new Shut(
            PauseCause.DATABASE,
            "The database cannot be used: " + reason,
            ticker.nanos() + interval.toNanos(),
            interval,
            false,
            null);
  }

  /** The database answered. */
  synchronized void databaseBack() {
    if (shut != null && shut.cause() == PauseCause.DATABASE) {
      shut = null;
    }
  }

  /**
   * How long the next request has to wait; zero where it may leave. While the gate is shut each
   * zero is one probe.
   */
  synchronized Duration patience() {
    Shut closed = shut;
    if (closed == null) {
      return Duration.ZERO;
    }
    long left = closed.probeAt() - ticker.nanos();
    if (left > 0) {
      return Duration.ofNanos(left);
    }
    if (closed.until() != null) {
      shut = null;
    } else {
      shut =
          new Shut(
              closed.cause(),
              closed.reason(),
              ticker.nanos() + LONGEST_PROBE.toNanos(),
              closed.interval(),
              true,
              null);
    }
    return Duration.ZERO;
  }

  /** Whether a failure is a horse's own: not so while the gate is shut. */
  synchronized boolean charges() {
    return shut == null;
  }

  /** The status by which the very first answers refused us; nothing good came before. */
  synchronized Optional<Integer> refused() {
    return anyGood ? Optional.empty() : refused;
  }

  /** Why it is shut; empty while it is open. */
  synchronized Optional<Pause> pause() {
    Shut closed = shut;
    if (closed == null) {
      return Optional.empty();
    }
    Optional<Duration> left =
        Optional.ofNullable(closed.until())
            .map(until -> Duration.ofNanos(Math.max(0, until - ticker.nanos())));
    return Optional.of(new Pause(closed.cause(), closed.reason(), left));
  }
}
