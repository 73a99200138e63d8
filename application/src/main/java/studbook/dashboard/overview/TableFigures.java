package studbook.dashboard.overview;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import studbook.store.statistics.MonitorQueries;
import studbook.store.table.ConfirmationAges;
import studbook.store.table.TableCounts;
import studbook.time.Ticker;

/**
 * Figures that need a row of each horse. They are read in the background and at most a fiftieth of
 * the time, so that large tables do not suffer from pages that are open. Safe for many threads.
 */
public final class TableFigures {

  private static final Logger log = LoggerFactory.getLogger(TableFigures.class);

  private static final Duration COUNTING_MAY_TAKE = Duration.ofSeconds(60);
  private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(2);
  private static final int SHARE = 50;

  private final MonitorQueries queries;
  private final Jdbi jdbi;
  private final Ticker ticker;
  private final AtomicBoolean reading = new AtomicBoolean();
  private volatile Optional<CountedTables> counted = Optional.empty();
  private volatile long notBefore;

  /**
   * The figures.
   *
   * @param oldestConfirmation by group of horses; without groups that have no confirmed horse
   */
  public record CountedTables(TableCounts counts, Map<String, Duration> oldestConfirmation) {

    public CountedTables {
      oldestConfirmation = Map.copyOf(oldestConfirmation);
    }

    /** Of all groups; empty if no horse was confirmed. */
    public Optional<Duration> oldest() {
      return oldestConfirmation.values().stream().max(Duration::compareTo);
    }
  }

  public TableFigures(Jdbi jdbi, Ticker ticker) {
    this.queries = new MonitorQueries(jdbi);
    this.jdbi = jdbi;
    this.ticker = ticker;
    this.notBefore = ticker.nanos();
  }

  /** The newest figures; empty before the first, which take as long as a look at each horse. */
  public Optional<CountedTables> newest() {
    if (ticker.nanos() - notBefore >= 0 && reading.compareAndSet(false, true)) {
      Thread reader = Thread.ofVirtual().name("dashboard-counts").start(this::read);
      if (counted.isEmpty()) {
        join(reader);
      }
    }
    return counted;
  }

  /** Small tables are counted within the time that a page may take. */
  private static void join(Thread reader) {
    try {
      reader.join(Duration.ofMillis(500));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** None where reading them takes longer than a statement may. */
  private Map<String, Duration> confirmationAges() {
    try {
      return ConfirmationAges.load(jdbi);
    } catch (RuntimeException e) {
      log.debug("the ages of confirmations cannot be read", e);
      return Map.of();
    }
  }

  private void read() {
    long began = ticker.nanos();
    try {
      Optional<TableCounts> counts = queries.tableCounts(COUNTING_MAY_TAKE);
      Map<String, Duration> ages = confirmationAges();
      if (counts.isPresent()) {
        counted = Optional.of(new CountedTables(counts.get(), ages));
      }
    } catch (RuntimeException e) {
      log.debug("the tables cannot be counted", e);
    } finally {
      Duration took = Duration.ofNanos(ticker.nanos() - began).multipliedBy(SHARE);
      Duration wait = took.compareTo(SHORTEST_INTERVAL) < 0 ? SHORTEST_INTERVAL : took;
      notBefore = ticker.nanos() + wait.toNanos();
      reading.set(false);
    }
  }
}
