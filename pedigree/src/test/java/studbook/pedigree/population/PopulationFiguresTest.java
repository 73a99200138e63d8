package studbook.pedigree.population;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import studbook.pedigree.Pedigree;
import studbook.pedigree.ancestry.NamedPedigree;
import studbook.pedigree.ancestry.PedigreeCompleteness;
import studbook.pedigree.kinship.Inbreeding;

class PopulationFiguresTest {

  private static final Offset<Double> EXACT = within(1e-9);

  private final NamedPedigree halfSibs =
      NamedPedigree.of("f1=A,m1", "f2=A,m2", "f3=A,m3", "f4=A,m4");

  @Test
  void foundersCountByTheirShares() {
    FounderFigures figures =
        FounderFigures.of(halfSibs.pedigree(), members(halfSibs, "f1", "f2", "f3", "f4"));
    assertThat(figures.founders()).isEqualTo(5);
    assertThat(figures.effectiveFounders()).isCloseTo(1 / (0.25 + 4.0 / 64), EXACT);
    assertThat(halfSibs.name(figures.largest().getFirst().animal())).isEqualTo("A");
    assertThat(figures.largest().getFirst().share()).isEqualTo(0.5);
  }

  @Test
  void theUnknownParentOfAHalfKnownAnimalIsAFounder() {
    NamedPedigree horses = NamedPedigree.of("foal=A,");
    FounderFigures figures = FounderFigures.of(horses.pedigree(), members(horses, "foal"));
    assertThat(figures.founders()).isEqualTo(1);
    assertThat(figures.unknownParents()).isEqualTo(1);
    assertThat(figures.effectiveFounders()).isEqualTo(2.0);
  }

