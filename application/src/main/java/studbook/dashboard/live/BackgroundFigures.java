package studbook.dashboard.live;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import studbook.time.Ticker;

/**
 * Figures whose reading takes longer than a page may. They are read in the background, while a page
 * asks for them, and at most a fiftieth of the time, so that large tables do not suffer from pages
 * that are open. Safe for many threads.
 */
public final class BackgroundFigures<T> {

  private static final Logger log = LoggerFactory.getLogger(BackgroundFigures.class);

  private static final int SHARE = 50;

  /** Small tables are read within the time that a page may take. */
  private static final Duration PATIENCE = Duration.ofMillis(500);

  private final String name;
  private final Supplier<Optional<T>> source;
  private final Duration interval;
  private final Ticker ticker;
  private final AtomicBoolean reading = new AtomicBoolean();
  private volatile Optional<T> newest = Optional.empty();
  private volatile boolean failed;
  private volatile long notBefore;

  /**
   * @param name for the log
   * @param source reads the figures; empty if they cannot be read
   * @param interval between two readings, at least
   */
  public BackgroundFigures(
      String name, Supplier<Optional<T>> source, Duration interval, Ticker ticker) {
    this.name = name;
    this.source = source;
    this.interval = interval;
    this.ticker = ticker;
    this.notBefore = ticker.nanos();
  }

  /** The newest figures; empty before the first, and while they cannot be read. */
  public Optional<T> newest() {
    if (ticker.nanos() - notBefore >= 0 && reading.compareAndSet(false, true)) {
      Thread reader = Thread.ofVirtual().name("dashboard-" + name).start(this::read);
      if (newest.isEmpty()) {
        join(reader);
      }
    }
    return newest;
  }

  /** Whether the last reading has failed. */
  public boolean hasFailed() {
    return failed;
  }

  private static void join(Thread reader) {
    try {
      reader.join(PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void read() {
    long began = ticker.nanos();
    try {
      Optional<T> read = source.get();
      failed = read.isEmpty();
      if (read.isPresent()) {
        newest = read;
      }
    } catch (RuntimeException e) {
      failed = true;
      log.debug("the {} cannot be read", name, e);
    } finally {
      Duration took = Duration.ofNanos(ticker.nanos() - began).multipliedBy(SHARE);
      Duration wait = took.compareTo(interval) < 0 ? interval : took;
      notBefore = ticker.nanos() + wait.toNanos();
      reading.set(false);
    }
  }
}
