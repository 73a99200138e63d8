package studbook.backfill.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When 404s are too many to be believed at once, and how many a horse needs then. */
class NotFoundStatisticsTest {

  /** A monotonic clock may overflow. */
  private static final long NOW = Duration.ofNanos(Long.MAX_VALUE - 10).toNanos();

  private final NotFoundStatistics statistics =
      new NotFoundStatistics(NotFoundStatistics.PersistenceRule.USUAL);

  private void answers(int number, int oneIn) {
    for (int i = 1; i <= number; i++) {
      statistics.answeredFirst(i % oneIn != 0);
    }
  }

  private void confirmed(int horses) {
    for (int i = 0; i < horses; i++) {
      statistics.confirmed();
    }
  }

  @Test
  void theTailIsTheBinomialOne() {
    assertThat(NotFoundStatistics.tail(3, 3, 0.5)).isEqualTo(0.125, within(1e-12));
    assertThat(NotFoundStatistics.tail(4, 1, 0.25)).isEqualTo(1 - Math.pow(0.75, 4), within(1e-12));
    assertThat(NotFoundStatistics.tail(10, 0, 0.1)).isEqualTo(1);
    assertThat(NotFoundStatistics.tail(5, 5, 1)).isEqualTo(1);
    assertThat(NotFoundStatistics.tail(0, 0, 0.1)).isEqualTo(1);
  }

  @Test
  void theUsualShareIsAcceptedInLongRuns() {
    answers(100_000, 30);
    assertThat(statistics.needed()).isEqualTo(1);
  }

  @Test
  void aQuarterIsMoreThanUsualFromTheBeginningAndInTheMiddleOfARun() {
    answers(NotFoundStatistics.NEIGHBOURS, 4);
    assertThat(statistics.needed()).isEqualTo(2);
    statistics.forgetAnswers();
    assertThat(statistics.needed()).isEqualTo(1);
    answers(1_000, 50);
    assertThat(statistics.needed()).isEqualTo(1);
    answers(NotFoundStatistics.NEIGHBOURS, 4);
    assertThat(statistics.needed()).isEqualTo(2);
  }

  @Test
  void twelveHorsesNotFoundAgainProveTheShareUntilItIsUsualAgain() {
    answers(100, 3);
    confirmed(11);
    assertThat(statistics.needed()).isEqualTo(2);
    confirmed(1);
    answers(1_000, 3);
    assertThat(statistics.needed()).isEqualTo(1);
    answers(200, 50);
    answers(100, 3);
    assertThat(statistics.needed()).as("the next time it is proved again").isEqualTo(2);
  }

  @Test
  void aRowOfHorsesThatAreAllUnknownIsProvedAFewTimesOnly() {
    answers(500, 50);
    int proofs = 0;
    for (int i = 0; i < 10_000; i++) {
      answers(1, 1);
      if (statistics.needed() == 2) {
        confirmed(12);
        proofs++;
      }
    }
    assertThat(proofs).isBetween(1, 10);
  }

  @Test
  void afterAWrong404EachHorseNeedsSeveral() {
    answers(100, 4);
    statistics.wasWrong(NOW);
    assertThat(statistics.needed()).as("at a quarter").isEqualTo(8);
    answers(60, 2);
    assertThat(statistics.needed()).as("at more").isGreaterThan(9);
    statistics.wasWrong(NOW);
    answers(99, 50);
    assertThat(statistics.needed()).as("it may grow again").isEqualTo(8);
    answers(1, 50);
    assertThat(statistics.needed()).isEqualTo(1);
  }

  @Test
  void aHundredWrong404sInAMinutePauseAndLaterTwiceAsMany() {
    long minute = Duration.ofMinutes(1).toNanos();
    for (int i = 0; i < 100; i++) {
      statistics.wasWrong(NOW + i);
    }
    assertThat(statistics.isPersistentlyWrong(NOW + 100)).as("within a minute").isFalse();
    assertThat(statistics.isPersistentlyWrong(NOW + minute)).isTrue();
    assertThat(statistics.pause()).isEqualTo(100);
    for (int i = 0; i < 199; i++) {
      statistics.wasWrong(NOW + minute + i);
    }
    assertThat(statistics.isPersistentlyWrong(NOW + 3 * minute)).isFalse();
    statistics.wasWrong(NOW + 2 * minute);
    assertThat(statistics.isPersistentlyWrong(NOW + 3 * minute)).isTrue();
  }
}