  @Test
  void aBottleneckShowsInTheAncestorsAndNotInTheFounders() {
    NamedPedigree horses =
        NamedPedigree.of("f1=N,m1", "f2=N,m2", "N=P,Q", "P=a,b", "Q=c,d", "m1=e,f", "m2=g,h");
    BitSet members = members(horses, "f1", "f2");
    EffectiveAncestors ancestors = EffectiveAncestors.of(horses.pedigree(), members);
    assertThat(FounderFigures.of(horses.pedigree(), members).effectiveFounders())
        .isCloseTo(8, EXACT);
    assertThat(ancestors.largest())
        .extracting(share -> horses.name(share.animal()))
        .containsExactlyInAnyOrder("N", "m1", "m2");
    assertThat(ancestors.upper()).isCloseTo(1 / (0.25 + 0.0625 + 0.0625), EXACT);
    assertThat(ancestors.lower()).isCloseTo(ancestors.upper(), EXACT);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void effectiveAncestorsAreAtMostEffectiveFounders(long seed) {
    Pedigree pedigree = NamedPedigree.random(seed, 200);
    BitSet members = new BitSet();
    IntStream.range(0, 200).filter(animal -> animal % 3 == 0).forEach(members::set);
    EffectiveAncestors ancestors = EffectiveAncestors.of(pedigree, members);
    FounderFigures founders = FounderFigures.of(pedigree, members);
    assertThat(ancestors.lower()).isLessThanOrEqualTo(founders.effectiveFounders() + 1e-9);
    assertThat(founders.effectiveFounders())
        .isLessThanOrEqualTo(founders.founders() + founders.unknownParents());
    assertThat(ancestors.largest().stream().mapToDouble(GeneShare::share).sum())
        .isLessThanOrEqualTo(1 + 1e-9);
    assertThat(ancestors.largest().stream().map(GeneShare::share))
        .isSortedAccordingTo((first, second) -> Double.compare(second, first));
  }

  @Test
  void theIntervalIsTheAgeAtTheBirthOfBreedingOffspring() {
    NamedPedigree horses = NamedPedigree.of("foal=s,d", "s=ss,sd", "idle=ss,sd");
    int[] years = new int[horses.names().size()];
    Arrays.fill(years, BirthYearColumn.UNKNOWN);
    years[horses.index("s")] = 2010;
    years[horses.index("ss")] = 2000;
    years[horses.index("sd")] = 2004;
    years[horses.index("idle")] = 2020;
    GenerationInterval interval =
        GenerationInterval.of(horses.pedigree(), BirthYearColumn.of(years), all(horses));
    assertThat(interval).isEqualTo(new GenerationInterval(10, 1, 6, 1));
    assertThat(interval.mean()).hasValue(8);
  }

  @Test
  void withoutYearsThereIsNoInterval() {
    int[] years = new int[halfSibs.names().size()];
    Arrays.fill(years, BirthYearColumn.UNKNOWN);
    assertThat(
            GenerationInterval.of(halfSibs.pedigree(), BirthYearColumn.of(years), all(halfSibs))
                .mean())
        .isEmpty();
  }

  @Test
  void inbreedingThatGrowsByTheYearGivesTheSizeOfAnIdealPopulation() {
    double increase = 1 / (2 * 50.0);
    List<YearFigures> years =
        IntStream.range(0, 20)
            .mapToObj(year ->
                new YearFigures(2000 + year, 10 + year, 1 - Math.pow(1 - increase, year), 0))
            .toList();
    assertThat(EffectiveSize.ofYears(years, 1).orElseThrow()).isCloseTo(50, EXACT);
    assertThat(EffectiveSize.ofYears(years.subList(0, 1), 1)).isEmpty();
  }

  @Test
  void theIndividualIncreaseGivesTheSizeOfAnIdealPopulation() {
    Pedigree pedigree = NamedPedigree.of("c=a,b", "d=a,b", "e=c,d", "f=c,d", "g=e,f").pedigree();
    PedigreeCompleteness completeness = PedigreeCompleteness.of(pedigree);
    double[] inbreeding = new double[pedigree.size()];
    BitSet members = new BitSet();
    for (int animal = 0; animal < inbreeding.length; animal++) {
      double generations = completeness.equivalentGenerations(animal);
      inbreeding[animal] = generations > 1 ? 1 - Math.pow(0.9, generations - 1) : 0;
      members.set(animal);
    }
    assertThat(EffectiveSize.ofIndividualIncrease(inbreeding, completeness, members).orElseThrow())
        .isCloseTo(5, EXACT);
  }

  @Test
  void withoutInbreedingTheSizeIsNotKnown() {
    Pedigree pedigree = halfSibs.pedigree();
    assertThat(
            EffectiveSize.ofIndividualIncrease(
                Inbreeding.of(pedigree), PedigreeCompleteness.of(pedigree), all(halfSibs)))
        .isEmpty();
  }

  @Test
  void theMostUsedSiresHaveTheirShare() {
    NamedPedigree horses = NamedPedigree.of("a=X,m", "b=X,n", "c=Y,m", "d=,m");
    SireUse use = SireUse.of(horses.pedigree(), all(horses), 1);
    assertThat(use.foals()).isEqualTo(3);
    assertThat(use.sires()).isEqualTo(2);
    assertThat(horses.name(use.mostUsed().getFirst().sire())).isEqualTo("X");
    assertThat(use.shareOfMostUsed()).isCloseTo(2 / 3.0, EXACT);
  }

  @Test
  void yearsHaveTheMeansOfTheirAnimals() {
    NamedPedigree horses = NamedPedigree.of("a=X,d", "d=X,m", "b=u,v");
    int[] years = new int[horses.names().size()];
    Arrays.fill(years, BirthYearColumn.UNKNOWN);
    years[horses.index("a")] = 2020;
    years[horses.index("b")] = 2020;
    years[horses.index("d")] = 2015;
    List<YearFigures> figures =
        YearFigures.of(
            BirthYearColumn.of(years),
            Inbreeding.of(horses.pedigree()),
            PedigreeCompleteness.of(horses.pedigree()),
            all(horses));
    assertThat(figures)
        .containsExactly(
            new YearFigures(2015, 1, 0, 1), new YearFigures(2020, 2, 0.125, (1.5 + 1) / 2));
  }

  private static BitSet members(NamedPedigree horses, String... names) {
    BitSet members = new BitSet();
    for (String name : names) {
      members.set(horses.index(name));
    }
    return members;
  }

  private static BitSet all(NamedPedigree horses) {
    BitSet members = new BitSet();
    members.set(0, horses.names().size());
    return members;
  }
}
