package studbook.pedigree.population;

import java.util.BitSet;
import java.util.stream.IntStream;

/** The birth year of each animal of a pedigree. Immutable; the array is not copied. */
public final class BirthYearColumn {

  /** Instead of a year. */
  public static final int UNKNOWN = Integer.MIN_VALUE;

  private final int[] years;

  private BirthYearColumn(int[] years) {
    this.years = years;
  }

  /**
   * A column of known and unknown years.
   *
   * @param years by the indexes of the pedigree, {@link #UNKNOWN} where not known; not to be
   *     changed
   */
  public static BirthYearColumn of(int[] years) {
    return new BirthYearColumn(years);
  }

  /** Whether an animal's year is known. */
  public boolean isKnown(int animal) {
    return years[animal] != UNKNOWN;
  }

  /** The year, or {@link #UNKNOWN}. */
  public int of(int animal) {
    return years[animal];
  }

  /** The animals born from the first year to the last, both included. */
  public BitSet between(int first, int last) {
    BitSet born = new BitSet(years.length);
    IntStream.range(0, years.length)
        .filter(animal -> isKnown(animal) && years[animal] >= first && years[animal] <= last)
        .forEach(born::set);
    return born;
  }

  /** The last year of all, or {@link #UNKNOWN} if none is known. */
  public int last() {
    return IntStream.of(years).max().orElse(UNKNOWN);
  }
}
