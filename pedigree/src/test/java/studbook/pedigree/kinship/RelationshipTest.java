package studbook.pedigree.kinship;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import studbook.pedigree.Pedigree;
import studbook.pedigree.RandomPedigree;

class RelationshipTest {

  private static final Offset<Double> EXACT = within(1e-12);

  @Test
  void anyTwoAnimalsAreRelatedAsTheTabularMethodHasIt() {
    for (long seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      Pedigree pedigree = RandomPedigree.of(random, 40);
      TabularMethod tabular = new TabularMethod(pedigree);
      for (int pair = 0; pair < 20; pair++) {
        int first = random.nextInt(pedigree.size());
        int second = random.nextInt(pedigree.size());
        assertThat(Relationship.of(pedigree, first, second))
            .as("seed %d, animals %d and %d", seed, first, second)
            .isCloseTo(tabular.of(first, second), EXACT);
      }
    }
  }

  @Test
  void aFoalHasHalfTheRelationshipOfItsParents() {
    for (long seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      Pedigree pedigree = RandomPedigree.of(random, 200);
      TabularMethod tabular = new TabularMethod(pedigree);
      int[] sires = random.ints(13, 0, pedigree.size()).toArray();
      int[] dams = random.ints(9, 0, pedigree.size()).toArray();

      MatingMatrix matrix = MatingMatrix.of(pedigree, sires, dams);

      for (int row = 0; row < sires.length; row++) {
        for (int column = 0; column < dams.length; column++) {
          assertThat(matrix.inbreeding(row, column))
              .isCloseTo(tabular.of(sires[row], dams[column]) / 2, EXACT);
        }
      }
    }
  }

  @Test
  void aMatrixMayBeEmpty() {
    Pedigree pedigree = RandomPedigree.of(new Random(1), 10);

    assertThat(MatingMatrix.of(pedigree, new int[] {1}, new int[0])).isNotNull();
    assertThat(MatingMatrix.of(pedigree, new int[0], new int[] {1})).isNotNull();
  }

  @Test
  void aSubsetHasTheAncestorsAndNoOthers() {
    for (long seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      Pedigree pedigree = RandomPedigree.of(random, 100);
      TabularMethod tabular = new TabularMethod(pedigree);
      int animal = random.nextInt(pedigree.size());
      AncestorSubset subset = AncestorSubset.of(pedigree, animal);
      for (int index = 0; index < subset.pedigree().size(); index++) {
        int original = subset.original(index);
        assertThat(subset.indexOf(original)).isEqualTo(index);
        assertThat(tabular.of(original, animal)).isPositive();
      }
      int sire = pedigree.sire(animal);
      if (sire >= 0) {
        assertThat(subset.original(subset.pedigree().sire(subset.indexOf(animal)))).isEqualTo(sire);
      }
    }
  }

  @Test
  void anAnimalOutsideASubsetIsRefused() {
    Pedigree pedigree = RandomPedigree.of(new Random(1), 50);
    int first = pedigree.atPosition(0);
    int last = pedigree.atPosition(49);

    assertThatThrownBy(() -> AncestorSubset.of(pedigree, first).indexOf(last))
        .hasMessage("animal %d is not in the subset".formatted(last));
  }
}
