package studbook.store.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import studbook.store.TestStore;

/** How long answers took, from the ledger. */
class ResponseTimeQueriesTest {

  private static final TestStore STORE = TestStore.fresh();

  @AfterAll
  static void close() {
    STORE.close();
  }

  @BeforeEach
  void reset() {
    STORE.reset();
  }

  @Test
  void aHorseOfARacecardHasNoResponseTime() {
    STORE.horses(3);
    long run = STORE.plan();
    STORE.sql(
        "UPDATE studbook.work_item SET http_status = 200, request_count = 1, duration_ms = 80 WHERE horse_id = 'hrs_1'");
    STORE.sql(
        "UPDATE studbook.work_item SET http_status = 200, request_count = 0, duration_ms = 0 WHERE horse_id <> 'hrs_1'");
    ResponseTimeQueries responseTimes = new ResponseTimeQueries(STORE.jdbi);
    assertThat(responseTimes.spread(run))
        .containsExactly(new ResponseTimeQueries.TimeBucket(Duration.ofMillis(80), 1));
    assertThat(responseTimes.slowest(run, 10))
        .extracting(ResponseTimeQueries.SlowResponse::horse)
        .containsExactly("hrs_1");
  }
}
