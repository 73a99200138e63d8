package studbook.pedigree.ancestry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import studbook.pedigree.Pedigree;
import studbook.pedigree.kinship.Inbreeding;

/** Contributions of ancestors to F: exact fractions, their sum, and Wright's paths one by one. */
class InbreedingContributionsTest {

  private static final Offset<Double> EXACT = within(1e-12);

  @Test
  void grandparentsOfAFullSibFoalGiveAnEighthEach() {
    assertThat(contributions("foal=b,s", "b=A,B", "s=A,B"))
        .isEqualTo(Map.of("A", 0.125, "B", 0.125));
  }

  @Test
  void theParentsOfTheOnlyCommonAncestorGiveNothing() {
    assertThat(contributions("foal=b,s", "b=A,m", "s=A,n", "A=P,Q")).isEqualTo(Map.of("A", 0.125));
  }

  @Test
  void anInbredAncestorGivesMore() {
    assertThat(contributions("foal=b,s", "b=A,m", "s=A,n", "A=P,Q", "P=x,y", "Q=x,y"))
        .isEqualTo(Map.of("A", 0.125 * 1.25));
  }

  @Test
  void aSireMatedToHisDaughterGivesAQuarter() {
    assertThat(contributions("foal=A,d", "d=A,m")).isEqualTo(Map.of("A", 0.25));
  }

  @Test
  void unrelatedParentsHaveNoContributions() {
    assertThat(contributions("foal=a,b", "a=c,d")).isEmpty();
    assertThat(contributions("foal=a,", "a=c,d")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void theyAddUpToTheInbreeding(long seed) {
    Pedigree pedigree = NamedPedigree.random(seed, 300);
    double[] inbreeding = Inbreeding.of(pedigree);
    for (int animal = 0; animal < pedigree.size(); animal++) {
      double sum =
          InbreedingContributions.of(pedigree, inbreeding, animal).stream()
              .mapToDouble(AncestorContribution::value)
              .sum();
      assertThat(sum).isCloseTo(inbreeding[animal], EXACT);
    }
  }

  @Test
  void sixtyGenerationsOfFullSibsAddUp() {
    Pedigree sibs = PedigreeCompletenessTest.fullSibMatings(61);
    double[] inbreeding = Inbreeding.of(sibs);
    double sum =
        InbreedingContributions.of(sibs, inbreeding, 121).stream()
            .mapToDouble(AncestorContribution::value)
            .sum();
    assertThat(sum).isCloseTo(inbreeding[121], EXACT).isGreaterThan(0.99);
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14, 15, 16})
  void eachIsTheSumOfItsPaths(long seed) {
    Pedigree pedigree = NamedPedigree.random(seed, 22);
    double[] inbreeding = Inbreeding.of(pedigree);
    int generations = 9;
    for (int animal = 0; animal < pedigree.size(); animal++) {
      if (PedigreeCompleteness.of(pedigree).maxGenerations(animal) <= generations) {
        Map<Integer, Double> byPaths = byPaths(pedigree, inbreeding, animal, generations);
        List<AncestorContribution> contributions =
            InbreedingContributions.of(pedigree, inbreeding, animal);
        assertThat(contributions).hasSameSizeAs(byPaths.keySet());
        contributions.forEach(contribution ->
            assertThat(contribution.value())
                .isCloseTo(byPaths.get(contribution.ancestor()), EXACT));
      }
    }
  }

  private static Map<Integer, Double> byPaths(
      Pedigree pedigree, double[] inbreeding, int animal, int generations) {
    AncestorPlaces chart = AncestorPlaces.of(pedigree, animal, generations);
    Map<Integer, Double> sums = new HashMap<>();
    chart
        .byAncestor()
        .forEach((ancestor, places) ->
            InbreedingPath.of(chart, places, inbreeding[ancestor])
                .forEach(path -> sums.merge(ancestor, path.value(), Double::sum)));
    return sums;
  }

  private static Map<String, Double> contributions(String... rows) {
    NamedPedigree horses = NamedPedigree.of(rows);
    double[] inbreeding = Inbreeding.of(horses.pedigree());
    return InbreedingContributions.of(horses.pedigree(), inbreeding, horses.index("foal")).stream()
        .collect(
            Collectors.toMap(
                contribution -> horses.name(contribution.ancestor()), AncestorContribution::value));
  }
}
