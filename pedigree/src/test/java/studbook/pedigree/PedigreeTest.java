package studbook.pedigree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static studbook.pedigree.ParentLinks.UNKNOWN;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PedigreeTest {

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void parentsComeFirst(long seed) {
    ParentLinks links = RandomPedigree.of(new Random(seed), 2_000).links();

    Pedigree pedigree = Pedigree.of(links);

    for (int position = 0; position < pedigree.size(); position++) {
      int animal = pedigree.atPosition(position);
      assertThat(pedigree.positionOf(animal)).isEqualTo(position);
      assertParentIsEarlier(pedigree, animal, pedigree.sire(animal));
      assertParentIsEarlier(pedigree, animal, pedigree.dam(animal));
    }
  }

  private static void assertParentIsEarlier(Pedigree pedigree, int animal, int parent) {
    if (parent != UNKNOWN) {
      assertThat(pedigree.positionOf(parent)).isLessThan(pedigree.positionOf(animal));
      assertThat(pedigree.generationOf(parent)).isLessThan(pedigree.generationOf(animal));
    }
  }

  @Test
  void generationsReachToTheFarthestAncestor() {
    Pedigree pedigree =
        Pedigree.of(ParentLinks.of(new int[] {1, 2, -1, -1}, new int[] {3, -1, -1, -1}));

    assertThat(pedigree.generationOf(0)).isEqualTo(2);
    assertThat(pedigree.generations()).isEqualTo(3);
    assertThat(pedigree.startOf(1)).isEqualTo(2);
    assertThat(pedigree.startOf(3)).isEqualTo(4);
    assertThat(pedigree.atPosition(0)).isEqualTo(2);
  }

  @Test
  void thereMayBeNoAnimals() {
    assertThat(Pedigree.of(ParentLinks.of(new int[0], new int[0])).generations()).isZero();
  }

  @Test
  void aCycleIsRefusedWithItsAnimals() {
    ParentLinks links = ParentLinks.of(new int[] {1, 0}, new int[] {-1, -1});

    assertThatThrownBy(() -> Pedigree.of(links))
        .hasMessage("1 cycles, the shortest of 2 animals: an animal is its own ancestor")
        .asInstanceOf(type(CyclicPedigreeException.class))
        .satisfies(e -> assertThat(e.cycles()).containsExactly(new int[] {0, 1}));
  }

  @Test
  void aLineOfAMillionGenerationsIsOrdered() {
    int size = 1_000_000;
    int[] sires = new int[size];
    Arrays.setAll(sires, animal -> animal + 1 < size ? animal + 1 : UNKNOWN);

    Pedigree pedigree = Pedigree.of(ParentLinks.of(sires, sires));

    assertThat(pedigree.generationOf(0)).isEqualTo(size - 1);
    assertThat(pedigree.atPosition(0)).isEqualTo(size - 1);
  }
}
