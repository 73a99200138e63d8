package studbook.store.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import studbook.store.TestStore;
import studbook.store.statistics.ThroughputHistory.HistoryBucket;

/** How a run went, from its samples. */
class ThroughputHistoryTest {

  private static final TestStore STORE = TestStore.fresh();

  private long run;

  @AfterAll
  static void close() {
    STORE.close();
  }

  @BeforeEach
  void reset() {
    STORE.reset();
    STORE.horses(3);
    run = STORE.plan();
  }

  /** A sample so many seconds after some moment. */
  private void sample(UUID worker, int second, int span, int processed) {
    STORE.sql(
        """
        INSERT INTO studbook.run_sample
          (run_id, sampled_at, worker_id, interval_ms, horses_completed, horses_failed, horses_per_second,
           bottleneck, requests_sent, requests_throttled, max_requests_per_second)
        VALUES (?, TIMESTAMPTZ '2026-03-01 12:00+00' + ? * interval '1 s', ?, ?, ?, 0, 4, 'rate_limit', ?, 1, ?)
        """,
        run,
        second,
        worker,
        span * 1_000,
        processed,
        span * 5,
        second % 7);
  }

  private ThroughputHistory course() {
    return STORE.jdbi.withHandle(handle -> ThroughputHistory.of(handle, run));
  }

  private static double length(List<HistoryBucket> stretches) {
    return stretches.stream()
            .mapToLong(bucket -> Duration.between(bucket.from(), bucket.to()).toMillis())
            .sum()
        / 1e3;
  }

  private static double horses(List<HistoryBucket> stretches) {
    return stretches.stream().mapToDouble(HistoryBucket::horses).sum();
  }

  @Test
  void aRunWithoutSamplesHasNoHistory() {
    ThroughputHistory history = course();
    assertThat(history.stretches()).isEmpty();
    assertThat(history.lastMinute()).isEmpty();
    assertThat(history.newest()).isEmpty();
  }

  @Test
  void aSingleSampleIsAStretch() {
    sample(STORE.me, 10, 10, 40);
    assertThat(length(course().stretches())).isEqualTo(10);
    assertThat(horses(course().stretches())).isEqualTo(40);
  }

  @Test
  void manySamplesBecomeFewStretchesThatSayTheSame() {
    for (int i = 1; i <= 1_500; i++) {
      sample(STORE.me, 10 * i, 10, 40 * i);
    }
    ThroughputHistory history = course();
    assertThat(history.stretches()).hasSizeBetween(390, 400);
    assertThat(length(history.stretches())).isEqualTo(15_000);
    assertThat(horses(history.stretches())).isEqualTo(60_000);
    assertThat(history.stretches().stream().mapToLong(HistoryBucket::sent).sum()).isEqualTo(75_000);
    assertThat(history.stretches().stream().mapToLong(HistoryBucket::throttled).sum())
        .isEqualTo(1_500);
    assertThat(history.stretches()).extracting(HistoryBucket::fullest).contains(6);
    HistoryBucket lastMinute = history.lastMinute().orElseThrow();
    assertThat(Duration.between(lastMinute.from(), lastMinute.to()))
        .isEqualTo(Duration.ofMinutes(1));
    assertThat(lastMinute.horses()).isEqualTo(240);
    assertThat(history.newest().orElseThrow().processed()).isEqualTo(60_000);
  }

  @Test
  void aSecondSampledByTwoProcessesCountsOnce() {
    UUID other = STORE.registerElsewhere();
    for (int i = 1; i <= 6; i++) {
      sample(STORE.me, 10 * i, 10, 80 * i);
      sample(other, 10 * i + 5, 10, 80 * i + 40);
    }
    ThroughputHistory history = course();
    assertThat(length(history.stretches())).isEqualTo(65);
    // The first process's first span: its own pace of 4 a second, since nobody knows what was
    // before.
    assertThat(horses(history.stretches())).isCloseTo(40 + 520 - 80, within(1e-9));
  }

  @Test
  void unrecordedWorkOfAKilledProcessIsNotCounted() {
    sample(STORE.me, 10, 10, 40);
    // It completed 36 more and was killed; an hour later somebody goes on.
    sample(STORE.registerElsewhere(), 3_600, 1, 80);
    ThroughputHistory history = course();
    assertThat(length(history.stretches())).isEqualTo(11);
    assertThat(horses(history.stretches())).isEqualTo(44);
  }
}
