package studbook.pedigree.ancestry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RasmussenFactorTest {

  @Test
  void aMareOnBothSidesThroughDifferentOffspringCounts() {
    assertThat(mares(NamedPedigree.of("foal=s,d", "s=x,M", "d=y,z", "y=u,M"))).containsExactly("M");
  }

  @Test
  void aSireDoesNotCount() {
    assertThat(mares(NamedPedigree.of("foal=s,d", "s=A,m", "d=A,n"))).isEmpty();
  }

  @Test
  void theDamOfTheRepeatedSireDoesNotCount() {
    assertThat(mares(NamedPedigree.of("foal=s,d", "s=A,m", "d=A,n", "A=x,M"))).isEmpty();
  }

  @Test
  void bothOnOneSideDoNotCount() {
    assertThat(mares(NamedPedigree.of("foal=s,d", "s=a,b", "a=x,M", "b=y,M"))).isEmpty();
  }

  @Test
  void theSixthGenerationDoesNotCount() {
    String[] rows = {"foal=s,d", "s=x,M", "d=d1,e", "d1=d2,e1", "d2=d3,e2", "d3=d4,e3", "d4=q,M"};
    assertThat(mares(NamedPedigree.of(rows))).isEmpty();
    rows[5] = "d3=q,M";
    rows[6] = "d4=,";
    assertThat(mares(NamedPedigree.of(rows))).containsExactly("M");
  }

  private static List<String> mares(NamedPedigree horses) {
    return RasmussenFactor.of(horses.pedigree(), horses.index("foal")).stream()
        .map(entry -> horses.name(entry.ancestor()))
        .toList();
  }
}
