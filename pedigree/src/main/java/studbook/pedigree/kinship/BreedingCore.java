package studbook.pedigree.kinship;

import static studbook.pedigree.ParentLinks.UNKNOWN;

import java.util.BitSet;
import studbook.pedigree.Pedigree;

/**
 * The animals with an offspring that is a parent itself, numbered from 1 with parents first. Only
 * they are ancestors of a parent, so relationships between parents pass through no other animal;
 * they are a small part of most pedigrees. The number 0 is that of every parent who is not known.
 */
final class BreedingCore {

  static final int NONE = 0;

  private final Pedigree pedigree;

  /** The number of each animal, or {@link #NONE}. */
  private final int[] numbers;

  private final int[] animals;
  private final int[] sires;
  private final int[] dams;

  /** The variance within the family of each: what its parents do not determine. */
  private final double[] variances;

  private BreedingCore(Pedigree pedigree, BitSet members) {
    int size = 1 + members.cardinality();
    this.pedigree = pedigree;
    numbers = new int[pedigree.size()];
    animals = new int[size];
    sires = new int[size];
    dams = new int[size];
    variances = new double[size];
    int number = NONE;
    for (int position = 0; position < pedigree.size(); position++) {
      int animal = pedigree.atPosition(position);
      if (members.get(animal)) {
        numbers[animal] = ++number;
        animals[number] = animal;
        sires[number] = sireNumber(animal);
        dams[number] = damNumber(animal);
      }
    }
  }

  static BreedingCore of(Pedigree pedigree) {
    int size = pedigree.size();
    BitSet parents = new BitSet(size);
    for (int animal = 0; animal < size; animal++) {
      setParents(pedigree, animal, parents);
    }
    BitSet members = new BitSet(size);
    for (int parent = parents.nextSetBit(0); parent >= 0; parent = parents.nextSetBit(parent + 1)) {
      setParents(pedigree, parent, members);
    }
    return new BreedingCore(pedigree, members);
  }

  private static void setParents(Pedigree pedigree, int animal, BitSet animals) {
    if (pedigree.sire(animal) != UNKNOWN) {
      animals.set(pedigree.sire(animal));
    }
    if (pedigree.dam(animal) != UNKNOWN) {
      animals.set(pedigree.dam(animal));
    }
  }

  /** One more than the largest number. */
  int size() {
    return animals.length;
  }

  /**
   * The number of an animal of the pedigree, or {@link #NONE} if it does not belong to the core.
   */
  int numberOf(int animal) {
    return numbers[animal];
  }

  /** The number of the sire of an animal of the pedigree; the sire must be known to belong here. */
  int sireNumber(int animal) {
    return pedigree.sire(animal) == UNKNOWN ? NONE : numbers[pedigree.sire(animal)];
  }

  int damNumber(int animal) {
    return pedigree.dam(animal) == UNKNOWN ? NONE : numbers[pedigree.dam(animal)];
  }

  /** The number of the sire of a member. */
  int sire(int number) {
    return sires[number];
  }

  int dam(int number) {
    return dams[number];
  }

  double variance(int number) {
    return variances[number];
  }

  /**
   * Computes the variances of the members from a number on that are of one generation, and returns
   * the first number of a later one.
   *
   * @param inbreeding of each animal of the pedigree; that of their parents must be known
   */
  int setVariances(int first, int generation, double[] inbreeding) {
    int number = first;
    while (number < size() && pedigree.generationOf(animals[number]) == generation) {
      int animal = animals[number];
      variances[number] =
          1 - share(pedigree.sire(animal), inbreeding) - share(pedigree.dam(animal), inbreeding);
      number++;
    }
    return number;
  }

  private static double share(int parent, double[] inbreeding) {
    return parent == UNKNOWN ? 0 : 0.25 * (1 + inbreeding[parent]);
  }
}
