package studbook.pedigree.population;

import java.util.BitSet;
import java.util.List;
import java.util.OptionalDouble;
import studbook.pedigree.ancestry.PedigreeCompleteness;

/**
 * The effective size of a population: that of an ideal population whose inbreeding would grow as
 * fast, 1 / (2 ΔF) with ΔF per generation. Empty where the inbreeding does not grow.
 */
public final class EffectiveSize {

  private EffectiveSize() {}

  /**
   * From the individual increase in inbreeding, 1 - (1 - F)^(1 / (t - 1)), where t is the animal's
   * number of equivalent complete generations: the mean over the members with t above 1 (Gutiérrez,
   * Cervantes and Goyache, 2009).
   */
  public static OptionalDouble ofIndividualIncrease(
      double[] inbreeding, PedigreeCompleteness completeness, BitSet members) {
    double mean =
        members.stream()
            .filter(animal -> completeness.equivalentGenerations(animal) > 1)
            .mapToDouble(
                animal -> increase(inbreeding[animal], completeness.equivalentGenerations(animal)))
            .average()
            .orElse(0);
    return ofIncrease(mean);
  }

  private static double increase(double inbreeding, double generations) {
    return 1 - Math.pow(1 - inbreeding, 1 / (generations - 1));
  }

  /**
   * From the years: the slope of ln(1 - mean F) on the birth year, each year weighted by its
   * animals, times the generation interval (Pérez-Enciso, 1995).
   *
   * @param interval generation interval in years
   */
  public static OptionalDouble ofYears(List<YearFigures> years, double interval) {
    double animals = 0;
    double meanYear = 0;
    double meanLog = 0;
    for (YearFigures year : years) {
      animals += year.animals();
      meanYear += (double) year.animals() * year.year();
      meanLog += year.animals() * Math.log(1 - year.meanInbreeding());
    }
    meanYear /= animals;
    meanLog /= animals;
    double covariance = 0;
    double variance = 0;
    for (YearFigures year : years) {
      double distance = year.year() - meanYear;
      covariance += year.animals() * distance * (Math.log(1 - year.meanInbreeding()) - meanLog);
      variance += year.animals() * distance * distance;
    }
    return variance == 0
        ? OptionalDouble.empty()
        : ofIncrease(1 - Math.exp(covariance / variance * interval));
  }

  private static OptionalDouble ofIncrease(double increase) {
    return increase > 0 ? OptionalDouble.of(1 / (2 * increase)) : OptionalDouble.empty();
  }
}
