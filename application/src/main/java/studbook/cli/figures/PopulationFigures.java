package studbook.cli.figures;

import java.util.BitSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import studbook.cli.support.UsageException;
import studbook.inbreeding.LoadedPedigree;
import studbook.pedigree.AnimalTable;
import studbook.pedigree.Pedigree;
import studbook.pedigree.ancestry.PedigreeCompleteness;
import studbook.pedigree.kinship.Inbreeding;
import studbook.pedigree.population.BirthYearColumn;
import studbook.pedigree.population.EffectiveAncestors;
import studbook.pedigree.population.EffectiveSize;
import studbook.pedigree.population.FounderFigures;
import studbook.pedigree.population.GenerationInterval;
import studbook.pedigree.population.SireUse;
import studbook.pedigree.population.YearFigures;

/**
 * The figures of the horses that were born in some years.
 *
 * @param born the years, for people
 * @param horses number of horses born in them
 * @param meanInbreeding their mean F
 * @param sizeOfYears effective size from the growth of the mean F by year
 * @param sizeOfHorses effective size from the increase of each horse's F
 */
public record PopulationFigures(
    LoadedPedigree loaded,
    String born,
    int horses,
    double meanInbreeding,
    List<YearFigures> years,
    OptionalDouble sizeOfYears,
    OptionalDouble sizeOfHorses,
    FounderFigures founders,
    EffectiveAncestors ancestors,
    GenerationInterval interval,
    SireUse sires) {

  private static final int MOST_USED = 10;
  private static final int USUAL_YEARS = 10;

  /**
   * The figures of the horses born in a range of years, or in the last ten years of the data; of
   * all horses if no year is known.
   *
   * @throws UsageException if no horse was born in the range
   */
  public static PopulationFigures of(LoadedPedigree loaded, BirthRange range) {
    BirthYearColumn years = years(loaded.table());
    BitSet members;
    String born;
    if (range.isGiven()) {
      members = years.between(range.first(), range.last());
      born = "%d to %d".formatted(range.first(), range.last());
    } else if (years.last() != BirthYearColumn.UNKNOWN) {
      members = years.between(years.last() - USUAL_YEARS + 1, years.last());
      born = "%d to %d".formatted(years.last() - USUAL_YEARS + 1, years.last());
    } else {
      members = new BitSet();
      members.set(0, loaded.table().size());
      born = "in unknown years";
    }
    if (members.isEmpty()) {
      throw new UsageException("no horse was born from " + born);
    }
    return of(loaded, born, years, members);
  }

  private static BirthYearColumn years(AnimalTable table) {
    return BirthYearColumn.of(
        IntStream.range(0, table.size())
            .map(animal ->
                table.born(animal).map(date -> date.year()).orElse(BirthYearColumn.UNKNOWN))
            .toArray());
  }

  private static PopulationFigures of(
      LoadedPedigree loaded, String born, BirthYearColumn birthYears, BitSet members) {
    Pedigree pedigree = loaded.pedigree();
    double[] inbreeding = Inbreeding.of(pedigree);
    PedigreeCompleteness completeness = PedigreeCompleteness.of(pedigree);
    List<YearFigures> years = YearFigures.of(birthYears, inbreeding, completeness, members);
    GenerationInterval interval = GenerationInterval.of(pedigree, birthYears, members);
    return new PopulationFigures(
        loaded,
        born,
        members.cardinality(),
        members.stream().mapToDouble(animal -> inbreeding[animal]).average().orElse(0),
        years,
        interval.mean().isPresent()
            ? EffectiveSize.ofYears(years, interval.mean().getAsDouble())
            : OptionalDouble.empty(),
        EffectiveSize.ofIndividualIncrease(inbreeding, completeness, members),
        FounderFigures.of(pedigree, members),
        EffectiveAncestors.of(pedigree, members),
        interval,
        SireUse.of(pedigree, members, MOST_USED));
  }
}
