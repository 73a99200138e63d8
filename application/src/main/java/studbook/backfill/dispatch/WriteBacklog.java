package studbook.backfill.dispatch;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import studbook.backfill.pause.RequestGate;
import studbook.time.Rate;
import studbook.time.Ticker;

/**
 * What was answered and is not committed yet. It is bounded, so that a table which somebody locks
 * costs neither requests nor memory: while it is full nothing more is sent. A write that takes too
 * long pauses the process with that reason, and the pause ends with the write. Safe for many
 * threads.
 */
public final class WriteBacklog {

  /** A write that waits longer counts as a database that cannot be used. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final int AT_LEAST = 200;
  private static final int SECONDS = 2;

  /** Less than a second's work of the writer where nothing limits the rate. */
  private static final int UNLIMITED = 5_000;

  private final int limit;
  private final Duration patience;
  private final RequestGate gate;
  private final Ticker ticker;
  private final Supplier<Optional<String>> lockHolders;

  private int unwritten;
  private Optional<Long> writingSince = Optional.empty();

  /** The write whose wait has its reason; both for the thread that checks. */
  private Optional<Long> explained = Optional.empty();

  private String reason = "";

  /**
   * An empty one.
   *
   * @param patience how long a write may take before it pauses the process
   * @param gate that is shut meanwhile
   * @param lockHolders asked who holds the lock that a write waits for; may take a moment
   */
  WriteBacklog(
      int limit,
      Duration patience,
      RequestGate gate,
      Ticker ticker,
      Supplier<Optional<String>> lockHolders) {
    this.limit = limit;
    this.patience = patience;
    this.gate = gate;
    this.ticker = ticker;
    this.lockHolders = lockHolders;
  }

  /** Of two seconds' answers, two hundred at least. */
  public static WriteBacklog of(
      Rate rate, RequestGate gate, Ticker ticker, Supplier<Optional<String>> lockHolders) {
    int limit =
        rate.isUnlimited()
            ? UNLIMITED
            : (int) Math.max(AT_LEAST, Math.ceil(SECONDS * rate.perSecond()));
    return new WriteBacklog(limit, PATIENCE, gate, ticker, lockHolders);
  }

  /** Something was answered that is to be written. */
  public synchronized void add() {
    unwritten++;
  }

  /** So much was committed. */
  public synchronized void remove(int committed) {
    unwritten -= committed;
  }

  /**
   * Whether nothing more may be sent. Where everything is written, answers that are slow to come
   * may be many.
   *
   * @param underWay requests whose answers will have to be written too
   */
  synchronized boolean isFull(int underWay) {
    return unwritten > 0 && unwritten + underWay >= limit;
  }

  /** Runs {@code write} and watches how long it takes; for one writer at a time. */
  public <T> T writing(Supplier<T> write) {
    synchronized (this) {
      writingSince = Optional.of(ticker.nanos());
    }
    try {
      T written = write.get();
      ended(true);
      return written;
    } catch (RuntimeException | Error e) {
      ended(false);
      throw e;
    }
  }

  private synchronized void ended(boolean well) {
    writingSince = Optional.empty();
    if (well) {
      gate.onWritten(this);
    }
  }

  /** A write failed since the database is unavailable; it will be repeated. */
  public void unavailable(String reason) {
    gate.onWriteBlocked(this, reason);
  }

  /**
   * Shuts the gate where a write takes too long. To be called about once a second, by one thread.
   */
  public void check() {
    Optional<Long> since = since();
    boolean isLong = since.filter(one -> ticker.nanos() - one >= patience.toNanos()).isPresent();
    if (!isLong) {
      return;
    }
    if (!since.equals(explained)) {
      explained = since;
      reason =
          lockHolders
              .get()
              .orElse(
                  "a write has waited for %d s, since somebody may have locked ra_horses or ra_horse_pedigree"
                      .formatted(patience.toSeconds()));
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
