package studbook.pedigree.ancestry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import studbook.pedigree.ParentLinks;
import studbook.pedigree.Pedigree;

/** Completeness of pedigrees, against figures counted place by place. */
class PedigreeCompletenessTest {

  private static final int DEPTH = 12;

  @Test
  void aFounderKnowsNothing() {
    NamedPedigree founder = NamedPedigree.of("a=,");
    PedigreeCompleteness completeness = PedigreeCompleteness.of(founder.pedigree());
    assertThat(completeness.equivalentGenerations(0)).isZero();
    assertThat(completeness.maxGenerations(0)).isZero();
    assertThat(completeness.fullGenerations(0)).isZero();
    assertThat(completeness.index(0)).isZero();
  }

  @Test
  void oneKnownParentGivesHalfAGeneration() {
    NamedPedigree horses = NamedPedigree.of("foal=sire,", "sire=grandsire,granddam");
    PedigreeCompleteness completeness = PedigreeCompleteness.of(horses.pedigree());
    int foal = horses.index("foal");
    assertThat(completeness.equivalentGenerations(foal)).isEqualTo(1.0);
    assertThat(completeness.maxGenerations(foal)).isEqualTo(2);
    assertThat(completeness.fullGenerations(foal)).isZero();
    assertThat(completeness.index(foal)).isZero();
    assertThat(completeness.knownShare(foal, 2)).isEqualTo(0.5);
  }

  @Test
  void anIndexOfOneIsFiveFullGenerations() {
    Pedigree sibs = fullSibMatings(7);
    PedigreeCompleteness completeness = PedigreeCompleteness.of(sibs);
    assertThat(completeness.index(13)).isEqualTo(1.0);
    assertThat(completeness.index(3)).isCloseTo(0.2, within(1e-15));
    assertThat(completeness.fullGenerations(13)).isEqualTo(6);
  }

  @Test
  void sixtyGenerationsAreCounted() {
    Pedigree sibs = fullSibMatings(61);
    PedigreeCompleteness completeness = PedigreeCompleteness.of(sibs);
    assertThat(completeness.maxGenerations(121)).isEqualTo(60);
    assertThat(completeness.equivalentGenerations(121)).isEqualTo(60.0);
    assertThat(AncestorCounts.of(sibs)[121]).isEqualTo(120);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void everyFigureIsThatOfTheChart(long seed) {
    Pedigree pedigree = NamedPedigree.random(seed, 40);
    PedigreeCompleteness completeness = PedigreeCompleteness.of(pedigree);
    int[] counts = AncestorCounts.of(pedigree, 2);
    for (int animal = 0; animal < pedigree.size(); animal++) {
      if (completeness.maxGenerations(animal) <= DEPTH) {
        check(pedigree, animal, completeness, counts[animal]);
      }
    }
  }

  private static void check(
      Pedigree pedigree, int animal, PedigreeCompleteness completeness, int count) {
    AncestorPlaces chart = AncestorPlaces.of(pedigree, animal, DEPTH + 1);
    int[] known = new int[DEPTH + 2];
    Set<Integer> distinct = new HashSet<>();
    for (int place = 2; place <= chart.last(); place++) {
      if (chart.at(place) != ParentLinks.UNKNOWN) {
        known[AncestorPlaces.generation(place)]++;
        distinct.add(chart.at(place));
      }
    }
    double equivalent = 0;
    int max = 0;
    int full = 0;
    for (int generation = 1; generation < known.length; generation++) {
      equivalent += known[generation] / Math.pow(2, generation);
      max = known[generation] > 0 ? generation : max;
      full = full == generation - 1 && known[generation] == 1 << generation ? generation : full;
    }
    assertThat(completeness.equivalentGenerations(animal)).isCloseTo(equivalent, within(1e-12));
    assertThat(completeness.maxGenerations(animal)).isEqualTo(max);
    assertThat(completeness.fullGenerations(animal)).isEqualTo(full);
    assertThat(completeness.index(animal)).isCloseTo(index(chart), within(1e-12));
    assertThat(count).isEqualTo(distinct.size());
  }

  /** MacCluer's index, counted in the two halves of the chart. */
  private static double index(AncestorPlaces chart) {
    double sire = 0;
    double dam = 0;
    for (int place = 2; place < 64; place++) {
      if (chart.at(place) != ParentLinks.UNKNOWN) {
        double weight = 1.0 / 5 / (1 << (AncestorPlaces.generation(place) - 1));
        sire += AncestorPlaces.isOnSireSide(place) ? weight : 0;
        dam += AncestorPlaces.isOnSireSide(place) ? 0 : weight;
      }
    }
    return sire == 0 || dam == 0 ? 0 : 2 * sire * dam / (sire + dam);
  }

  /** Pairs of full siblings: 2k and 2k + 1 are the parents of 2k + 2 and 2k + 3. */
  static Pedigree fullSibMatings(int pairs) {
    int[] sires = new int[2 * pairs];
    int[] dams = new int[2 * pairs];
    for (int animal = 0; animal < sires.length; animal++) {
      int pair = animal / 2;
      sires[animal] = pair == 0 ? ParentLinks.UNKNOWN : 2 * (pair - 1);
      dams[animal] = pair == 0 ? ParentLinks.UNKNOWN : 2 * (pair - 1) + 1;
    }
    return Pedigree.of(ParentLinks.of(sires, dams));
  }
}
