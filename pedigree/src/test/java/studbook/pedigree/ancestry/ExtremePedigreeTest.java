package studbook.pedigree.ancestry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static studbook.pedigree.ParentLinks.UNKNOWN;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import studbook.pedigree.ParentLinks;
import studbook.pedigree.Pedigree;

/** All figures of deep, broad and odd pedigrees. */
class ExtremePedigreeTest {

  /** Two animals of each generation, by the two before. */
  @Test
  void sixtyGenerationsOfFullSiblingsHaveAllFigures() {
    int[] sires = new int[122];
    int[] dams = new int[122];
    Arrays.setAll(sires, animal -> animal < 2 ? UNKNOWN : animal - animal % 2 - 2);
    Arrays.setAll(dams, animal -> animal < 2 ? UNKNOWN : animal - animal % 2 - 1);
    Pedigree pedigree = Pedigree.of(ParentLinks.of(sires, dams));
    PedigreeFigures figures = PedigreeFigures.of(pedigree);
    InbreedingAnalysis analysis = InbreedingAnalysis.of(pedigree, 121, 9);

    assertThat(analysis.inbreeding())
        .isEqualTo(figures.inbreeding()[121])
        .isCloseTo(1, within(1e-4));
    assertThat(analysis.contributions().values().stream().mapToDouble(value -> value).sum())
        .isCloseTo(analysis.inbreeding(), within(1e-12));
    assertThat(figures.ancestors()[121]).isEqualTo(120).isEqualTo(analysis.ancestors());
    assertThat(figures.completeness().equivalentGenerations(121)).isEqualTo(60.0);
    assertThat(figures.completeness().fullGenerations(121)).isEqualTo(60);
    assertThat(figures.completeness().index(121)).isEqualTo(1.0);
    assertThat(KnownShares.of(pedigree, 121, 60)).containsOnly(1.0);
    assertThat(TailLine.male(pedigree, 121)).hasSize(60);
    assertThat(RasmussenFactor.of(pedigree, 121)).isNotEmpty();
  }

  @Test
  void aHundredThousandHalfSiblingsHaveAllFigures() {
    int siblings = 100_000;
    int[] sires = new int[siblings + 3];
    int[] dams = new int[siblings + 3];
    Arrays.fill(sires, UNKNOWN);
    Arrays.fill(dams, UNKNOWN);
    Arrays.fill(sires, 1, siblings + 1, 0);
    int foal = siblings + 1;
    sires[foal] = 1;
    dams[foal] = 2;
    sires[foal + 1] = 0;
    dams[foal + 1] = foal;
    Pedigree pedigree = Pedigree.of(ParentLinks.of(sires, dams));
    PedigreeFigures figures = PedigreeFigures.of(pedigree);

    assertThat(figures.inbreeding()[foal]).isEqualTo(0.125);
    assertThat(figures.inbreeding()[foal + 1]).isEqualTo(0.25);
    assertThat(Arrays.stream(figures.inbreeding()).sum()).isEqualTo(0.375);
    assertThat(Arrays.stream(figures.ancestors()).sum()).isEqualTo(siblings + 3 + 4);
    assertThat(InbreedingAnalysis.of(pedigree, foal + 1, 5).linebreeding())
        .extracting(LinebreedingEntry::notation)
        .containsExactly("1S x 3D x 3D");
    assertThat(InbreedingAnalysis.ofFoal(pedigree, 3, 4, 5).inbreeding()).isEqualTo(0.125);
    assertThat(OffspringIndex.of(pedigree).count(0)).isEqualTo(siblings + 1);
  }

  /** 0 is both parents of 1, which is the sire of 2 and the dam of 3; both are parents of 4. */
  @Test
  void anAnimalAsSireAndAsDamHasAllFigures() {
    Pedigree pedigree =
        Pedigree.of(ParentLinks.of(new int[] {-1, 0, 1, -1, 2}, new int[] {-1, 0, -1, 1, 3}));
    PedigreeFigures figures = PedigreeFigures.of(pedigree);

    assertThat(figures.inbreeding()).containsExactly(0, 0.5, 0, 0, 0.1875);
    assertThat(figures.ancestors()).containsExactly(0, 1, 2, 2, 4);
    assertThat(figures.completeness().equivalentGenerations(4)).isEqualTo(2.0);
    assertThat(figures.completeness().maxGenerations(4)).isEqualTo(3);
    InbreedingAnalysis analysis = InbreedingAnalysis.of(pedigree, 4, 5);
    assertThat(analysis.contributions().values()).containsExactly(0.1875);
    assertThat(analysis.linebreeding())
        .extracting(LinebreedingEntry::notation)
        .containsExactly("2S x 2D");
    assertThat(InbreedingAnalysis.of(pedigree, 1, 5).linebreeding())
        .extracting(LinebreedingEntry::notation)
        .isEmpty();
  }
}
