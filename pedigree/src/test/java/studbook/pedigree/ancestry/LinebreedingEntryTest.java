package studbook.pedigree.ancestry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LinebreedingEntryTest {

  @Test
  void halfSiblingsGiveTwoByTwo() {
    NamedPedigree horses = NamedPedigree.of("foal=brother,sister", "brother=A,m1", "sister=A,m2");
    List<LinebreedingEntry> entries = entries(horses, 5);
    assertThat(entries).hasSize(1);
    assertThat(horses.name(entries.getFirst().ancestor())).isEqualTo("A");
    assertThat(entries.getFirst().notation()).isEqualTo("2S x 2D");
    assertThat(entries.getFirst().bloodShare()).isEqualTo(0.5);
  }

  @Test
  void anAncestorBehindTheSameChildIsNotListedAgain() {
    NamedPedigree horses =
        NamedPedigree.of("foal=brother,sister", "brother=A,m1", "sister=A,m2", "A=sireOfA,damOfA");
    assertThat(entries(horses, 5)).hasSize(1);
  }

  @Test
  void anAncestorThroughTheSameChildAndAnotherIsListedWithAllPlaces() {
    NamedPedigree horses =
        NamedPedigree.of(
            "foal=brother,sister", "brother=A,m1", "sister=A,m2", "A=G,damOfA", "m2=G,x");
    assertThat(
            entries(horses, 5).stream()
                .map(entry -> horses.name(entry.ancestor()) + " " + entry.notation()))
        .containsExactly("A 2S x 2D", "G 3S x 3D x 3D");
  }

  @Test
  void bothSidesAreInOrderOfGenerations() {
    NamedPedigree horses = NamedPedigree.of("foal=s,d", "s=s1,s2", "s1=x,A", "x=y,A", "d=z,A");
    assertThat(entries(horses, 5).getFirst().notation()).isEqualTo("3S x 4S x 2D");
  }

  @Test
  void generationsBeyondTheChartAreNotSeen() {
    NamedPedigree horses = NamedPedigree.of("foal=s,d", "s=s1,s2", "s1=x,A", "d=z,A");
    assertThat(entries(horses, 2)).isEmpty();
    assertThat(entries(horses, 3)).hasSize(1);
  }

  @Test
  void aSireMatedToHisDaughterIsLinebredToHim() {
    NamedPedigree horses = NamedPedigree.of("foal=A,daughter", "daughter=A,m");
    assertThat(entries(horses, 3).getFirst().notation()).isEqualTo("1S x 2D");
    assertThat(entries(horses, 3).getFirst().bloodShare()).isEqualTo(0.75);
  }

  private static List<LinebreedingEntry> entries(NamedPedigree horses, int generations) {
    return LinebreedingEntry.of(
        AncestorPlaces.of(horses.pedigree(), horses.index("foal"), generations));
  }
}
