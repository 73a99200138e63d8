package studbook.pedigree.ancestry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static studbook.pedigree.ParentLinks.UNKNOWN;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import studbook.pedigree.AnimalRow;
import studbook.pedigree.AnimalTable;
import studbook.pedigree.Pedigree;
import studbook.pedigree.RandomPedigree;
import studbook.pedigree.kinship.Inbreeding;
import studbook.pedigree.kinship.MatingMatrix;

/**
 * Figures depend on who the ancestors are, and on nothing else: not on the animals' ids, the order
 * of the rows, or animals that are no ancestors.
 */
class FigureInvarianceTest {

  private static final int ANIMALS = 150;
  private static final int SEEDS = 100;

  /** The ids of animals, and how the rows are changed before they are read. */
  private interface TableChange {
    AnimalTable of(Random random, Pedigree pedigree);
  }

  private static String id(int animal) {
    return "a" + animal;
  }

  private static List<AnimalRow> rows(Pedigree pedigree, String prefix) {
    return IntStream.range(0, pedigree.size())
        .mapToObj(animal ->
            AnimalRow.of(
                prefix + id(animal),
                named(prefix, pedigree.sire(animal)),
                named(prefix, pedigree.dam(animal))))
        .toList();
  }

  private static String named(String prefix, int animal) {
    return animal == UNKNOWN ? "" : prefix + id(animal);
  }

  /** All figures of one animal, with all their digits; ancestors by the numbers of their ids. */
  private static String described(Pedigree pedigree, AnimalTable table, int animal, String prefix) {
    InbreedingAnalysis analysis = InbreedingAnalysis.of(pedigree, animal, 6);
    PedigreeCompleteness completeness = analysis.completeness();
    int subject = analysis.subject();
    TreeMap<String, Double> contributions = new TreeMap<>();
    analysis
        .contributions()
        .forEach((ancestor, value) ->
            contributions.put(
                table.id(analysis.wholeIndex(ancestor)).substring(prefix.length()), value));
    return "%s %s %d %d %s %d %s %s %s"
        .formatted(
            analysis.inbreeding(),
            completeness.equivalentGenerations(subject),
            completeness.maxGenerations(subject),
            completeness.fullGenerations(subject),
            completeness.index(subject),
            analysis.ancestors(),
            contributions,
            analysis.linebreeding().stream()
                .map(entry ->
                    table.id(analysis.wholeIndex(entry.ancestor())).substring(prefix.length())
                        + entry.notation())
                .toList(),
            Arrays.toString(KnownShares.of(analysis.pedigree(), subject, 10)));
  }

  private static void assertUnchanged(String prefix, TableChange change) {
    for (long seed = 0; seed < SEEDS; seed++) {
      Random random = new Random(seed);
      Pedigree pedigree = RandomPedigree.of(random, ANIMALS);
      AnimalTable plain = AnimalTable.of(rows(pedigree, "").stream());
      AnimalTable changed = change.of(random, pedigree);
      Pedigree before = Pedigree.of(plain.links());
      Pedigree after = Pedigree.of(changed.links());
      PedigreeFigures all = PedigreeFigures.of(before);
      PedigreeFigures allAfter = PedigreeFigures.of(after);
      for (int animal = 0; animal < ANIMALS; animal++) {
        int one = plain.indexOf(id(animal)).orElseThrow();
        int other = changed.indexOf(prefix + id(animal)).orElseThrow();
        assertThat(described(after, changed, other, prefix))
            .as("seed %d, %s", seed, id(animal))
            .isEqualTo(described(before, plain, one, ""));
        assertThat(allAfter.inbreeding()[other]).isCloseTo(all.inbreeding()[one], within(1e-12));
        assertThat(allAfter.ancestors()[other]).isEqualTo(all.ancestors()[one]);
      }
      assertThat(foals(after, changed, prefix)).isEqualTo(foals(before, plain, ""));
    }
  }

  /** The F of some possible foals. */
  private static double[] foals(Pedigree pedigree, AnimalTable table, String prefix) {
    int[] some =
        IntStream.range(0, 4)
            .map(animal -> table.indexOf(prefix + id(animal * ANIMALS / 4)).orElseThrow())
            .toArray();
    MatingMatrix matrix = MatingMatrix.of(pedigree, some, some);
    return IntStream.range(0, 16).mapToDouble(i -> matrix.inbreeding(i / 4, i % 4)).toArray();
  }

  @Test
  void otherIdsChangeNoFigure() {
    assertUnchanged("zz-9", (_, pedigree) -> AnimalTable.of(rows(pedigree, "zz-9").stream()));
  }

  @Test
  void anotherOrderOfTheRowsChangesNoFigure() {
    assertUnchanged(
        "",
        (random, pedigree) -> {
          List<AnimalRow> rows = new ArrayList<>(rows(pedigree, ""));
          Collections.shuffle(rows, random);
          return AnimalTable.of(rows.stream());
        });
  }

  @Test
  void animalsThatAreNoAncestorsChangeNoFigure() {
    assertUnchanged(
        "",
        (random, pedigree) -> {
          List<AnimalRow> rows = new ArrayList<>(rows(pedigree, ""));
          rows.addAll(rows(RandomPedigree.of(random, ANIMALS), "other "));
          for (int foal = 0; foal < ANIMALS; foal++) {
            rows.add(
                AnimalRow.of(
                    "foal" + foal,
                    id(random.nextInt(ANIMALS)),
                    "other " + id(random.nextInt(ANIMALS))));
          }
          Collections.shuffle(rows, random);
          return AnimalTable.of(rows.stream());
        });
  }

  /** Sums of many paths are rounded, so the order in which they are added has to be the same. */
  @Test
  void largePedigreesInAnotherOrderAreTheSameToTheBit() {
    for (long seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      Pedigree pedigree = RandomPedigree.of(random, 1_000);
      int[] places = RandomPedigree.shuffled(random, pedigree.size());
      Pedigree moved = RandomPedigree.moved(pedigree, places, pedigree.size());
      for (int i = 0; i < 20; i++) {
        int animal = random.nextInt(pedigree.size());
        assertThat(Inbreeding.ofAnimal(moved, places[animal]))
            .as("seed %d, animal %d", seed, animal)
            .isEqualTo(Inbreeding.ofAnimal(pedigree, animal));
      }
    }
  }
}
