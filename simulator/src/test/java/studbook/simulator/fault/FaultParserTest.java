package studbook.simulator.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import studbook.simulator.fault.FaultProfile.FaultShare;
import studbook.simulator.fault.SimulatedFault.FaultType;
import studbook.simulator.fault.SimulatedFault.StatusFault;

class FaultParserTest {

  @Test
  void kindsAndTheirShares() {
    assertThat(FaultProfile.parse("500:0.3, timeout:.01,duplicate-keys:0.02").faults())
        .containsExactly(
            new FaultShare(new StatusFault(500, List.of()), 0.3),
            new FaultShare(FaultType.TIMEOUT, 0.01),
            new FaultShare(FaultType.DUPLICATE_KEYS, 0.02));
  }

  @Test
  void aRetryAfterMayBeADateOrSeveral() {
    FaultProfile faults =
        FaultProfile.parse(
            "429:0.1:Wed, 21 Oct 2026 07:28:00 GMT,503:0.1:2|abc,retry-after:-5,cut:0.1");

    assertThat(faults.faults())
        .containsExactly(
            new FaultShare(new StatusFault(429, List.of("Wed, 21 Oct 2026 07:28:00 GMT")), 0.1),
            new FaultShare(new StatusFault(503, List.of("2", "abc")), 0.1),
            new FaultShare(FaultType.CUT, 0.1));
    assertThat(faults.retryAfter()).containsExactly("-5");
  }

  @Test
  void noTextIsNoFault() {
    assertThat(FaultProfile.parse(" ")).isEqualTo(FaultProfile.NONE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "500:0.1,boom:0.2 | fault 'boom:0.2': unknown kind",
        "200:0.2 | fault '200:0.2': unknown kind",
        "500 | fault '500': it needs a share",
        "500:often | fault '500:often': not a number: often",
        "500:0 | fault '500:0': not a share above 0 and up to 1",
        "500:NaN | fault '500:NaN': not a share above 0 and up to 1",
        "cut:0.5:3 | fault 'cut:0.5:3': only a status has a Retry-After",
      })
  void aBadEntryIsNamedTogetherWithTheKindsThatThereAre(String text, String message) {
    assertThatThrownBy(() -> FaultProfile.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message)
        .hasMessageContaining("kinds: a status from 400 to 599, timeout, slow, cut, close, html");
  }

  @Test
  void moreThanAllRequestsCannotMeetAFault() {
    assertThatThrownBy(() -> FaultProfile.parse("500:0.6,cut:0.6"))
        .hasMessageContaining("add up to 1.2");
  }
}
