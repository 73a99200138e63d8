package studbook.store.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import studbook.store.TestStore;
import studbook.store.statistics.ThroughputHistory.HistoryBucket;

/** How a run went, from its samples. */
class ThroughputHistoryTest {

  private static final TestStore STORE = TestStore.fresh();
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

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

  /** A pause at 12.1 s causes a sample of 0.1 s with one request: no rate of ten a second. */
  @Test
  void noStretchIsShorterThanASecond() {
    sample(STORE.me, 10, 5, 20);
    sample(STORE.me, 12, 2, 28);
    STORE.sql(
        """
        INSERT INTO studbook.run_sample
          (run_id, sampled_at, worker_id, interval_ms, horses_completed, horses_failed, horses_per_second,
           bottleneck, requests_sent, requests_throttled, max_requests_per_second)
        VALUES (?, TIMESTAMPTZ '2026-03-01 12:00:12.1+00', ?, 100, 29, 0, 4, 'rate_limit', 1, 0, 5)
        """,
        run,
        STORE.me);
    sample(STORE.me, 40, 5, 60);
    List<HistoryBucket> stretches = course().stretches();
    assertThat(stretches)
        .allSatisfy(stretch ->
            assertThat(Duration.between(stretch.from(), stretch.to()))
                .isGreaterThanOrEqualTo(Duration.ofSeconds(1)));
    assertThat(stretches.stream().mapToLong(HistoryBucket::sent)).containsExactly(25L, 11L, 25L);
    assertThat(length(stretches)).isEqualTo(12.1);
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

  /** A sample of the model below; times are seconds after noon. */
  private record ModelSample(int second, int span, int processed) {}

  @Test
  void bucketsAreWhatTheirDefinitionSays() {
    for (int seed = 1; seed <= 3; seed++) {
      reset();
      UUID other = STORE.registerElsewhere();
      Random random = new Random(seed);
      List<ModelSample> samples = new ArrayList<>();
      int second = 0;
      int processed = 10;
      for (int i = 0; i < 900; i++) {
        second += random.nextInt(20) == 0 ? 600 : random.nextInt(1, 14);
        processed += random.nextInt(60);
        // Another process may know of fewer.
        ModelSample sample =
            new ModelSample(second, random.nextInt(1, 16), processed - random.nextInt(5));
        samples.add(sample);
        sample(
            random.nextBoolean() ? STORE.me : other,
            sample.second(),
            sample.span(),
            sample.processed());
      }
      ThroughputHistory history = course();
      assertBuckets(history.stretches(), model(samples, 0, 400), seed);
      int last = samples.getLast().second();
      List<ModelSample> late = samples.stream().filter(one -> one.second() >= last - 360).toList();
      assertBuckets(List.of(history.lastMinute().orElseThrow()), model(late, last - 60, 1), seed);
    }
  }

  private static void assertBuckets(
      List<HistoryBucket> buckets, List<HistoryBucket> expected, int seed) {
    assertThat(buckets)
        .as("seed %d", seed)
        .usingRecursiveFieldByFieldElementComparator(
            RecursiveComparisonConfiguration.builder()
                .withComparatorForType(
                    (a, b) -> Math.abs(a - b) < 1e-6 ? 0 : Double.compare(a, b), Double.class)
                .build())
        .isEqualTo(expected);
  }

  /** Buckets by the words of their documentation: of samples after {@code since}. */
  private static List<HistoryBucket> model(List<ModelSample> samples, int since, long most) {
    int first =
        samples.stream().mapToInt(ModelSample::second).filter(at -> at > since).min().orElseThrow();
    long length = samples.getLast().second() + 1L - first;
    SortedMap<Integer, HistoryBucket> buckets = new TreeMap<>();
    int highest = 0;
    for (int i = 0; i < samples.size(); i++) {
      ModelSample sample = samples.get(i);
      int from = sample.second() - sample.span();
      if (sample.second() > since) {
        int before = i == 0 ? Integer.MIN_VALUE / 2 : samples.get(i - 1).second();
        double horses =
            from > before + 2 ? 4.0 * sample.span() : Math.max(0, sample.processed() - highest);
        buckets.merge(
            (int) (most * (sample.second() - first) / length),
            new HistoryBucket(
                NOON.plusSeconds(Math.max(from, before)),
                NOON.plusSeconds(sample.second()),
                horses,
                sample.span() * 5L,
                1,
                sample.second() % 7),
            ThroughputHistoryTest::together);
      }
      highest = Math.max(highest, sample.processed());
    }
    return List.copyOf(buckets.values());
  }

  private static HistoryBucket together(HistoryBucket one, HistoryBucket next) {
    return new HistoryBucket(
        one.from().isBefore(next.from()) ? one.from() : next.from(),
        next.to(),
        one.horses() + next.horses(),
        one.sent() + next.sent(),
        one.throttled() + next.throttled(),
        Math.max(one.fullest(), next.fullest()));
  }
}
