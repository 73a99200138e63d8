package studbook.bench.pedigree;

import static studbook.pedigree.ParentLinks.UNKNOWN;

import java.util.Arrays;
import java.util.Random;
import studbook.pedigree.ParentLinks;

/**
 * Simulated Thoroughbreds of 280 years, in the order of their birth. Crops grow by 2 % a year; the
 * horses of the first ten years are founders. About 1 % of the horses become sires and 20 % dams. A
 * stallion has 15 foals a year on average, but few have most (log-normal), for 8 years from the age
 * of 5; a mare a foal in two of three years, for 9 years from the age of 4.
 */
final class ThoroughbredPedigree {

  private static final int YEARS = 280;
  private static final int FOUNDER_YEARS = 10;
  private static final double GROWTH = 1.02;
  private static final int SIRE_AGE = 5;
  private static final int DAM_AGE = 4;
  private static final double SIRES_A_FOAL = 1 / 15.0;
  private static final double DAMS_A_FOAL = 1.5;
  private static final int MIN_SIRES = 20;
  private static final int MIN_DAMS = 40;
  private static final double SIRE_YEARS = 8;
  private static final double DAM_YEARS = 9;

  private final Random random;
  private final int[] sires;
  private final int[] dams;

  /** The first horse of each year, and the number of horses. */
  private final int[] crops = new int[YEARS + 1];

  private final BreedingStock stallions;
  private final BreedingStock mares;

  private ThoroughbredPedigree(int horses, long seed) {
    random = new Random(seed);
    sires = new int[horses];
    dams = new int[horses];
    stallions = new BreedingStock(random, SIRE_YEARS);
    mares = new BreedingStock(random, DAM_YEARS);
    for (int year = 0; year < YEARS; year++) {
      double share = (Math.pow(GROWTH, year + 1) - 1) / (Math.pow(GROWTH, YEARS) - 1);
      crops[year + 1] = (int) Math.round(horses * share);
    }
  }

  static ParentLinks of(int horses, long seed) {
    ThoroughbredPedigree pedigree = new ThoroughbredPedigree(horses, seed);
    for (int year = 0; year < YEARS; year++) {
      pedigree.breed(year);
    }
    return ParentLinks.of(pedigree.sires, pedigree.dams);
  }

  /**
   * The year of birth of one of {@code horses}, the last of which were born in {@code last}. It is
   * a year off for the first and last of a crop.
   */
  static int birthYear(int horse, int horses, int last) {
    double share = (double) horse / horses * (Math.pow(GROWTH, YEARS) - 1);
    return last - YEARS + 1 + (int) (Math.log1p(share) / Math.log(GROWTH));
  }

  private void breed(int year) {
    int first = crops[year];
    int end = crops[year + 1];
    Arrays.fill(sires, first, end, UNKNOWN);
    Arrays.fill(dams, first, end, UNKNOWN);
    if (year < FOUNDER_YEARS) {
      return;
    }
    int foals = end - first;
    renew(stallions, year - SIRE_AGE, 0, Math.max(MIN_SIRES, (int) (foals * SIRES_A_FOAL)));
    renew(mares, year - DAM_AGE, 1, Math.max(MIN_DAMS, (int) (foals * DAMS_A_FOAL)));
    for (int foal = first; foal < end; foal++) {
      sires[foal] = stallions.byPopularity();
      dams[foal] = mares.any();
    }
  }

  /** Even numbers are males. */
  private void renew(BreedingStock stock, int born, int sex, int wanted) {
    stock.retire();
    int first = crops[born];
    int candidates = crops[born + 1] - first;
    int missing = wanted - stock.size();
    for (int i = 0; i < missing && candidates > 1; i++) {
      int horse = first + random.nextInt(candidates);
      if (horse % 2 == sex) {
        stock.add(horse);
      } else {
        i--;
      }
    }
  }
}
