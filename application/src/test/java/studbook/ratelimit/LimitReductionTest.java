package studbook.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import studbook.store.TestStore;
import studbook.store.work.RunEventRepository;
import studbook.time.Rate;

/** A run's events tell when the rate was lowered. */
class LimitReductionTest {

  private static final TestStore STORE = TestStore.fresh();

  @AfterAll
  static void close() {
    STORE.close();
  }

  @BeforeEach
  void reset() {
    STORE.reset();
    STORE.horses(1);
  }

  private static SharedRateLimit budget(Rate rate) {
    return SharedRateLimit.join(STORE.jdbi, TestStore.ACCOUNT, rate);
  }

  private static SharedRateLimit.ThrottleResult throttle(SharedRateLimit rateLimit, int times) {
    SharedRateLimit.ThrottleResult last = rateLimit.throttled(Duration.ZERO);
    for (int i = 1; i < times; i++) {
      last = rateLimit.throttled(Duration.ZERO);
    }
    return last;
  }

  private static List<LimitReduction> lowered(long run) {
    return LimitReduction.of(new RunEventRepository(STORE.jdbi).of(run), Optional.empty());
  }

  @Test
  void loweringTheRateIsRecordedOnceAndLastsUntilTheLast429HasPassed() {
    long run = STORE.plan();
    SharedRateLimit rateLimit = budget(new Rate(5));
    assertThat(throttle(rateLimit, 5).reducedUntil()).isEmpty();
    assertThat(lowered(run)).isEmpty();

    Instant until = throttle(rateLimit, 1).reducedUntil().orElseThrow();
    LimitReduction first = lowered(run).getFirst();
    assertThat(first.rate()).isEqualTo("3.5/s");
    assertThat(first.to()).isEqualTo(until);
    assertThat(Duration.between(first.from(), first.to()).minusMinutes(10).abs())
        .isLessThan(Duration.ofSeconds(2));

    Instant later = throttle(rateLimit, 1).reducedUntil().orElseThrow();
    assertThat(lowered(run))
        .singleElement()
        .satisfies(reduction -> {
          assertThat(reduction.from()).isEqualTo(first.from());
          assertThat(reduction.to()).isEqualTo(later).isAfter(until);
        });
    assertThat(lowered(run).getFirst().contains(until)).isTrue();
    assertThat(LimitReduction.of(new RunEventRepository(STORE.jdbi).of(run), Optional.of(until)))
        .as("of a run that ended before")
        .singleElement()
        .satisfies(reduction -> assertThat(reduction.to()).isEqualTo(until));
  }

  @Test
  void aSecondLoweringIsAnother() {
    long run = STORE.plan();
    SharedRateLimit rateLimit = budget(new Rate(5));
    throttle(rateLimit, 6);
    STORE.sql(
        "UPDATE studbook.rate_limit SET reduced_at = reduced_at - interval '1 h', reduced_until = reduced_until - interval '1 h'");
    STORE.sql(
        "UPDATE studbook.run_event SET occurred_at = occurred_at - interval '1 h' WHERE event LIKE 'limit%'");
    throttle(rateLimit, 1);
    assertThat(lowered(run)).hasSize(2);
    assertThat(lowered(run).getFirst().to()).isBefore(lowered(run).getLast().from());
  }

  @Test
  void withoutARunOrALimitNothingIsRecorded() {
    assertThat(throttle(budget(new Rate(5)), 6).reducedUntil()).isPresent();
    long run = STORE.plan();
    STORE.sql("DELETE FROM studbook.rate_limit");
    throttle(budget(Rate.UNLIMITED), 6);
    assertThat(lowered(run)).isEmpty();
  }
}
