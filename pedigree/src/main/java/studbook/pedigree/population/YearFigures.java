package studbook.pedigree.population;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import studbook.pedigree.ancestry.PedigreeCompleteness;

/**
 * Means over the animals that were born in one year.
 *
 * @param year of birth
 * @param animals their number
 * @param meanInbreeding their mean F
 * @param meanEquivalentGenerations their mean of equivalent complete generations
 */
public record YearFigures(
    int year, int animals, double meanInbreeding, double meanEquivalentGenerations) {

  private static final class YearSums {
    int animals;
    double inbreeding;
    double generations;
  }

  /** The figures of each year in which a member was born, oldest first. */
  public static List<YearFigures> of(
      BirthYearColumn years,
      double[] inbreeding,
      PedigreeCompleteness completeness,
      BitSet members) {
    Map<Integer, YearSums> sums = new TreeMap<>();
    members.stream()
        .filter(years::isKnown)
        .forEach(animal -> {
          YearSums year = sums.computeIfAbsent(years.of(animal), any -> new YearSums());
          year.animals++;
          year.inbreeding += inbreeding[animal];
          year.generations += completeness.equivalentGenerations(animal);
        });
    List<YearFigures> figures = new ArrayList<>();
    sums.forEach((year, sum) ->
        figures.add(
            new YearFigures(
                year, sum.animals, sum.inbreeding / sum.animals, sum.generations / sum.animals)));
    return figures;
  }
}
