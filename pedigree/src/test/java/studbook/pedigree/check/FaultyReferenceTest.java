package studbook.pedigree.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import studbook.pedigree.AnimalTable;
import studbook.pedigree.check.RuleDescription.RuleScope;
import studbook.pedigree.check.rule.PlausibilityRules;
import studbook.pedigree.csv.PedigreeCsv;

/**
 * Published pedigrees with known faults, in the folder that the system property {@code
 * studbook.references} names; skipped without it.
 */
class FaultyReferenceTest {

  @Test
  void theFaultsOfCattleAreFound() throws IOException {
    AnimalTable table = read("bad_optiSel_PedigWithErrors.csv");
    assertThat(BreedingAges.of(table).mayBeHorses()).isFalse();
    PlausibilityReport report = check(table);
    assertThat(counts(report))
        .isEqualTo(
            Map.of("cycle", 2L, "parent-sex", 1L, "parent-younger", 5L, "unlisted-parent", 2L));
    assertThat(cycleSizes(report)).containsExactly(1, 4);
  }

  @Test
  void theLoopsOfASmallPedigreeAreFound() throws IOException {
    PlausibilityReport report = check(read("bad_visPedigree_loop.csv"));
    assertThat(counts(report)).isEqualTo(Map.of("cycle", 2L, "unlisted-parent", 7L));
    assertThat(cycleSizes(report)).containsExactly(4, 5);
  }

  private static AnimalTable read(String file) throws IOException {
    String folder = System.getProperty("studbook.references", "");
    assumeTrue(!folder.isEmpty(), "needs -Dstudbook.references");
    try (Reader in = Files.newBufferedReader(Path.of(folder, file))) {
      return PedigreeCsv.read(in);
    }
  }

  private static PlausibilityReport check(AnimalTable table) {
    return new PlausibilityCheck(
            PlausibilityRules.ALL,
            EnumSet.of(RuleScope.EVERY_PEDIGREE, RuleScope.WHOLE_LIST),
            RuleThresholds.USUAL,
            LocalDate.of(2026, 1, 1))
        .run(table);
  }

  private static Map<String, Long> counts(PlausibilityReport report) {
    return report.findings().stream()
        .collect(Collectors.groupingBy(PlausibilityFinding::rule, Collectors.counting()));
  }

  private static List<Integer> cycleSizes(PlausibilityReport report) {
    return report.findings().stream()
        .filter(finding -> finding.rule().equals("cycle"))
        .map(finding -> finding.animals().size())
        .toList();
  }
}
