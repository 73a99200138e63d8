package studbook.monitor;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import studbook.monitor.MonitorData.TimedCounts;
import studbook.monitor.MonitorSnapshot.DatabaseGap;
import studbook.store.database.DatabaseRetry;
import studbook.store.statistics.MonitorQueries;
import studbook.store.table.TableCounts;
import studbook.time.Ticker;

/** Polls a run. Keeps the last figures while the database is unavailable. Not thread-safe. */
public final class RunPoller {

  private static final Logger log = LoggerFactory.getLogger(RunPoller.class);

  /** Counting reads the user's tables completely, so it may take a hundredth of the time. */
  private static final int SHARE = 100;

  private static final Duration COUNTING_MAY_TAKE = Duration.ofSeconds(60);
  private static final Duration AWAY = Duration.ofSeconds(5);

  private final MonitorQueries queries;
  private final Optional<Long> run;
  private final Clock clock;
  private final Ticker ticker;

  private MonitorSnapshot snapshot = MonitorSnapshot.NOTHING_YET;
  private Optional<TimedCounts> counted = Optional.empty();
  private Duration restOfCounting = Duration.ZERO;
  private long countedAt;

  /**
   * Nothing is read yet.
   *
   * @param run empty for the newest, which may change
   */
  public RunPoller(Jdbi jdbi, Optional<Long> run, Clock clock, Ticker ticker) {
    this.queries = new MonitorQueries(jdbi);
    this.run = run;
    this.clock = clock;
    this.ticker = ticker;
    this.countedAt = ticker.nanos();
  }

  /** Reads the run, with the last counts of the tables. Quick. */
  MonitorSnapshot poll() {
    return passing(() ->
        new MonitorSnapshot(
            Optional.of(MonitorData.of(queries.read(run), counted)), Optional.empty()));
  }

  /** Whether the tables may be counted again. */
  boolean countingIsDue() {
    return snapshot.absence().isEmpty()
        && snapshot.figures().isPresent()
        && ticker.nanos() - countedAt >= restOfCounting.toNanos();
  }

  /** Counts the tables. Slow for large ones, at most a minute. */
  MonitorSnapshot count() {
    return passing(() -> {
      long began = ticker.nanos();
      Optional<TableCounts> tableCounts = queries.tableCounts(COUNTING_MAY_TAKE);
      countedAt = ticker.nanos();
      restOfCounting = Duration.ofNanos(countedAt - began).multipliedBy(SHARE);
      MonitorData data = snapshot.figures().orElseThrow();
      counted = tableCounts.map(one -> new TimedCounts(one, clock.instant())).or(() -> counted);
      return new MonitorSnapshot(counted.map(data::with).or(snapshot::figures), Optional.empty());
    });
  }

  /** Both, as far as they are due. */
  MonitorSnapshot pollAll() {
    poll();
    return countingIsDue() ? count() : snapshot;
  }

  /** Time until the next poll: shorter while the database is unavailable. */
  Duration timeUntilAllowed(Duration interval) {
    return snapshot.absence().isPresent() && interval.compareTo(AWAY) > 0 ? AWAY : interval;
  }

  private MonitorSnapshot passing(Supplier<MonitorSnapshot> asking) {
    DatabaseRetry.attempt(asking::get, this::unavailable).ifPresent(seen -> snapshot = seen);
    return snapshot;
  }

  private void unavailable(String reason) {
    log.debug("the database is unavailable: {}", reason);
    snapshot = snapshot.old(new DatabaseGap(reason, clock.instant()));
  }
}
