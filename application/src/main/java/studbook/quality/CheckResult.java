package studbook.quality;

import java.util.Optional;

/**
 * The result of a check.
 *
 * @param faults rows at fault
 * @param rows that were checked
 * @param limits that apply
 * @param example the id of a row at fault, if the check does not pass
 */
public record CheckResult(
    Check check, long faults, long rows, ThresholdRange limits, Optional<String> example) {

  CheckResult with(Optional<String> row) {
    return new CheckResult(check, faults, rows, limits, row);
  }

  /** The figure: the share of rows at fault, or for a known field the share with it. */
  public double percent() {
    double atFault = rows == 0 ? 0 : 100.0 * faults / rows;
    return limits.most() ? atFault : 100 - atFault;
  }

  /** The number of rows that the figure is a share of. */
  public long counted() {
    return limits.most() ? faults : rows - faults;
  }

  public CheckStatus result() {
    return rows == 0 ? CheckStatus.NOT_APPLICABLE : limits.of(percent());
  }
}
