package studbook.quality;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import studbook.store.statistics.ConsistentSnapshot;
import studbook.store.table.CheckCounts;

/**
 * The quality of the rows with data, from 0 to 100: the share of expected fields that are filled;
 * each impossible value subtracts a whole row.
 *
 * @param rows with data, at least one
 * @param filled expected fields of all rows
 * @param impossible values
 */
public record QualityScore(long rows, long filled, long impossible) {

  /** The formula of the score. */
  public static final String FORMULA =
      "100 × (filled fields / (8 × rows) − impossible values / rows)";

  private static final List<Check> COUNTED =
      Checks.ALL.stream().filter(check -> check.kind() != CheckKind.SUSPECT).toList();
  private static final long FIELDS = COUNTED.stream().filter(QualityScore::isField).count();

  /**
   * The score of the current tables; empty if no row has data; fails where a lock lasts. 111,430
   * rows take some 0.1 s.
   */
  public static Optional<QualityScore> compute(Jdbi jdbi) {
    CheckCounts counts =
        ConsistentSnapshot.takeIfPossible(
            jdbi, snapshot -> snapshot.rows(COUNTED.stream().map(Check::fault).toList()));
    return of(counts.rows(), CheckResults.of(COUNTED, counts));
  }

  /** The score of these results. */
  static Optional<QualityScore> of(long rows, List<CheckResult> findings) {
    long missing =
        findings.stream()
            .filter(result -> isField(result.check()))
            .mapToLong(CheckResult::faults)
            .sum();
    long impossible =
        findings.stream()
            .filter(result -> result.check().kind() == CheckKind.IMPOSSIBLE)
            .mapToLong(CheckResult::faults)
            .sum();
    return rows == 0
        ? Optional.empty()
        : Optional.of(new QualityScore(rows, FIELDS * rows - missing, impossible));
  }

  private static boolean isField(Check check) {
    return check.kind() == CheckKind.MISSING || check.kind() == CheckKind.KNOWN;
  }

  /** The number of expected fields. */
  public long expected() {
    return FIELDS * rows;
  }

  public double value() {
    return Math.max(0, 100.0 * filled / expected() - 100.0 * impossible / rows);
  }
}
