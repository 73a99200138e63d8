package studbook.quality;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Formats percentages. */
public final class PercentFormat {

  private PercentFormat() {}

  /**
   * {@code 96.08%}: cut, not rounded, so that 94.996% does not look like 95%; {@code < 0.01%} for a
   * small value above zero.
   */
  public static String text(double percent) {
    return percent > 0 && percent < 0.01
        ? "< 0.01%"
        : BigDecimal.valueOf(percent).setScale(2, RoundingMode.DOWN).toPlainString() + "%";
  }
}
