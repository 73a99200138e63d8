package studbook.quality;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import studbook.store.statistics.ConsistentSnapshot;
import studbook.store.table.CheckCounts;

/**
 * How good the rows with data are, in one number from 0 to 100: the share of their expected fields
 * that is filled, and each impossible value takes away what a whole row is worth.
 *
 * @param rows with data, at least one
 * @param filled of the expected fields, all rows together
 * @param impossible values
 */
public record QualityScore(long rows, long filled, long impossible) {

  /** What it is computed by. */
  public static final String FORMULA =
      "100 × (filled fields / (8 × rows) − impossible values / rows)";

  private static final List<Check> COUNTED =
      Checks.ALL.stream().filter(check -> check.kind() != CheckKind.DOUBTFUL).toList();
  private static final long FIELDS = COUNTED.stream().filter(QualityScore::isField).count();

  /** The score as the tables stand; empty where no row has data. 111,430 rows take some 0.1 s. */
  public static Optional<QualityScore> take(Jdbi jdbi) {
    CheckCounts counts =
        ConsistentSnapshot.take(
            jdbi, audit -> audit.rows(COUNTED.stream().map(Check::fault).toList()));
    return of(counts.rows(), CheckResults.of(COUNTED, counts, Thresholds.USUAL));
  }

  /** The score that these findings come to. */
  static Optional<QualityScore> of(long rows, List<CheckResult> findings) {
    long missing =
        findings.stream()
            .filter(finding -> isField(finding.check()))
            .mapToLong(CheckResult::faults)
            .sum();
    long impossible =
        findings.stream()
            .filter(finding -> finding.check().kind() == CheckKind.IMPOSSIBLE)
            .mapToLong(CheckResult::faults)
            .sum();
    return rows == 0
        ? Optional.empty()
        : Optional.of(new QualityScore(rows, FIELDS * rows - missing, impossible));
  }

  private static boolean isField(Check check) {
    return check.kind() == CheckKind.MISSING || check.kind() == CheckKind.KNOWN;
  }

  /** How many fields were expected. */
  public long expected() {
    return FIELDS * rows;
  }

  public double value() {
    return Math.max(0, 100.0 * filled / expected() - 100.0 * impossible / rows);
  }
}
