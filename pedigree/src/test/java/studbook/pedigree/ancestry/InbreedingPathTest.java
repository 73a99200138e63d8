package studbook.pedigree.ancestry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class InbreedingPathTest {

  @Test
  void aPathHasItsGenerationsAndValue() {
    List<InbreedingPath> paths = paths("A", "foal=s,d", "s=s1,x", "s1=A,y", "d=A,z");
    assertThat(paths).hasSize(1);
    InbreedingPath path = paths.getFirst();
    assertThat(path.sireGenerations()).isEqualTo(2);
    assertThat(path.damGenerations()).isEqualTo(1);
    assertThat(path.value()).isEqualTo(1.0 / 16);
    assertThat(AncestorPlaces.path(path.sirePlace())).isEqualTo("SSS");
    assertThat(AncestorPlaces.path(path.damPlace())).isEqualTo("DS");
  }

  @Test
  void aPathThroughAnAnimalTwiceIsNone() {
    assertThat(paths("G", "foal=b,s", "b=A,m", "s=A,n", "A=G,x")).isEmpty();
  }

  @Test
  void theLargestPathIsFirst() {
    assertThat(paths("A", "foal=s,d", "s=A,x", "d=A,y", "y=z,w", "z=A,v"))
        .extracting(InbreedingPath::value)
        .containsExactly(1.0 / 8, 1.0 / 32);
  }

  private static List<InbreedingPath> paths(String ancestor, String... rows) {
    NamedPedigree horses = NamedPedigree.of(rows);
    AncestorPlaces chart = AncestorPlaces.of(horses.pedigree(), horses.index("foal"), 6);
    return InbreedingPath.of(
        chart, Objects.requireNonNull(chart.byAncestor().get(horses.index(ancestor))), 0);
  }
}
