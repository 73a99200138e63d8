package studbook.pedigree.check;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import studbook.pedigree.AnimalTable;
import studbook.pedigree.check.RuleDescription.RuleScope;

/**
 * Checks the records of a pedigree by rules. The result depends on the records, the thresholds and
 * the day alone. Immutable and safe for many threads.
 */
public final class PlausibilityCheck {

  private final List<PlausibilityRule> rules;
  private final RuleThresholds thresholds;
  private final LocalDate today;

  /**
   * A check by those rules that are made for one of the scopes.
   *
   * @param today births after this day are in the future
   */
  public PlausibilityCheck(
      List<PlausibilityRule> rules,
      Set<RuleScope> scopes,
      RuleThresholds thresholds,
      LocalDate today) {
    this.rules =
        rules.stream().filter(rule -> scopes.contains(rule.description().scope())).toList();
    this.thresholds = thresholds;
    this.today = today;
  }

  /** Checks all animals. */
  public PlausibilityReport run(AnimalTable table) {
    return run(table, List.of());
  }

  /**
   * Checks all animals.
   *
   * @param parentNames names that records give parents; may lack those that equal the parent's own
   */
  public PlausibilityReport run(AnimalTable table, List<GivenParentName> parentNames) {
    return run(rules, table, parentNames, _ -> true);
  }

  /**
   * Checks all animals for links that figures have to leave out, by the rules that can find an
   * error. The report lacks all other findings, which may be many times as many.
   */
  public PlausibilityReport findFaultyLinks(AnimalTable table) {
    List<PlausibilityRule> strict =
        rules.stream()
            .filter(rule -> rule.description().severity() == FindingSeverity.ERROR)
            .toList();
    return run(strict, table, List.of(), finding -> !finding.faultyLinks().isEmpty());
  }

  private PlausibilityReport run(
      List<PlausibilityRule> rules,
      AnimalTable table,
      List<GivenParentName> parentNames,
      Predicate<PlausibilityFinding> reported) {
    CheckedAnimals animals = new CheckedAnimals(table, thresholds, today, parentNames);
    List<PlausibilityFinding> findings = new ArrayList<>();
    rules.forEach(rule ->
        rule.check(
            animals,
            finding -> {
              if (reported.test(finding)) {
                findings.add(finding);
              }
            }));
    return new PlausibilityReport(
        rules.stream().map(PlausibilityRule::description).toList(), findings);
  }
}
