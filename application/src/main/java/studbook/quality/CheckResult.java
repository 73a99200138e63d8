package studbook.quality;

import java.util.List;
import java.util.Optional;

/**
 * The result of a check.
 *
 * @param faults rows at fault
 * @param rows that were checked
 * @param examples the first ids of rows at fault, if the check does not pass
 */
public record CheckResult(Check check, long faults, long rows, List<String> examples) {

  public CheckResult {
    examples = List.copyOf(examples);
  }

  CheckResult with(List<String> found) {
    return new CheckResult(check, faults, rows, found);
  }

  /** The first of the examples. */
  public Optional<String> example() {
    return examples.stream().findFirst();
  }

  /** The threshold of its kind of check. */
  public ThresholdRange limits() {
    return check.kind().threshold();
  }

  /** The figure: the share of rows at fault, or for a known field the share with it. */
  public double percent() {
    double atFault = rows == 0 ? 0 : 100.0 * faults / rows;
    return limits().most() ? atFault : 100 - atFault;
  }

  /** The number of rows that the figure is a share of. */
  public long counted() {
    return limits().most() ? faults : rows - faults;
  }

  public CheckStatus result() {
    return rows == 0 ? CheckStatus.NOT_APPLICABLE : limits().of(percent());
  }
}
