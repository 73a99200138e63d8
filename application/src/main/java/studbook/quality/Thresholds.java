package studbook.quality;

import java.time.Duration;

/**
 * The success criteria of a run.
 *
 * @param enriched minimum share of the horses, in percent
 * @param pedigree minimum share of the horses, in percent
 * @param errors share of the attempted horses, in percent, that a run must stay below
 * @param pause longest pause by credentials or the database that is not critical
 */
public record Thresholds(double enriched, double pedigree, double errors, Duration pause) {

  /** The defaults. */
  public static final Thresholds USUAL = new Thresholds(95, 70, 5, Duration.ofMinutes(10));
}
