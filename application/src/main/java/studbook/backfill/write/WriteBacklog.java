package studbook.backfill.write;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import studbook.backfill.pause.RequestGate;
import studbook.time.Rate;
import studbook.time.Ticker;

/**
 * Counts results that are not committed yet. It is bounded, so that a locked table costs neither
 * requests nor memory: while it is full nothing more is sent. A write that takes too long pauses
 * the process with that reason, and the pause ends with the write. Safe for many threads.
 */
public final class WriteBacklog {

  /** A write that waits longer counts as a database that cannot be used. */
  static final Duration MAX_WRITE = Duration.ofSeconds(30);

  private static final int MIN_LIMIT = 200;
  private static final int SECONDS = 2;

  /** Less than a second of the writer's work at an unlimited rate. */
  private static final int UNLIMITED = 5_000;

  private final int limit;
  private final RequestGate gate;
  private final Ticker ticker;
  private final Supplier<Optional<String>> lockHolders;

  private int unwritten;
  private Optional<Long> writingSince = Optional.empty();

  /** The write whose wait has been explained; for the checking thread only. */
  private Optional<Long> explained = Optional.empty();

  private String reason = "";

  /**
   * A backlog of two seconds of results, at least two hundred.
   *
   * @param gate paused by a write that takes too long
   * @param lockHolders names the session that holds the lock a write waits for; may be slow
   */
  public WriteBacklog(
      Rate rate, RequestGate gate, Ticker ticker, Supplier<Optional<String>> lockHolders) {
    this.limit =
        rate.isUnlimited()
            ? UNLIMITED
            : (int) Math.max(MIN_LIMIT, Math.ceil(SECONDS * rate.perSecond()));
    this.gate = gate;
    this.ticker = ticker;
    this.lockHolders = lockHolders;
  }

  /** A result is to be written. */
  public synchronized void add() {
    unwritten++;
  }

  /** Results were committed. */
  public synchronized void remove(int committed) {
    unwritten -= committed;
  }

  /**
   * Whether nothing more may be sent. If everything is written, the API may be slow and many
   * requests in flight.
   *
   * @param inFlight requests whose results have to be written too
   */
  public synchronized boolean isFull(int inFlight) {
    return unwritten > 0 && unwritten + inFlight >= limit;
  }

  /** Whether writing is suspended until somebody fixes the schema and resumes the run. */
  public boolean isHeld() {
    return gate.holdsWrites();
  }

  /** Runs {@code write} and watches how long it takes; for one writer at a time. */
  public <T> T writing(Supplier<T> write) {
    synchronized (this) {
      writingSince = Optional.of(ticker.nanos());
    }
    boolean written = false;
    try {
      T result = write.get();
      written = true;
      return result;
    } finally {
      onWriteEnd(written);
    }
  }

  /** Both at once, or {@link #check} might pause for a write that has ended. */
  private synchronized void onWriteEnd(boolean written) {
    writingSince = Optional.empty();
    if (written) {
      gate.onWritten(this);
    }
  }

  /** A write failed since the database is unavailable; it will be repeated. */
  public void onUnavailable(String reason) {
    gate.onWriteBlocked(this, reason);
  }

  /** Pauses the run if a write takes too long. Call it about once a second, on one thread. */
  public void check() {
    Optional<Long> since = since();
    if (since.filter(began -> ticker.nanos() - began >= MAX_WRITE.toNanos()).isEmpty()) {
      return;
    }
    if (!since.equals(explained)) {
      explained = since;
      reason =
          lockHolders
              .get()
              .orElse(
                  "a write has been waiting for %d s; another session may have locked ra_horses or ra_horse_pedigree"
                      .formatted(MAX_WRITE.toSeconds()));
    }
    synchronized (this) {
      if (writingSince.equals(since)) {
        gate.onWriteBlocked(this, reason);
      }
    }
  }

  private synchronized Optional<Long> since() {
    return writingSince;
  }
}
