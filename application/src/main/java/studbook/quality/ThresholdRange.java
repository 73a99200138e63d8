package studbook.quality;

import java.math.BigDecimal;

/**
 * The shares from which on a result is a warning and a failure.
 *
 * @param most whether larger shares are bad; otherwise smaller ones
 * @param warn in per cent
 * @param fail in per cent; at least as bad as {@code warn}
 */
public record ThresholdRange(boolean most, double warn, double fail) {

  public ThresholdRange {
    if (most ? warn > fail : warn < fail) {
      throw new IllegalArgumentException(
          "a failure at %s before a warning at %s".formatted(fail, warn));
    }
  }

  /** A share of more than {@code warn} or {@code fail} per cent is bad. */
  static ThresholdRange atMost(double warn, double fail) {
    return new ThresholdRange(true, warn, fail);
  }

  /** A share of less than {@code warn} or {@code fail} per cent is bad. */
  static ThresholdRange atLeast(double warn, double fail) {
    return new ThresholdRange(false, warn, fail);
  }

  CheckStatus of(double share) {
    return isBeyond(share, fail)
        ? CheckStatus.FAIL
        : isBeyond(share, warn) ? CheckStatus.WARN : CheckStatus.PASS;
  }

  private boolean isBeyond(double share, double limit) {
    return most ? share > limit : share < limit;
  }

  /** {@code > 5 / 10%}, {@code < 90 / 70%}: warning and failure; one value if they are equal. */
  public String text() {
    String both = warn == fail ? plain(fail) : plain(warn) + " / " + plain(fail);
    return (most ? "> " : "< ") + both + "%";
  }

  /** {@code 5}, {@code 0.25}. */
  static String plain(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }
}
