package studbook.pedigree.ancestry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.BitSet;
import org.junit.jupiter.api.Test;
import studbook.pedigree.ParentLinks;
import studbook.pedigree.Pedigree;

/** Lines, offspring, siblings, descendants, and the part of a pedigree that an animal needs. */
class FamilyTest {

  private final NamedPedigree horses =
      NamedPedigree.of(
          "foal=s,d", "s=ss,sd", "ss=sss,", "d=ds,dd", "full=s,d", "half=s,other", "out=x,d");

  @Test
  void linesEndWhereNothingIsKnown() {
    int foal = horses.index("foal");
    assertThat(horses.names(TailLine.male(horses.pedigree(), foal)))
        .containsExactly("s", "ss", "sss");
    assertThat(horses.names(TailLine.female(horses.pedigree(), foal))).containsExactly("d", "dd");
  }

  @Test
  void siblingsAreFullOrHalf() {
    OffspringIndex offspring = OffspringIndex.of(horses.pedigree());
    int foal = horses.index("foal");
    assertThat(horses.names(offspring.fullSiblings(foal))).containsExactly("full");
    assertThat(horses.names(offspring.paternalHalfSiblings(foal))).containsExactly("half");
    assertThat(horses.names(offspring.maternalHalfSiblings(foal))).containsExactly("out");
    assertThat(offspring.fullSiblings(horses.index("sss"))).isEmpty();
    assertThat(offspring.count(horses.index("s"))).isEqualTo(3);
  }

  @Test
  void animalsWithoutParentsAreNoSiblings() {
    OffspringIndex offspring = OffspringIndex.of(NamedPedigree.of("a=,", "b=,").pedigree());
    assertThat(offspring.fullSiblings(0)).isEmpty();
    assertThat(offspring.paternalHalfSiblings(0)).isEmpty();
  }

  @Test
  void aHundredThousandHalfSiblingsAreFound() {
    int size = 100_002;
    int[] sires = new int[size];
    int[] dams = new int[size];
    Arrays.fill(dams, ParentLinks.UNKNOWN);
    sires[0] = ParentLinks.UNKNOWN;
    OffspringIndex offspring = OffspringIndex.of(Pedigree.of(ParentLinks.of(sires, dams)));
    assertThat(offspring.paternalHalfSiblings(1)).hasSize(100_000);
  }

  @Test
  void descendantsIncludeTheAnimalsThemselves() {
    BitSet changed = new BitSet();
    changed.set(horses.index("ss"));
    assertThat(horses.names(DescendantSearch.of(horses.pedigree(), changed).stream().toArray()))
        .containsExactlyInAnyOrder("ss", "s", "foal", "full", "half");
  }

  @Test
  void aFoalThatDoesNotExistHasTheInbreedingOfItsParents() {
    NamedPedigree pair = NamedPedigree.of("b=A,m", "c=A,n", "unrelated=x,y");
    InbreedingAnalysis foal =
        InbreedingAnalysis.ofFoal(pair.pedigree(), pair.index("b"), pair.index("c"), 5);
    assertThat(foal.inbreeding()).isEqualTo(0.125);
    assertThat(foal.ancestors()).isEqualTo(5);
    assertThat(foal.linebreeding().getFirst().notation()).isEqualTo("2S x 2D");
    assertThat(pair.name(foal.wholeIndex(foal.linebreeding().getFirst().ancestor())))
        .isEqualTo("A");
  }
}
