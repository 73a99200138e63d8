package studbook.store.finding;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * How a check differs from earlier ones.
 *
 * @param previousAt when the check before it was; empty if it is the first
 * @param added findings by rule that were not open before
 * @param closed findings by rule that were open and are not found any more
 */
public record CheckComparison(
    long checkId,
    Instant checkedAt,
    Optional<Instant> previousAt,
    Map<String, Long> added,
    Map<String, Long> closed) {

  /** The sum of all rules. */
  public static long total(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
