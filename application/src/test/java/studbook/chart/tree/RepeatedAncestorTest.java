package studbook.chart.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import studbook.chart.ChartFixture;

/** Which ancestors repeat, and how breeders write it. */
class RepeatedAncestorTest {

  private static List<RepeatedAncestor> linebred() {
    return RepeatedAncestor.in(ChartFixture.tree(ChartFixture.LINEBRED, 4));
  }

  @Test
  void placesAreGenerationsByHalf() {
    assertThat(linebred())
        .extracting(RepeatedAncestor::mark, a -> a.horse().label(), RepeatedAncestor::places)
        .containsExactly(
            org.assertj.core.api.Assertions.tuple("A", "Old Quay (GB)", "2S x 3D"),
            org.assertj.core.api.Assertions.tuple("B", "First Stone (USA)", "3S x 4D"));
  }

  @Test
  void anAncestorThatRepeatsThroughOneChildSaysSo() {
    assertThat(linebred())
        .extracting(ancestor -> ancestor.through().map(ChartHorse::label))
        .containsExactly(Optional.empty(), Optional.of("Old Quay (GB)"));
  }

  @Test
  void theShareOfBloodIsTheSumOverItsPlaces() {
    assertThat(linebred().getFirst().bloodPercent()).isEqualTo(25 + 12.5);
  }

  @Test
  void marksContinueAfterZ() {
    RepeatedAncestor first = linebred().getFirst();
    assertThat(List.of(25, 26, 51, 52, 702))
        .extracting(index ->
            new RepeatedAncestor(index, first.horse(), first.numbers(), first.through()).mark())
        .containsExactly("Z", "AA", "AZ", "BA", "AAA");
  }

  @Test
  void horsesOfOneNameAreNotOneHorse() {
    String csv = "id,sire,dam,name\n1,2,3,A\n2,4,,B\n3,5,,C\n4,,,Namesake\n5,,,Namesake\n";
    assertThat(RepeatedAncestor.in(ChartFixture.tree(csv, 3))).isEmpty();
  }
}
