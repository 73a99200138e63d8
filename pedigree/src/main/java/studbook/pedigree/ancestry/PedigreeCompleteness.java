package studbook.pedigree.ancestry;

import studbook.pedigree.ParentLinks;
import studbook.pedigree.Pedigree;

/**
 * How much of each animal's pedigree is known. Computed for all animals in one pass, parents first.
 *
 * <p>Sources: Maignel, Boichard and Verrier (1996) for the equivalent complete generations;
 * MacCluer et al. (1983) for the index of completeness. Immutable.
 */
public final class PedigreeCompleteness {

  /** Generations of the index. */
  public static final int INDEX_GENERATIONS = 5;

  private final double[] equivalentGenerations;
  private final int[] maxGenerations;
  private final int[] fullGenerations;

  /** Known ancestors of each animal, by generation less one: at most 32. */
  private final byte[][] known;

  private final Pedigree pedigree;

  private PedigreeCompleteness(Pedigree pedigree) {
    this.pedigree = pedigree;
    int size = pedigree.size();
    equivalentGenerations = new double[size];
    maxGenerations = new int[size];
    fullGenerations = new int[size];
    known = new byte[INDEX_GENERATIONS][size];
  }

  public static PedigreeCompleteness of(Pedigree pedigree) {
    PedigreeCompleteness completeness = new PedigreeCompleteness(pedigree);
    for (int position = 0; position < pedigree.size(); position++) {
      completeness.compute(pedigree.atPosition(position));
    }
    return completeness;
  }

  private void compute(int animal) {
    int sire = pedigree.sire(animal);
    int dam = pedigree.dam(animal);
    add(animal, sire);
    add(animal, dam);
    if (sire != ParentLinks.UNKNOWN && dam != ParentLinks.UNKNOWN) {
      fullGenerations[animal] = 1 + Math.min(fullGenerations[sire], fullGenerations[dam]);
    }
  }

  private void add(int animal, int parent) {
    if (parent == ParentLinks.UNKNOWN) {
      return;
    }
    equivalentGenerations[animal] += (1 + equivalentGenerations[parent]) / 2;
    maxGenerations[animal] = Math.max(maxGenerations[animal], 1 + maxGenerations[parent]);
    known[0][animal]++;
    for (int generation = 1; generation < INDEX_GENERATIONS; generation++) {
      known[generation][animal] += known[generation - 1][parent];
    }
  }

  /** Sum of (1/2)^n over all known ancestors, n being the generations between. */
  public double equivalentGenerations(int animal) {
    return equivalentGenerations[animal];
  }

  /** Generations to the farthest known ancestor. */
  public int maxGenerations(int animal) {
    return maxGenerations[animal];
  }

  /** Generations with all of their 2^n ancestors known. */
  public int fullGenerations(int animal) {
    return fullGenerations[animal];
  }

  /**
   * The known share of the 2^n ancestors of a generation.
   *
   * @param generation 0 (the animal itself) to {@link #INDEX_GENERATIONS}
   */
  public double knownShare(int animal, int generation) {
    return generation == 0 ? 1 : (double) known[generation - 1][animal] / (1 << generation);
  }

  /**
   * MacCluer's index over five generations: the harmonic mean of the completeness of the sire's and
   * of the dam's half. From 0 to 1; 0 if a parent is unknown.
   */
  public double index(int animal) {
    double sire = halfCompleteness(pedigree.sire(animal));
    double dam = halfCompleteness(pedigree.dam(animal));
    return sire == 0 || dam == 0 ? 0 : 2 * sire * dam / (sire + dam);
  }

  /** The mean known share of the generations 1 to 5 in a parent's half; the parent is the first. */
  public double halfCompleteness(int parent) {
    if (parent == ParentLinks.UNKNOWN) {
      return 0;
    }
    double sum = 0;
    for (int generation = 0; generation < INDEX_GENERATIONS; generation++) {
      sum += knownShare(parent, generation);
    }
    return sum / INDEX_GENERATIONS;
  }
}
