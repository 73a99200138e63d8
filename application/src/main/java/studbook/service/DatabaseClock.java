package studbook.service;

import com.github.kagkarlsson.scheduler.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import studbook.store.database.DatabaseRetry;
import studbook.store.schedule.ScheduleQueries;
import studbook.time.Ticker;

/**
 * The database's time, for schedules: all services agree on it, whatever their machines' clocks
 * are. It is read once a minute and counted on monotonically between, also while the database is
 * unavailable. Safe for many threads.
 */
public final class DatabaseClock implements Clock {

  private static final Duration VALID = Duration.ofMinutes(1);

  private final ScheduleQueries queries;
  private final Ticker ticker;
  private @Nullable ReadTime last;

  private record ReadTime(Instant time, long ticks) {

    Instant at(long now) {
      return time.plusNanos(now - ticks);
    }

    boolean isValid(long now) {
      return now - ticks < VALID.toNanos();
    }
  }

  public DatabaseClock(ScheduleQueries queries, Ticker ticker) {
    this.queries = queries;
    this.ticker = ticker;
  }

  /**
   * The time now.
   *
   * @throws RuntimeException if the database has not answered yet
   */
  @Override
  public synchronized Instant now() {
    ReadTime known = last;
    if (known == null) {
      known = new ReadTime(queries.now(), ticker.nanos());
    } else if (!known.isValid(ticker.nanos())) {
      ReadTime before = known;
      known =
          DatabaseRetry.attempt(() -> new ReadTime(queries.now(), ticker.nanos()), _ -> {})
              .orElse(before);
    }
    last = known;
    return known.at(ticker.nanos());
  }
}
