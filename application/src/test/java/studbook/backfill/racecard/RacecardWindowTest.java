package studbook.backfill.racecard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import studbook.backfill.ManualTicker;
import studbook.backfill.write.WriteRequest;
import studbook.store.racecard.RacecardDayWrite;
import studbook.store.work.Lease;

/** In which order days are written, and when they no longer wait for a newer one. */
class RacecardWindowTest {

  private static final int SIZE = 6;

  private final ManualTicker ticker = new ManualTicker();
  private final RacecardWindow window = new RacecardWindow(3, SIZE);

  private static Lease day(int number) {
    return new Lease(1, number, 1);
  }

  private void claim(int first, int last) {
    for (int number = first; number <= last; number++) {
      window.add(day(number));
    }
  }

  private void read(int number) {
    window.onRead(
        new WriteRequest.RacecardDay(
            day(number),
            LocalDate.of(2025, 6, 1),
            RacecardDayWrite.DayStatus.READ,
            Optional.empty(),
            1,
            List.of(),
            List.of()),
        ticker.nanos());
  }

  private List<Integer> writable() {
    return numbers(window.pollWritable(ticker.nanos()));
  }

  private static List<Integer> numbers(List<WriteRequest.RacecardDay> days) {
    return days.stream().map(day -> day.lease().chunk()).toList();
  }

  @Test
  void daysAreWrittenInTheOrderOfTheirClaims() {
    claim(1, 4);
    read(3);
    read(2);
    assertThat(writable()).isEmpty();
    read(1);
    assertThat(writable()).containsExactly(1, 2, 3);
    assertThat(writable()).as("once each").isEmpty();
    read(4);
    assertThat(writable()).containsExactly(4);
  }

  @Test
  void aDroppedDayHoldsUpNoOther() {
    claim(1, 2);
    read(2);
    window.remove(day(1));
    assertThat(writable()).containsExactly(2);
  }

  @Test
  void aDayThatIsMissingInAFullWindowIsLateAndWrittenWhenItComes() {
    claim(1, SIZE - 1);
    for (int number = 2; number < SIZE; number++) {
      read(number);
    }
    assertThat(writable()).isEmpty();
    claim(SIZE, SIZE);
    assertThat(window.mayClaim()).isFalse();
    assertThat(writable()).containsExactly(2, 3, 4, 5);
    assertThat(window.mayClaim()).as("late days are counted apart").isTrue();
    read(1);
    assertThat(writable()).containsExactly(1);
    window.remove(day(1));
    assertThat(window.held()).hasSize(SIZE - 1);
  }

  @Test
  void daysWaitThreeSecondsAfterTheLastOneThatWasRead() {
    claim(1, 3);
    ticker.seconds(60);
    assertThat(writable()).as("nothing waits").isEmpty();
    read(2);
    ticker.seconds(2);
    read(3);
    ticker.seconds(3);
    assertThat(writable()).isEmpty();
    ticker.pass(Duration.ofMillis(1));
    assertThat(writable()).containsExactly(2, 3);
  }

  @Test
  void atTheEndWhatWasReadIsWrittenWithoutTheMissingDays() {
    claim(1, 4);
    read(1);
    assertThat(writable()).containsExactly(1);
    read(3);
    assertThat(numbers(window.pollRead())).containsExactly(3);
  }
}
