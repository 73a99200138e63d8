package studbook.quality;

import java.time.Duration;
import java.util.Map;

/**
 * From where on a run is a success, and rows are good.
 *
 * @param enriched per cent of the horses at least
 * @param pedigree per cent of the horses at least
 * @param errors per cent of the attempted horses; that many are too many
 * @param pause the longest one, by something critical, that is none yet
 * @param limits of the checks; a kind that is missing here has its usual ones
 */
public record Thresholds(
    double enriched,
    double pedigree,
    double errors,
    Duration pause,
    Map<CheckKind, ThresholdRange> limits) {

  /** Where nothing is set. */
  public static final Thresholds USUAL =
      new Thresholds(95, 70, 5, Duration.ofMinutes(10), Map.of());

  public Thresholds {
    limits = Map.copyOf(limits);
  }

  public ThresholdRange of(CheckKind kind) {
    return limits.getOrDefault(kind, kind.usual());
  }
}
