package studbook.bench.pedigree;

import java.util.Arrays;
import java.util.Random;

/** The stallions or mares that have foals in a year. */
final class BreedingStock {

  private final Random random;
  private final double years;
  private int[] horses = new int[64];
  private double[] popularity = new double[64];

  /** Sums of the popularity, up to and including each horse. */
  private double[] sums = new double[64];

  private int size;
  private int summed;

  BreedingStock(Random random, double years) {
    this.random = random;
    this.years = years;
  }

  int size() {
    return size;
  }

  void add(int horse) {
    if (size == horses.length) {
      horses = Arrays.copyOf(horses, 2 * size);
      popularity = Arrays.copyOf(popularity, 2 * size);
      sums = new double[2 * size];
      summed = 0;
    }
    horses[size] = horse;
    popularity[size++] = Math.exp(random.nextGaussian());
  }

  /** Removes each with the chance of its last year. */
  void retire() {
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (random.nextDouble() >= 1 / years) {
        horses[kept] = horses[i];
        popularity[kept++] = popularity[i];
      }
    }
    size = kept;
    summed = 0;
  }

  int any() {
    return horses[random.nextInt(size)];
  }

  int byPopularity() {
    for (; summed < size; summed++) {
      sums[summed] = popularity[summed] + (summed == 0 ? 0 : sums[summed - 1]);
    }
    int place = Arrays.binarySearch(sums, 0, size, random.nextDouble() * sums[size - 1]);
    return horses[place < 0 ? -place - 1 : place];
  }
}
