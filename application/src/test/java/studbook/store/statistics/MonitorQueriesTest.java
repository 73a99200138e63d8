package studbook.store.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static studbook.store.TestStore.enriched;
import static studbook.store.TestStore.error;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import studbook.store.TestStore;
import studbook.store.outcome.ErrorLog;
import studbook.store.run.RunTimeline;
import studbook.store.table.TableCounts;
import studbook.store.work.Lease;

/** What those who watch a run read. */
class MonitorQueriesTest {

  private static final TestStore STORE = TestStore.fresh();

  private final MonitorQueries queries = new MonitorQueries(STORE.jdbi);

  @AfterAll
  static void close() {
    STORE.close();
  }

  @BeforeEach
  void reset() {
    STORE.reset();
    STORE.horses(3);
  }

  @Test
  void loadsNoRunFromAnEmptyDatabase() {
    assertThat(queries.read(Optional.empty()).run()).isEmpty();
  }

  @Test
  void loadsTheNewestOrTheRequestedRun() {
    Lease lease = STORE.lease();
    STORE.write(enriched(lease, "hrs_1"));
    ErrorLog log = new ErrorLog(STORE.jdbi);
    log.append(List.of(error(lease.run(), "the first"), error(lease.run(), "the second")));
    long second = STORE.plan();

    MonitorQueries.RunSnapshot newest = queries.read(Optional.empty()).run().orElseThrow();
    MonitorQueries.RunSnapshot first = queries.read(Optional.of(lease.run())).run().orElseThrow();

    assertThat(newest.run().id()).isEqualTo(second);
    assertThat(newest.errors()).isEmpty();
    assertThat(first.counts()).isEqualTo(STORE.runRepository.counts(lease.run()));
    assertThat(first.errors())
        .extracting(logged -> logged.entry().message())
        .containsExactly("the second", "the first");
    assertThat(first.timeline().spans())
        .extracting(RunTimeline.TimelineSpan::activity)
        .containsExactly(RunTimeline.RunActivity.WORKING, RunTimeline.RunActivity.STOPPED);
    assertThat(queries.read(Optional.of(second + 1)).run()).isEmpty();
  }

  @Test
  void stopsSlowCountingAndStillLoadsTheRun() {
    STORE.plan();
    assertThat(queries.tableCounts(Duration.ofSeconds(30))).contains(new TableCounts(3, 0, 0));
    try (var other = STORE.jdbi.open()) {
      other.begin();
      other.execute("LOCK TABLE ra_horses IN ACCESS EXCLUSIVE MODE");
      assertThat(queries.tableCounts(Duration.ofMillis(50))).isEmpty();
      assertThat(queries.read(Optional.empty()).run()).isPresent();
      other.rollback();
    }
    assertThat(queries.tableCounts(Duration.ofSeconds(30))).contains(new TableCounts(3, 0, 0));
  }
}
