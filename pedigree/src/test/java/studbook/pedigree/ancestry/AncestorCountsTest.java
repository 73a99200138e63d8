package studbook.pedigree.ancestry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import studbook.pedigree.Pedigree;
import studbook.pedigree.kinship.AncestorSubset;

class AncestorCountsTest {

  @Test
  void countsSpanManyBlocksOfParents() {
    Pedigree pedigree = NamedPedigree.random(7, 3000);
    int[] counts = AncestorCounts.of(pedigree, 1);
    for (int animal = 0; animal < pedigree.size(); animal += 37) {
      assertThat(counts[animal])
          .isEqualTo(AncestorSubset.of(pedigree, animal).pedigree().size() - 1);
    }
    assertThat(counts).contains(AncestorSubset.of(pedigree, 5).pedigree().size() - 1);
  }

  @Test
  void threadsChangeNothing() {
    Pedigree pedigree = NamedPedigree.random(8, 3000);
    assertThat(AncestorCounts.of(pedigree, 3)).isEqualTo(AncestorCounts.of(pedigree, 1));
  }

  @Test
  void anAncestorOfBothParentsCountsOnce() {
    NamedPedigree horses =
        NamedPedigree.of("foal=brother,sister", "brother=sire,dam", "sister=sire,dam");
    assertThat(AncestorCounts.of(horses.pedigree())[horses.index("foal")]).isEqualTo(4);
  }
}
