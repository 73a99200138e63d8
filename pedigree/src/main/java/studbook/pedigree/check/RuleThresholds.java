package studbook.pedigree.check;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** The values of all thresholds. Immutable. */
public final class RuleThresholds {

  public static final int HIGHEST = 100_000;

  /** The defaults. */
  public static final RuleThresholds USUAL = new RuleThresholds(Map.of());

  private final Map<RuleThreshold, Integer> values = new EnumMap<>(RuleThreshold.class);

  /**
   * The defaults, except for the given values.
   *
   * @throws IllegalArgumentException if a value is not from 0 to {@link #HIGHEST}
   */
  public RuleThresholds(Map<RuleThreshold, Integer> given) {
    for (RuleThreshold threshold : RuleThreshold.values()) {
      int value = given.getOrDefault(threshold, threshold.usual());
      if (value < 0 || value > HIGHEST) {
        throw new IllegalArgumentException(
            "%s should be a number from 0 to %d, not %d"
                .formatted(threshold.key(), HIGHEST, value));
      }
      values.put(threshold, value);
    }
  }

  public int of(RuleThreshold threshold) {
    return Objects.requireNonNull(values.get(threshold));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RuleThresholds same && values.equals(same.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return values.toString();
  }
}
