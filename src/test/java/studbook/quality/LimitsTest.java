package studbook.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LimitsTest {

  @Test
  void aShareBeyondALimitIsBadAndOneAtItIsNot() {
    Limits most = Limits.atMost(5, 10);
    assertThat(most.of(5)).isEqualTo(Result.PASS);
    assertThat(most.of(5.01)).isEqualTo(Result.WARN);
    assertThat(most.of(10.01)).isEqualTo(Result.FAIL);
    Limits least = Limits.atLeast(90, 70);
    assertThat(least.of(90)).isEqualTo(Result.PASS);
    assertThat(least.of(89.99)).isEqualTo(Result.WARN);
    assertThat(least.of(69.99)).isEqualTo(Result.FAIL);
    assertThat(Limits.atMost(0, 0).of(0)).isEqualTo(Result.PASS);
    assertThat(Limits.atMost(0, 0).of(1e-5)).isEqualTo(Result.FAIL);
  }

  @Test
  void aFailureLiesBeyondAWarning() {
    assertThatThrownBy(() -> Limits.atMost(10, 5)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Limits.atLeast(70, 90)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aShareNeverLooksAsIfItReachedALimit() {
    assertThat(Percent.text(94.9999)).isEqualTo("94.99%");
    assertThat(Percent.text(0.0009)).isEqualTo("< 0.01%");
    assertThat(Percent.text(0)).isEqualTo("0.00%");
    assertThat(Limits.atMost(5, 10).text()).isEqualTo("> 5 / 10%");
    assertThat(Limits.atMost(0, 0).text()).isEqualTo("> 0%");
    assertThat(Limits.atLeast(99.5, 70).text()).isEqualTo("< 99.5 / 70%");
  }
}
