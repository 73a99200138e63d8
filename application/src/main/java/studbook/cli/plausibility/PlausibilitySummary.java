package studbook.cli.plausibility;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import studbook.json.horse.ListedFinding;
import studbook.pedigree.AnimalTable;
import studbook.pedigree.check.PlausibilityFinding;
import studbook.pedigree.check.PlausibilityReport;
import studbook.store.finding.CheckComparison;
import studbook.store.finding.FindingQueries.FindingCount;
import studbook.store.finding.StoredFinding;

/**
 * The result of a check, as {@code --json} prints it.
 *
 * @param checkedAt when it was stored; empty if it is not
 * @param previousAt when the check before was; empty for the first one, and if it is not stored
 * @param linksLeftOut links in error, which figures leave out
 * @param omitted findings that are not listed because of the limit
 */
public record PlausibilitySummary(
    Optional<Instant> checkedAt,
    Optional<Instant> previousAt,
    int horses,
    int linksLeftOut,
    List<RuleCount> rules,
    List<ListedFinding> findings,
    long omitted) {

  /** Of a check that is not stored. */
  public static PlausibilitySummary of(
      AnimalTable table, PlausibilityReport report, FindingOptions options) {
    List<PlausibilityFinding> selected =
        report.findings().stream()
            .filter(finding -> options.severities().contains(finding.severity()))
            .sorted((one, other) -> other.severity().compareTo(one.severity()))
            .toList();
    return new PlausibilitySummary(
        Optional.empty(),
        Optional.empty(),
        table.size(),
        report.faultyLinks(),
        RuleCount.of(report),
        selected.stream()
            .limit(options.limit())
            .map(finding -> ListedFinding.of(finding, table))
            .toList(),
        Math.max(0, selected.size() - options.limit()));
  }

  /**
   * Of a check that is stored.
   *
   * @param linksLeftOut those in error, except what a person has accepted
   * @param listed the findings that no person has accepted, up to the limit
   */
  public static PlausibilitySummary of(
      AnimalTable table,
      PlausibilityReport report,
      int linksLeftOut,
      FindingOptions options,
      CheckComparison comparison,
      List<FindingCount> counts,
      List<StoredFinding> listed) {
    long all =
        counts.stream()
            .filter(count -> options.severities().contains(count.severity()))
            .mapToLong(FindingCount::open)
            .sum();
    return new PlausibilitySummary(
        Optional.of(comparison.checkedAt()),
        comparison.previousAt(),
        table.size(),
        linksLeftOut,
        RuleCount.of(report.rules(), counts, comparison),
        listed.stream().map(ListedFinding::of).toList(),
        all - listed.size());
  }

  /** Errors that no person has accepted. */
  public long openErrors() {
    return total(RuleCount::errorFindings);
  }

  /** The sum over all rules. */
  long total(ToLongFunction<RuleCount> count) {
    return rules.stream().mapToLong(count).sum();
  }
}
