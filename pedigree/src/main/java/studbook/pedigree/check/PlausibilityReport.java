package studbook.pedigree.check;

import java.util.BitSet;
import java.util.List;
import studbook.pedigree.ParentLinks;

/**
 * The findings of a check, by rule in the order of the rules. Immutable.
 *
 * @param rules that were checked
 */
public record PlausibilityReport(List<RuleDescription> rules, List<PlausibilityFinding> findings) {

  /** Copies the lists. */
  public PlausibilityReport {
    rules = List.copyOf(rules);
    findings = List.copyOf(findings);
  }

  public long count(FindingSeverity severity) {
    return findings.stream().filter(finding -> finding.severity() == severity).count();
  }

  /** How many links {@link #usable} leaves out. */
  public int faultyLinks() {
    return faulty(ParentSide.SIRE).cardinality() + faulty(ParentSide.DAM).cardinality();
  }

  /**
   * The links without those that are in error. If the check had the rule {@code cycle}, no animal
   * is its own ancestor in them.
   *
   * @param links of the table that was checked
   */
  public ParentLinks usable(ParentLinks links) {
    return links.without(faulty(ParentSide.SIRE), faulty(ParentSide.DAM));
  }

  /** The animals whose link to that parent is in error. */
  public BitSet faulty(ParentSide side) {
    BitSet offspring = new BitSet();
    findings.stream()
        .flatMap(finding -> finding.faultyLinks().stream())
        .filter(link -> link.side() == side)
        .forEach(link -> offspring.set(link.offspring()));
    return offspring;
  }
}
