package studbook.cli.plausibility;

import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;
import studbook.cli.support.UsageException;
import studbook.model.SafeText;
import studbook.pedigree.check.FindingSeverity;
import studbook.pedigree.check.PlausibilityRule;
import studbook.pedigree.check.rule.PlausibilityRules;

/** Options that select findings. */
public final class FindingOptions {

  private static final int MAX_NAME = 60;

  @Option(
      names = "--rule",
      paramLabel = "R",
      split = ",",
      completionCandidates = RuleIds.class,
      description = "Rules; default: all of ${COMPLETION-CANDIDATES}.")
  private List<String> rules = List.of();

  @Option(
      names = "--min-severity",
      paramLabel = "S",
      description = "Lowest severity to list: ${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
  private FindingSeverity minSeverity = FindingSeverity.WARNING;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Maximum number of findings to list; default: ${DEFAULT-VALUE}.")
  private int limit = 1_000;

  /** The ids of all rules, for the help and shell completion. */
  static final class RuleIds implements Iterable<String> {

    @Override
    public Iterator<String> iterator() {
      return ids(PlausibilityRules.ALL).iterator();
    }
  }

  /**
   * The selected rules in the order of all.
   *
   * @throws UsageException if a name is no rule
   */
  public List<PlausibilityRule> rules() {
    return rules(rules);
  }

  /**
   * The named rules in the order of all; all if there is no name.
   *
   * @throws UsageException if a name is no rule
   */
  public static List<PlausibilityRule> rules(List<String> given) {
    List<String> names = given.stream().map(String::strip).toList();
    List<String> known = ids(PlausibilityRules.ALL);
    names.stream()
        .filter(name -> !known.contains(name))
        .findFirst()
        .ifPresent(name -> {
          throw new UsageException(
              "--rule: %s is no rule; the rules are %s"
                  .formatted(SafeText.excerpt(name, MAX_NAME), String.join(", ", known)));
        });
    return PlausibilityRules.ALL.stream()
        .filter(rule -> names.isEmpty() || names.contains(rule.description().id()))
        .toList();
  }

  /** The severities to list. */
  public Set<FindingSeverity> severities() {
    return EnumSet.range(minSeverity, FindingSeverity.ERROR);
  }

  /**
   * How many findings to list at most.
   *
   * @throws UsageException if it is negative
   */
  public int limit() {
    UsageException.requireAtLeast(0, "--limit", limit);
    return limit;
  }

  /** Ids of rules. */
  public static List<String> ids(List<PlausibilityRule> rules) {
    return rules.stream().map(rule -> rule.description().id()).toList();
  }
}
