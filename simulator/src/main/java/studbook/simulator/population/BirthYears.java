package studbook.simulator.population;

import java.util.Arrays;

/**
 * The year of birth of each horse. Indexes ascend by year: founders without parents from 1970, a
 * growing number of parents from 1983, and from 2005 to 2023 the horses that race. A table of some
 * fifty numbers for any size.
 */
final class BirthYears {

  private static final int FIRST_YEAR = 1970;
  private static final int LAST_FOUNDERS = 1978;
  private static final int FIRST_FOALS = 1983;
  private static final int FIRST_RACERS = 2005;
  private static final int LAST_YEAR = 2023;

  /** Founders of one year, foals of 1983, and the growth from year to year until 2004. */
  private static final double FOUNDERS = 0.012 / (LAST_FOUNDERS - FIRST_YEAR + 1);

  private static final double FIRST_CROP = 0.003;
  private static final double GROWTH = 1.09;

  private final int[] starts = new int[LAST_YEAR - FIRST_YEAR + 2];

  BirthYears(int size) {
    double before = 0;
    for (int year = FIRST_YEAR; year <= LAST_YEAR; year++) {
      starts[year - FIRST_YEAR] = rounded(before, year, size);
      before += foals(year);
    }
    starts[starts.length - 1] = size;
  }

  int yearOf(int index) {
    int found = Arrays.binarySearch(starts, index);
    int year = found < 0 ? -found - 2 : found;
    while (starts[year + 1] == starts[year]) {
      year++;
    }
    return FIRST_YEAR + year;
  }

  /** The index of the first horse born in {@code year} or later. */
  int start(int year) {
    return starts[Math.clamp(year - FIRST_YEAR, 0, starts.length - 1)];
  }

  boolean isFounder(int index) {
    return index < start(FIRST_FOALS);
  }

  /** Rounds a share; even the smallest population has a first pair. */
  private static int rounded(double share, int year, int size) {
    int start = (int) Math.round(share * size);
    return Math.min(size, year > LAST_FOUNDERS ? Math.max(2, start) : start);
  }

  /** The share of the whole population that is born in {@code year}. */
  private static double foals(int year) {
    if (year <= LAST_FOUNDERS) {
      return FOUNDERS;
    }
    if (year < FIRST_FOALS) {
      return 0;
    }
    if (year < FIRST_RACERS) {
      return FIRST_CROP * Math.pow(GROWTH, year - FIRST_FOALS);
    }
    double parents = 0.012;
    for (int earlier = FIRST_FOALS; earlier < FIRST_RACERS; earlier++) {
      parents += foals(earlier);
    }
    return (1 - parents) / (LAST_YEAR - FIRST_RACERS + 1);
  }
}
