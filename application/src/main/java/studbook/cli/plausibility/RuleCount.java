package studbook.cli.plausibility;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import studbook.pedigree.check.FindingSeverity;
import studbook.pedigree.check.PlausibilityFinding;
import studbook.pedigree.check.PlausibilityReport;
import studbook.pedigree.check.RuleDescription;
import studbook.store.finding.CheckComparison;
import studbook.store.finding.FindingQueries.FindingCount;

/**
 * The findings of a rule.
 *
 * @param errorFindings without those that a person has accepted, like the other severities
 * @param acceptedFindings of all severities
 * @param newFindings since the check before
 * @param closedFindings found by the check before and not any more
 */
public record RuleCount(
    String rule,
    String text,
    long errorFindings,
    long warningFindings,
    long noteFindings,
    long acceptedFindings,
    long newFindings,
    long closedFindings) {

  /** Of a check that is not stored. */
  static List<RuleCount> of(PlausibilityReport report) {
    return report.rules().stream()
        .map(rule -> {
          List<PlausibilityFinding> own =
              report.findings().stream()
                  .filter(finding -> finding.rule().equals(rule.id()))
                  .toList();
          return new RuleCount(
              rule.id(),
              rule.text(),
              count(own, FindingSeverity.ERROR),
              count(own, FindingSeverity.WARNING),
              count(own, FindingSeverity.NOTE),
              0,
              0,
              0);
        })
        .toList();
  }

  private static long count(List<PlausibilityFinding> findings, FindingSeverity severity) {
    return findings.stream().filter(finding -> finding.severity() == severity).count();
  }

  /** Of a check that is stored. */
  static List<RuleCount> of(
      List<RuleDescription> rules, List<FindingCount> counts, CheckComparison comparison) {
    return rules.stream().map(rule -> of(rule, counts, comparison)).toList();
  }

  private static RuleCount of(
      RuleDescription rule, List<FindingCount> counts, CheckComparison comparison) {
    List<FindingCount> own =
        counts.stream().filter(count -> count.rule().equals(rule.id())).toList();
    return new RuleCount(
        rule.id(),
        rule.text(),
        sum(own, count -> count.severity() == FindingSeverity.ERROR),
        sum(own, count -> count.severity() == FindingSeverity.WARNING),
        sum(own, count -> count.severity() == FindingSeverity.NOTE),
        own.stream().mapToLong(FindingCount::accepted).sum(),
        of(comparison.added(), rule.id()),
        of(comparison.closed(), rule.id()));
  }

  private static long sum(List<FindingCount> counts, Predicate<FindingCount> which) {
    return counts.stream().filter(which).mapToLong(FindingCount::open).sum();
  }

  private static long of(Map<String, Long> counts, String rule) {
    return counts.getOrDefault(rule, 0L);
  }

  /** Whether the rule found anything, now or before. */
  boolean isWorthARow() {
    return Stream.of(errorFindings, warningFindings, noteFindings, acceptedFindings, closedFindings)
        .anyMatch(count -> count > 0);
  }
}
