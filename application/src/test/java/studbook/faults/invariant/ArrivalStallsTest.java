package studbook.faults.invariant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ArrivalStallsTest {

  private static final long MILLISECOND = 1_000_000L;
  private static final long SECOND = 1_000 * MILLISECOND;

  private final ArrivalStalls stalls = new ArrivalStalls();

  @Test
  void withoutAStallEachArrivalIsCountedWhereItWasSeen() {
    assertThat(permit(2, 0, 500, 1_000, 1_500)).isTrue();
    assertThat(permit(2, 0, 500, 999, 1_500)).isFalse();
  }

  @Test
  void whatCameRightAfterAStallMayHaveComeInIt() {
    stall(100, 1_000);
    assertThat(permit(2, 0, 1_000, 1_005, 1_200, 1_300)).isFalse();
    assertThat(permit(2, 0, 1_000, 1_005, 1_200)).isTrue();
    assertThat(permit(2, 0, 1_000, 1_005, 1_006)).isFalse();
  }

  @Test
  void aStallExcusesNoSecondAfterIt() {
    stall(100, 1_000);
    assertThat(permit(2, 1_100, 1_200, 1_300)).isFalse();
  }

  @Test
  void aShortStallExcusesOnlyItsLength() {
    stall(900, 950);
    assertThat(permit(2, 0, 10, 951, 1_000)).isFalse();
    stall(1_900, 2_000);
    assertThat(permit(2, 951, 1_200, 2_001, 2_210)).isTrue();
  }

  @Test
  void afterAShortStallTheOtherWakeUpsOfARequestMayTakeAsLong() {
    stall(1_000, 1_040);
    assertThat(permit(2, 100, 1_110, 1_115, 2_050)).isTrue();
    assertThat(permit(2, 100, 1_121, 1_122, 2_050)).isFalse();
    stall(3_000, 3_101);
    assertThat(permit(2, 2_100, 3_140, 3_141, 4_050)).as("a freeze").isFalse();
  }

  @Test
  void threadsThatWakeUpLateExcuseThreeTimesThatAround() {
    stalls.addDelay(100 * MILLISECOND, 15 * MILLISECOND);
    assertThat(permit(2, 0, 10, 955, 966)).isTrue();
    assertThat(permit(2, 0, 10, 954, 966)).isFalse();
    assertThat(permit(2, 1_200, 1_210, 2_155, 2_300)).as("later").isFalse();
  }

  private void stall(long from, long until) {
    stalls.add(from * MILLISECOND, until * MILLISECOND);
  }

  private boolean permit(int limit, long... milliseconds) {
    long[] arrivals = LongStream.of(milliseconds).map(at -> at * MILLISECOND).toArray();
    return stalls.tooEarly(arrivals, limit, SECOND).isEmpty();
  }
}
