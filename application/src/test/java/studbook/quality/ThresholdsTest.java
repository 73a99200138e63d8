package studbook.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ThresholdsTest {

  @Test
  void aShareBeyondALimitIsBadAndOneAtItIsNot() {
    ThresholdRange most = ThresholdRange.atMost(5, 10);
    assertThat(most.of(5)).isEqualTo(CheckStatus.PASS);
    assertThat(most.of(5.01)).isEqualTo(CheckStatus.WARN);
    assertThat(most.of(10.01)).isEqualTo(CheckStatus.FAIL);
    ThresholdRange least = ThresholdRange.atLeast(90, 70);
    assertThat(least.of(90)).isEqualTo(CheckStatus.PASS);
    assertThat(least.of(89.99)).isEqualTo(CheckStatus.WARN);
    assertThat(least.of(69.99)).isEqualTo(CheckStatus.FAIL);
    assertThat(ThresholdRange.atMost(0, 0).of(0)).isEqualTo(CheckStatus.PASS);
    assertThat(ThresholdRange.atMost(0, 0).of(1e-5)).isEqualTo(CheckStatus.FAIL);
  }

  @Test
  void aFailureLiesBeyondAWarning() {
    assertThatThrownBy(() -> ThresholdRange.atMost(10, 5))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ThresholdRange.atLeast(70, 90))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aShareNeverLooksAsIfItReachedALimit() {
    assertThat(PercentFormat.text(94.9999)).isEqualTo("94.99%");
    assertThat(PercentFormat.text(0.0009)).isEqualTo("< 0.01%");
    assertThat(PercentFormat.text(0)).isEqualTo("0.00%");
    assertThat(ThresholdRange.atMost(5, 10).text()).isEqualTo("> 5 / 10%");
    assertThat(ThresholdRange.atMost(0, 0).text()).isEqualTo("> 0%");
    assertThat(ThresholdRange.atLeast(99.5, 70).text()).isEqualTo("< 99.5 / 70%");
  }
}
