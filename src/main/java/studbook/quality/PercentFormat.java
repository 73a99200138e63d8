package studbook.quality;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Shares as people read them. */
public final class PercentFormat {

  private PercentFormat() {}

  /**
   * {@code 96.08%}: cut and not rounded, so that 94.996% does not look like 95%; {@code < 0.01%}
   * where that would hide that there is something.
   */
  public static String text(double percent) {
    return percent > 0 && percent < 0.01
        ? "< 0.01%"
        : BigDecimal.valueOf(percent).setScale(2, RoundingMode.DOWN).toPlainString() + "%";
  }
}
