package studbook.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import studbook.store.TestStore;
import studbook.store.schedule.ScheduleQueries;

class DatabaseClockTest {

  @Test
  void countsOnTheDatabasesTimeAlsoWithoutTheDatabase() {
    AtomicLong ticks = new AtomicLong(17);
    DatabaseClock clock;
    Instant read;
    try (TestStore store = TestStore.fresh()) {
      ScheduleQueries queries = new ScheduleQueries(store.jdbi);
      clock = new DatabaseClock(queries, ticks::get);
      read = clock.now();
      assertThat(read).isCloseTo(queries.now(), within(10, ChronoUnit.SECONDS));
      ticks.addAndGet(Duration.ofSeconds(30).toNanos());
      assertThat(clock.now()).isEqualTo(read.plusSeconds(30));
      ticks.addAndGet(Duration.ofMinutes(10).toNanos());
      assertThat(clock.now())
          .as("read again after a minute: the database's clock has hardly moved")
          .isCloseTo(queries.now(), within(10, ChronoUnit.SECONDS));
      read = clock.now();
    }
    ticks.addAndGet(Duration.ofMinutes(10).toNanos());
    assertThat(clock.now()).isEqualTo(read.plus(Duration.ofMinutes(10)));
  }
}
