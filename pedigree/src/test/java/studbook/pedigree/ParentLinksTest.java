package studbook.pedigree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static studbook.pedigree.ParentLinks.UNKNOWN;

import java.util.Arrays;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

class ParentLinksTest {

  @Test
  void parentsMustBeAnimals() {
    assertThatThrownBy(() -> ParentLinks.of(new int[] {1}, new int[] {UNKNOWN}))
        .hasMessage("the sire of animal 0 is 1, and there are 1 animals");
    assertThatThrownBy(() -> ParentLinks.of(new int[] {-2}, new int[] {UNKNOWN}))
        .hasMessageContaining("is -2");
    assertThatThrownBy(() -> ParentLinks.of(new int[1], new int[0]))
        .hasMessage("1 sires, but 0 dams");
  }

  @Test
  void aPedigreeHasNoCycles() {
    assertThat(links(new int[] {-1, 0, 1}, new int[] {-1, -1, 0}).cycles()).isEmpty();
  }

  @Test
  void anAnimalMayBeItsOwnParent() {
    ParentLinks links = links(new int[] {-1, -1, 2}, new int[] {-1, 1, 0});

    assertThat(links.cycles()).containsExactly(new int[] {1}, new int[] {2});
    assertThat(links.pathAround(new int[] {1})).containsExactly(1);
  }

  @Test
  void cyclesAreWholeAndTheShortestComesFirst() {
    // 0 → 1 → 2 → 0 with 3 as offspring; 5 ⇄ 6; 4 is a founder.
    ParentLinks links =
        links(new int[] {1, 2, 0, 0, -1, 6, 4}, new int[] {4, -1, -1, 5, -1, -1, 5});

    assertThat(links.cycles()).containsExactly(new int[] {5, 6}, new int[] {0, 1, 2});
    assertThat(links.pathAround(new int[] {0, 1, 2})).containsExactly(0, 1, 2);
  }

  @Test
  void cyclesThatShareAnAnimalAreOne() {
    // 0 → 1 → 0 and 0 → 2 → 3 → 0
    ParentLinks links = links(new int[] {1, 0, 3, 0}, new int[] {2, -1, -1, -1});

    assertThat(links.cycles()).containsExactly(new int[] {0, 1, 2, 3});
    assertThat(links.pathAround(new int[] {0, 1, 2, 3})).containsExactly(0, 1);
  }

  @Test
  void aCycleOfAMillionIsFound() {
    int size = 1_000_000;
    int[] sires = new int[size];
    Arrays.setAll(sires, animal -> (animal + 1) % size);
    int[] dams = new int[size];
    Arrays.fill(dams, UNKNOWN);

    int[] cycle = ParentLinks.of(sires, dams).cycles().getFirst();

    assertThat(cycle).hasSize(size);
    assertThat(ParentLinks.of(sires, dams).pathAround(cycle)).startsWith(0, 1, 2).hasSize(size);
  }

  @Test
  void linksCanBeLeftOut() {
    BitSet noSire = new BitSet();
    noSire.set(0);
    BitSet noDam = new BitSet();
    noDam.set(1);
    noDam.set(70);
    ParentLinks links = links(new int[] {1, -1}, new int[] {-1, 0});

    ParentLinks without = links.without(noSire, noDam);

    assertThat(without.sire(0)).isEqualTo(UNKNOWN);
    assertThat(without.dam(1)).isEqualTo(UNKNOWN);
    assertThat(links.sire(0)).isEqualTo(1);
  }

  private static ParentLinks links(int[] sires, int[] dams) {
    return ParentLinks.of(sires, dams);
  }
}
