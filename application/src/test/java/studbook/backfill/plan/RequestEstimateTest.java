package studbook.backfill.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import studbook.ratelimit.SharedRateLimit;
import studbook.time.Rate;

class RequestEstimateTest {

  private static final RequestEstimate REFERENCE = new RequestEstimate(111_394, 1_402);

  @Test
  void theReferencePopulationNeedsAboutHalfTheRequests() {
    assertThat(REFERENCE.daysRead()).isEqualTo(1_402);
    assertThat(REFERENCE.completed() / 111_394.0).isCloseTo(0.45, within(0.005));
    assertThat(new RequestEstimate(111_430, 1).completed())
        .as("the newest day")
        .isBetween(120L, 130L);
    assertThat(REFERENCE.requests() / 111_394.0).isLessThan(0.60);
  }

  @Test
  void fewHorsesAreNotWorthADay() {
    assertThat(new RequestEstimate(800, 1_402).isWorthwhile()).isFalse();
    assertThat(new RequestEstimate(1_000, 1_402).isWorthwhile()).isTrue();
    assertThat(new RequestEstimate(0, 1_402).requests()).isEqualTo(RequestEstimate.TRIAL);
    assertThat(RequestEstimate.withoutDays(600).requests()).isEqualTo(612);
  }

  @Test
  void aScanForFewHorsesEndsEarly() {
    RequestEstimate some = new RequestEstimate(2_000, 1_402);
    assertThat(some.daysRead()).isBetween(300L, 400L);
    assertThat(some.completed()).isGreaterThan(some.daysRead());
  }

  @Test
  void separateLimitsRunConcurrentlyAndOneLimitInSequence() {
    Rate two = new Rate(2);
    Duration alone = REFERENCE.duration(two, Optional.empty()).orElseThrow();
    Duration beside = REFERENCE.duration(new Rate(5), Optional.of(two)).orElseThrow();
    assertThat(alone).isBetween(Duration.ofHours(8), Duration.ofHours(9).plusMinutes(10));
    assertThat(beside).isBetween(Duration.ofHours(3), Duration.ofHours(4));
    assertThat(REFERENCE.duration(Rate.UNLIMITED, Optional.empty())).isEmpty();
    assertThat(REFERENCE.duration(Rate.UNLIMITED, Optional.of(two)))
        .as("the days are what takes time")
        .contains(
            DurationEstimate.duration(1_402, two, SharedRateLimit.FIRST_MARGIN)
                .orElseThrow()
                .plus(RequestEstimate.START_AND_END));
  }

  @Test
  void whatRemainsShrinksToNothing() {
    Rate two = new Rate(2);
    Duration before = REFERENCE.remaining(1_402, 111_394, two, Optional.empty()).orElseThrow();
    assertThat(before.plus(RequestEstimate.START_AND_END))
        .isEqualTo(REFERENCE.duration(two, Optional.empty()).orElseThrow());
    Duration middle = REFERENCE.remaining(700, 69_000, two, Optional.empty()).orElseThrow();
    assertThat(middle).isLessThan(before);
    assertThat(REFERENCE.remaining(1, 0, two, Optional.empty()).orElseThrow())
        .isLessThan(Duration.ofSeconds(10));
  }
}
