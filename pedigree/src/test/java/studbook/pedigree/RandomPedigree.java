package studbook.pedigree;

import static studbook.pedigree.ParentLinks.UNKNOWN;

import java.util.Arrays;
import java.util.Random;

/**
 * A pedigree of chance: few or many sires, close or distant matings, gaps, and indexes in no order.
 * An animal may be a sire and a dam, and even both parents of an offspring.
 */
public final class RandomPedigree {

  private final Random random;
  private final int[] sires;
  private final int[] dams;

  private RandomPedigree(Random random, int size) {
    this.random = random;
    sires = new int[size];
    dams = new int[size];
  }

  public static Pedigree of(Random random, int size) {
    RandomPedigree pedigree = new RandomPedigree(random, size);
    pedigree.fill();
    return Pedigree.of(ParentLinks.of(pedigree.sires, pedigree.dams));
  }

  private void fill() {
    int[] indexes = shuffled(random, sires.length);
    int window = 2 + random.nextInt(sires.length);
    int sireEach = 1 + random.nextInt(10);
    double gaps = random.nextInt(3) * random.nextDouble() / 2;
    for (int position = 0; position < indexes.length; position++) {
      int animal = indexes[position];
      int sire = parent(position, window, gaps);
      sires[animal] = sire == UNKNOWN ? UNKNOWN : indexes[sire - sire % sireEach];
      int dam = parent(position, window, gaps);
      dams[animal] = dam == UNKNOWN ? UNKNOWN : indexes[dam];
    }
  }

  private int parent(int position, int window, double gaps) {
    int known = Math.min(position, window);
    return known == 0 || random.nextDouble() < gaps
        ? UNKNOWN
        : position - 1 - random.nextInt(known);
  }

  /** The numbers below the size in an order of chance. */
  public static int[] shuffled(Random random, int size) {
    int[] numbers = new int[size];
    Arrays.setAll(numbers, number -> number);
    for (int last = size - 1; last > 0; last--) {
      int other = random.nextInt(last + 1);
      int number = numbers[last];
      numbers[last] = numbers[other];
      numbers[other] = number;
    }
    return numbers;
  }

  /** The same pedigree with other indexes; animals without a place have no parents. */
  public static Pedigree moved(Pedigree pedigree, int[] places, int size) {
    int[] sires = new int[size];
    int[] dams = new int[size];
    Arrays.fill(sires, UNKNOWN);
    Arrays.fill(dams, UNKNOWN);
    for (int animal = 0; animal < pedigree.size(); animal++) {
      int sire = pedigree.sire(animal);
      int dam = pedigree.dam(animal);
      sires[places[animal]] = sire == UNKNOWN ? UNKNOWN : places[sire];
      dams[places[animal]] = dam == UNKNOWN ? UNKNOWN : places[dam];
    }
    return Pedigree.of(ParentLinks.of(sires, dams));
  }
}
