package studbook.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static studbook.ratelimit.SimulatedWorker.SECONDS;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import studbook.time.Rate;

/** What answers make of the budget, to the microsecond, by a clock that moves when told. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ThrottlingTest {

  private SimulatedDatabase database;
  private SharedRateLimit rateLimit;

  @BeforeAll
  void start() throws Exception {
    database = new SimulatedDatabase();
  }

  @AfterAll
  void stop() throws Exception {
    database.close();
  }

  @BeforeEach
  void join() throws Exception {
    database.enter(null);
    rateLimit = join(new Rate(5));
  }

  private SharedRateLimit join(Rate rate) {
    return SharedRateLimit.join(database.jdbi(() -> 0), new RateLimitKey("account"), rate);
  }

  private AcquireResult.Permits claim(int count) {
    return (AcquireResult.Permits) rateLimit.acquire(AcquireRequest.of(count, Duration.ZERO));
  }

  private void pass(Duration time) {
    database.setClockBy(time.toNanos());
  }

  @Test
  void manyPermitsAtOnceWaitAsLongAsSingleOnes() throws Exception {
    for (int count = 1; count <= 20; count++) {
      database.enter(null);
      rateLimit = join(new Rate(20));
      claim(7);
      List<Instant> atOnce = claim(count).at();
      database.enter(null);
      rateLimit = join(new Rate(20));
      claim(7);
      for (int i = 0; i < count; i++) {
        assertThat(claim(1).at().getFirst()).isEqualTo(atOnce.get(i));
      }
    }
  }

  @Test
  void aLateSendDelaysThePermitAWindowLater() {
    AcquireResult.Permits permits = claim(5);
    Duration late = Duration.ofMillis(12);
    PermitUsage usage = new PermitUsage(permits.at().getFirst(), late, true);
    AcquireResult.Permits next =
        (AcquireResult.Permits)
            rateLimit.acquire(new AcquireRequest(1, Duration.ZERO, List.of(usage), null));
    assertThat(next.at())
        .containsExactly(permits.at().getFirst().plus(late).plusSeconds(1).plus(permits.margin()));
    assertThat(next.margin())
        .as("late sends are a sign of late arrivals")
        .isEqualTo(permits.margin().plusNanos(12_000)); // a 400th of the way to 20 ms
  }

  @Test
  void anUnusedPermitIsGrantedAgain() {
    claim(5);
    AcquireResult.Permits unused = claim(2);
    List<PermitUsage> spent =
        unused.at().stream().map(slot -> new PermitUsage(slot, Duration.ZERO, false)).toList();
    AcquireResult.Permits again =
        (AcquireResult.Permits)
            rateLimit.acquire(new AcquireRequest(2, Duration.ZERO, spent, null));
    assertThat(again.at().getFirst())
        .isCloseTo(unused.at().getLast(), within(5, ChronoUnit.MICROS));
    assertThat(again.at().getLast()).isBefore(unused.at().getLast().plusMillis(200));
  }

  @Test
  void aShortBlockDelaysThePermitALongOneIsReported() {
    Instant start = claim(1).now();
    rateLimit.block(Duration.ofSeconds(4), 0);
    assertThat(claim(1).at().getFirst()).isEqualTo(start.plusSeconds(4));
    rateLimit.block(Duration.ofMinutes(10), 1);
    assertThat(rateLimit.acquire(AcquireRequest.of(1, Duration.ZERO)))
        .isInstanceOfSatisfying(
            AcquireResult.LimitBlocked.class,
            blocked -> assertThat(blocked.left()).isEqualTo(Duration.ofMinutes(10)));
    pass(Duration.ofMinutes(10));
    assertThat(claim(1).at().getFirst()).isEqualTo(start.plus(Duration.ofMinutes(10)));
  }

  @Test
  void aRetryAfterBlocksAllAndKeepsTheRate() {
    AcquireResult.Permits before = claim(1);
    rateLimit.block(Duration.ofMillis(4_400), before.generation());
    AcquireResult.Permits after = claim(1);
    assertThat(after.at().getFirst()).isEqualTo(before.now().plusMillis(4_400));
    assertThat(after.generation())
        .as("slots claimed before are dropped")
        .isEqualTo(before.generation() + 1);
    assertThat(after.margin()).isLessThanOrEqualTo(before.margin());
    rateLimit.block(Duration.ofSeconds(1), before.generation());
    assertThat(claim(1).generation()).as("told twice").isEqualTo(after.generation());
    rateLimit.block(Duration.ofDays(1), after.generation());
    assertThat(rateLimit.acquire(AcquireRequest.of(1, Duration.ZERO)))
        .isInstanceOfSatisfying(
            AcquireResult.LimitBlocked.class,
            blocked -> assertThat(blocked.left()).isEqualTo(Duration.ofHours(1)));
  }

  @Test
  void aLongBlockIsReported() throws Exception {
    SimulatedClock clock = new SimulatedClock();
    SharedRateLimiter rateLimiter = new SharedRateLimiter(rateLimit, clock::now, duration -> {});
    rateLimit.block(Duration.ofMinutes(3), 0);
    assertThat(rateLimiter.next()).isEqualTo(new NextPermit.Blocked(Duration.ofMinutes(3)));
  }

  @Test
  void one429CostsItsPermitAndWidensTheSharedMargin() {
    claim(5);
    AcquireResult.Permits refused = claim(1);
    pass(Duration.ofMillis(1_200));
    assertThat(rateLimit.throttled(Duration.ofMillis(150)).reducedUntil()).isEmpty();
    AcquireResult.Permits next = claim(5);
    assertThat(next.generation()).as("no slot is dropped").isEqualTo(refused.generation());
    assertThat(next.margin()).isEqualTo(refused.margin().plusMillis(7));
    assertThat(next.at().getLast())
        .as("a window behind the one that was refused, and nobody else waits")
        .isEqualTo(refused.at().getFirst().plusSeconds(1).plus(next.margin()));
    assertThat(next.at().getFirst()).isBefore(next.now().plusMillis(1));
  }

  @Test
  void threeInARowBlockAllForAWindow() {
    AcquireResult.Permits permits = claim(5);
    rateLimit.throttled(Duration.ofMillis(400));
    rateLimit.throttled(Duration.ofMillis(200));
    assertThat(claim(1).generation()).isEqualTo(permits.generation());
    pass(Duration.ofMillis(400));
    Instant now = rateLimit.clock();
    rateLimit.throttled(Duration.ZERO);
    AcquireResult.Permits next = claim(1);
    assertThat(next.generation())
        .as("slots claimed before are dropped")
        .isEqualTo(permits.generation() + 1);
    assertThat(next.at().getFirst()).isEqualTo(now.plusSeconds(1));
    assertThat(next.margin()).isEqualTo(permits.margin().plusMillis(7));
  }

  @Test
  void responsesToEarlierRequestsDoNotProlongABlock() {
    for (int age = 900; age >= 0; age -= 100) {
      rateLimit.throttled(Duration.ofMillis(age));
    }
    pass(Duration.ofMillis(900));
    for (int age = 1_800; age >= 900; age -= 100) {
      rateLimit.throttled(Duration.ofMillis(age));
    }
    assertThat(claim(1).at().getFirst()).isEqualTo(rateLimit.clock().plusMillis(100));
    assertThat(claim(1).generation()).isEqualTo(1);
  }

  @Test
  void aShortStallInALargeWindowIsNoRow() {
    rateLimit = join(new Rate(86));
    for (int i = 0; i < 20; i++) {
      rateLimit.throttled(Duration.ofMillis(i));
    }
    assertThat(claim(1).generation()).isEqualTo(1); // by the change of the rate
    rateLimit.throttled(Duration.ZERO);
    assertThat(claim(1).generation()).isEqualTo(2);
  }

  @Test
  void theMarginFollowsWhatIsSeenBetween10And250Milliseconds() {
    for (int i = 0; i < 120; i++) {
      rateLimit.throttled(Duration.ZERO);
      pass(Duration.ofSeconds(11));
    }
    assertThat(claim(1).margin()).isEqualTo(Duration.ofMillis(250));
    pass(Duration.ofMinutes(10)); // until then it returns slowly
    assertThat(marginAfter(6_000, Duration.ZERO))
        .isCloseTo(Duration.ofMillis(10), Duration.ofMillis(1));
    assertThat(marginAfter(3_000, Duration.ofMillis(2)))
        .isCloseTo(Duration.ofMillis(16), Duration.ofMillis(1));
    assertThat(marginAfter(3_000, Duration.ofSeconds(30)))
        .as("at most doubled: the limit is to be used")
        .isCloseTo(Duration.ofMillis(20), Duration.ofMillis(1));
  }

  /** After so many sends that all were late. */
  private Duration marginAfter(int sends, Duration late) {
    Duration margin = Duration.ZERO;
    for (int i = 0; i < sends / 5; i++) {
      pass(Duration.ofSeconds(2));
      List<PermitUsage> spent =
          claim(5).at().stream().map(slot -> new PermitUsage(slot, late, true)).toList();
      margin =
          ((AcquireResult.Permits)
                  rateLimit.acquire(new AcquireRequest(1, Duration.ZERO, spent, null)))
              .margin();
    }
    return margin;
  }

  @Test
  void whileThereAre429sTheMarginMovesInSmallSteps() {
    Duration start = claim(1).margin();
    rateLimit.throttled(Duration.ZERO);
    pass(Duration.ofSeconds(60));
    rateLimit.throttled(Duration.ZERO);
    AcquireResult.Permits permits = claim(1);
    assertThat(permits.margin()).isEqualTo(start.plusMillis(9));
    PermitUsage usage = new PermitUsage(permits.at().getFirst(), Duration.ZERO, true);
    assertThat(
            ((AcquireResult.Permits)
                    rateLimit.acquire(new AcquireRequest(1, Duration.ZERO, List.of(usage), null)))
                .margin())
        .isCloseTo(
            permits.margin().minusNanos(7_000), Duration.ofNanos(1_000)); // a 2000th of 14 ms
  }

  @Test
  void aSlowResponseDelaysThePermitAWindowLater() {
    AcquireResult.Permits permits = claim(5);
    Instant first = permits.at().getFirst();
    PermitUsage usage = new PermitUsage(first, Duration.ofMillis(2), true);
    rateLimit.acquire(new AcquireRequest(1, Duration.ZERO, List.of(usage), null));
    Instant second = permits.at().get(1);
    rateLimit.arrivedLate(second, Duration.ofMillis(3), Duration.ofMillis(60));
    assertThat(claim(1).at().getFirst())
        .as("its own slot had not been moved yet")
        .isCloseTo(
            second.plusMillis(63).plusSeconds(1).plus(permits.margin()),
            within(5, ChronoUnit.MICROS));
  }

  @Test
  void aLateArrivalIsFoundAfterALateSend() {
    AcquireResult.Permits permits = claim(5);
    Instant second = permits.at().get(1);
    PermitUsage usage = new PermitUsage(second, Duration.ofMillis(3), true);
    AcquireResult.Permits before =
        (AcquireResult.Permits)
            rateLimit.acquire(new AcquireRequest(1, Duration.ZERO, List.of(usage), null));
    rateLimit.arrivedLate(second, Duration.ofMillis(3), Duration.ofMillis(60));
    rateLimit.arrivedLate(second.minusSeconds(100), Duration.ofMillis(3), Duration.ofMillis(60));
    assertThat(claim(1).at().getFirst())
        .isEqualTo(second.plusMillis(63).plusSeconds(1).plus(before.margin()));
  }

  @Test
  void theMarginIsStoredInTheRow() {
    rateLimit.throttled(Duration.ZERO);
    Duration margin = claim(1).margin();
    rateLimit = join(new Rate(5));
    assertThat(claim(1).margin()).isEqualTo(margin);
  }

  @Test
  void sixInTenSecondsReduceTheRateForTenMinutes() {
    for (int i = 0; i < 5; i++) {
      assertThat(rateLimit.throttled(Duration.ZERO).reducedUntil()).isEmpty();
      pass(Duration.ofMillis(2_600));
    }
    assertThat(rateLimit.throttled(Duration.ZERO).reducedUntil()).as("five in 13 s").isEmpty();
    pass(Duration.ofSeconds(1));
    rateLimit.throttled(Duration.ZERO);
    assertThat(rateLimit.throttled(Duration.ZERO).reducedUntil())
        .contains(rateLimit.clock().plus(Duration.ofMinutes(10)));
    assertThat(window()).isBetween(1.0 / 0.7, 1.0 / 0.7 + 0.06);
    pass(Duration.ofMinutes(10));
    assertThat(window()).isBetween(1.0, 1.06);
  }

  @Test
  void aReducedRateHoldsInEachSecondAfterAPause() {
    for (int i = 0; i < 6; i++) {
      rateLimit.throttled(Duration.ZERO);
    }
    pass(Duration.ofSeconds(5));
    List<Instant> slots = claim(5).at();
    for (int i = 1; i < slots.size(); i++) {
      assertThat(Duration.between(slots.get(i - 1), slots.get(i)))
          .isBetween(Duration.ofMillis(288), Duration.ofMillis(291));
    }
  }

  /** How far slots lie apart that are n apart, in seconds. */
  private double window() {
    claim(5);
    Instant first = claim(5).at().getFirst();
    return Duration.between(first, claim(5).at().getFirst()).toNanos() / (double) SECONDS;
  }
}
