package studbook.racingapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static studbook.racingapi.VirtualProcess.SECONDS;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import studbook.store.Budget;
import studbook.store.BudgetKey;
import studbook.store.Claim;
import studbook.store.Grant;
import studbook.store.Spent;
import studbook.time.Rate;

/** What a 429 makes of the budget, to the microsecond, by a clock that moves when told. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ThrottlingTest {

  private VirtualDatabase database;
  private Budget budget;

  @BeforeAll
  void start() throws Exception {
    database = new VirtualDatabase();
  }

  @AfterAll
  void stop() throws Exception {
    database.close();
  }

  @BeforeEach
  void join() throws Exception {
    database.enter(null);
    budget = join(new Rate(5));
  }

  private Budget join(Rate rate) {
    return Budget.join(database.jdbi(() -> 0), new BudgetKey("account"), rate);
  }

  private Grant.Slots claim(int count) {
    return (Grant.Slots) budget.claim(Claim.of(count, Duration.ZERO));
  }

  private void pass(Duration time) {
    database.setClockBy(time.toNanos());
  }

  @Test
  void manySlotsAtOnceWaitAsLongAsManySingleOnes() throws Exception {
    for (int count = 1; count <= 20; count++) {
      database.enter(null);
      budget = join(new Rate(20));
      claim(7);
      List<Instant> atOnce = claim(count).at();
      database.enter(null);
      budget = join(new Rate(20));
      claim(7);
      for (int i = 0; i < count; i++) {
        // a success shrinks the margin by a microsecond
        assertThat(claim(1).at().getFirst())
            .isCloseTo(atOnce.get(i), within(50, ChronoUnit.MICROS));
      }
    }
  }

  @Test
  void aLateSendPushesTheSlotAWindowBehindIt() {
    Grant.Slots slots = claim(5);
    Duration late = Duration.ofMillis(12);
    Spent spent = Spent.late(slots.at().getFirst(), late);
    Grant.Slots next =
        (Grant.Slots) budget.claim(new Claim(1, Duration.ZERO, List.of(spent), null));
    assertThat(next.at())
        .containsExactly(slots.at().getFirst().plus(late).plusSeconds(1).plus(slots.margin()));
  }

  @Test
  void anUnusedSlotIsGrantedAgainAndNoneBeforeIt() {
    claim(5);
    Grant.Slots unused = claim(2);
    List<Spent> spent = unused.at().stream().map(Spent::unused).toList();
    Grant.Slots again = (Grant.Slots) budget.claim(new Claim(2, Duration.ZERO, spent, null));
    assertThat(again.at().getFirst())
        .isCloseTo(unused.at().getLast(), within(5, ChronoUnit.MICROS));
    assertThat(again.at().getLast()).isBefore(unused.at().getLast().plusMillis(200));
  }

  @Test
  void thePauseIsAtLeastAWindowAndAtMostAnHour() throws Exception {
    assertThat(budget.throttled(Duration.ZERO, 0).pause()).isEqualTo(Duration.ofSeconds(1));
    assertThat(budget.throttled(Duration.ofSeconds(-5), 1).pause())
        .isEqualTo(Duration.ofSeconds(1));
    assertThat(budget.throttled(Duration.ofSeconds(2), 2).pause()).isEqualTo(Duration.ofSeconds(2));
    assertThat(budget.throttled(Duration.ofDays(400), 3).pause()).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void aShortPauseIsInTheSlotAndALongOneNeverEntersTheRing() {
    Instant start = claim(1).now();
    budget.throttled(Duration.ofSeconds(4), 0);
    assertThat(claim(1).at().getFirst()).isEqualTo(start.plusSeconds(4));
    budget.throttled(Duration.ofMinutes(10), 1);
    assertThat(budget.claim(Claim.of(1, Duration.ZERO)))
        .isInstanceOfSatisfying(
            Grant.Held.class, held -> assertThat(held.left()).isEqualTo(Duration.ofMinutes(10)));
    pass(Duration.ofMinutes(10));
    assertThat(claim(1).at().getFirst()).isEqualTo(start.plus(Duration.ofMinutes(10)));
  }

  @Test
  void anAnswerOtherThan429HoldsEverybodyAndLeavesTheRateAlone() {
    Grant.Slots before = claim(1);
    budget.hold(Duration.ofMillis(4_400), before.epoch());
    Grant.Slots after = claim(1);
    assertThat(after.at().getFirst()).isEqualTo(before.now().plusMillis(4_400));
    assertThat(after.epoch()).as("slots claimed before are dropped").isEqualTo(before.epoch() + 1);
    assertThat(after.margin()).isLessThanOrEqualTo(before.margin());
    budget.hold(Duration.ofSeconds(1), before.epoch());
    assertThat(claim(1).epoch()).as("told twice").isEqualTo(after.epoch());
    budget.hold(Duration.ofDays(1), after.epoch());
    assertThat(budget.claim(Claim.of(1, Duration.ZERO)))
        .isInstanceOfSatisfying(
            Grant.Held.class, held -> assertThat(held.left()).isEqualTo(Duration.ofHours(1)));
  }

  @Test
  void aPacerReportsALongHold() throws Exception {
    VirtualWorld world = new VirtualWorld();
    LimitedPacer pacer = new LimitedPacer(budget, world::now, duration -> {});
    budget.throttled(Duration.ofMinutes(3), 0);
    assertThat(pacer.next()).isEqualTo(new Turn.Hold(Duration.ofMinutes(3)));
  }

  @Test
  void severalOfOneEpochCountOnceAndTheMarginGrowsWithEach() {
    Duration margin = claim(1).margin();
    for (int i = 0; i < 5; i++) {
      assertThat(budget.throttled(Duration.ZERO, 0).reducedUntil()).isEmpty();
    }
    Grant.Slots slots = claim(1);
    assertThat(slots.epoch()).isEqualTo(1);
    assertThat(slots.margin()).isEqualTo(margin.plusMillis(5).minusNanos(1_000));
  }

  @Test
  void theMarginStaysBetween6And250Milliseconds() {
    for (int epoch = 0; epoch < 60; epoch++) {
      budget.throttled(Duration.ZERO, epoch);
      pass(Duration.ofSeconds(11));
    }
    assertThat(claim(1).margin()).isBetween(Duration.ofMillis(249), Duration.ofMillis(250));
    budget = join(new Rate(10_000));
    for (int i = 0; i < 40; i++) {
      claim(10_000);
      pass(Duration.ofSeconds(2));
    }
    assertThat(claim(1).margin()).isEqualTo(Duration.ofMillis(6));
  }

  @Test
  void threeInTenSecondsLowerTheRateForTenMinutes() {
    budget.throttled(Duration.ZERO, 0);
    pass(Duration.ofSeconds(4));
    budget.throttled(Duration.ZERO, 1);
    pass(Duration.ofSeconds(7));
    assertThat(budget.throttled(Duration.ZERO, 2).reducedUntil()).isEmpty();
    pass(Duration.ofSeconds(2));
    assertThat(budget.throttled(Duration.ZERO, 3).reducedUntil())
        .contains(budget.clock().plus(Duration.ofMinutes(10)));
    assertThat(window()).isBetween(1.0 / 0.7, 1.0 / 0.7 + 0.05);
    pass(Duration.ofMinutes(10));
    assertThat(window()).isBetween(1.0, 1.05);
  }

  /** How far slots lie apart that are n apart, in seconds. */
  private double window() {
    claim(5);
    Instant first = claim(5).at().getFirst();
    return Duration.between(first, claim(5).at().getFirst()).toNanos() / (double) SECONDS;
  }
}
