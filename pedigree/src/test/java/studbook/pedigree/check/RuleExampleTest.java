package studbook.pedigree.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import studbook.pedigree.AnimalTable;
import studbook.pedigree.check.RuleDescription.RuleScope;
import studbook.pedigree.check.rule.PlausibilityRules;

/** Each rule finds its own example, and nothing else does. */
class RuleExampleTest {

  static Stream<PlausibilityRule> rules() {
    return PlausibilityRules.ALL.stream();
  }

  @ParameterizedTest
  @MethodSource("rules")
  void onlyTheRuleItselfObjectsToItsExample(PlausibilityRule rule) {
    AnimalTable table = AnimalTable.of(rule.example().stream());
    List<GivenParentName> names =
        rule.description().id().equals("name-mismatch")
            ? List.of(
                new GivenParentName(0, ParentSide.SIRE, table.links().sire(0), "Storm Warning"))
            : List.of();
    PlausibilityReport report =
        new PlausibilityCheck(
                PlausibilityRules.ALL,
                EnumSet.of(rule.description().scope(), RuleScope.EVERY_PEDIGREE, RuleScope.HORSES),
                RuleThresholds.USUAL,
                LocalDate.of(2026, 1, 1))
            .run(table, names);
    assertThat(
            report.findings().stream()
                .filter(finding ->
                    finding.severity() != FindingSeverity.NOTE
                        || rule.description().severity() == FindingSeverity.NOTE)
                .map(PlausibilityFinding::rule))
        .containsExactly(rule.description().id());
  }

  @Test
  void idsAreUnique() {
    assertThat(rules().map(rule -> rule.description().id())).doesNotHaveDuplicates();
  }
}
