package studbook.time;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;

/**
 * Requests a second, or no limit. A limit is between 0.01 and 10,000: below, a run would not end;
 * above, the rate limit's arithmetic in microseconds is too coarse.
 *
 * @param perSecond requests a second; infinite: unlimited
 */
public record Rate(double perSecond) {

  /** No limit: no permits are acquired. */
  public static final Rate UNLIMITED = new Rate(Double.POSITIVE_INFINITY);

  private static final double LOWEST = 0.01;
  private static final double HIGHEST = 10_000;

  public Rate {
    boolean limited = perSecond >= LOWEST && perSecond <= HIGHEST;
    if (!limited && perSecond != Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException("not a rate: " + perSecond + " requests a second");
    }
  }

  /** Parses a rate: a decimal from 0.01 to 10000, or {@code unlimited}. */
  public static Optional<Rate> parse(String text) {
    String trimmed = text.strip().toLowerCase(Locale.ROOT);
    if (trimmed.equals("unlimited")) {
      return Optional.of(UNLIMITED);
    }
    if (!trimmed.matches("\\d{1,5}(\\.\\d{1,6})?")) {
      return Optional.empty();
    }
    double value = Double.parseDouble(trimmed);
    return value >= LOWEST && value <= HIGHEST ? Optional.of(new Rate(value)) : Optional.empty();
  }

  public boolean isUnlimited() {
    return Double.isInfinite(perSecond);
  }

  /** A share of this rate, at least the lowest rate. */
  public Rate times(double share) {
    return isUnlimited() ? this : new Rate(Math.max(LOWEST, perSecond * share));
  }

  /** {@code 2/s}, {@code 2.5/s} or {@code unlimited}. */
  @Override
  public String toString() {
    return isUnlimited()
        ? "unlimited"
        : new BigDecimal(perSecond)
                .setScale(6, java.math.RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString()
            + "/s";
  }
}
