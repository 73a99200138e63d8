package studbook.pedigree;

/**
 * Links without a cycle, and an order in which parents come before their offspring: by generation,
 * then by index. Immutable and thread-safe.
 */
public final class Pedigree {

  private final ParentLinks links;
  private final int[] generations;

  /** The first position of each generation, and the number of animals. */
  private final int[] starts;

  private final int[] animals;
  private final int[] positions;

  private Pedigree(ParentLinks links, int[] generations) {
    this.links = links;
    this.generations = generations;
    starts = starts(generations);
    animals = new int[generations.length];
    positions = new int[generations.length];
    int[] next = starts.clone();
    for (int animal = 0; animal < generations.length; animal++) {
      int position = next[generations[animal]]++;
      animals[position] = animal;
      positions[animal] = position;
    }
  }

  /**
   * Orders the animals in linear time.
   *
   * @throws CyclicPedigreeException if an animal is its own ancestor; {@link ParentLinks#without}
   *     leaves the links of the cycles out
   */
  public static Pedigree of(ParentLinks links) {
    return new Pedigree(
        links,
        GenerationFinder.generationsOf(links)
            .orElseThrow(() -> new CyclicPedigreeException(links.cycles())));
  }

  private static int[] starts(int[] generations) {
    int last = -1;
    for (int generation : generations) {
      last = Math.max(last, generation);
    }
    int[] starts = new int[last + 2];
    for (int generation : generations) {
      starts[generation + 1]++;
    }
    for (int generation = 0; generation <= last; generation++) {
      starts[generation + 1] += starts[generation];
    }
    return starts;
  }

  public int size() {
    return animals.length;
  }

  /** The index of the animal's sire, or {@link ParentLinks#UNKNOWN}. */
  public int sire(int animal) {
    return links.sire(animal);
  }

  /** The index of the animal's dam, or {@link ParentLinks#UNKNOWN}. */
  public int dam(int animal) {
    return links.dam(animal);
  }

  public ParentLinks links() {
    return links;
  }

  /** The animal at a position of the order, 0 to {@code size() - 1}. */
  public int atPosition(int position) {
    return animals[position];
  }

  /** The position of an animal; those of its parents are smaller. */
  public int positionOf(int animal) {
    return positions[animal];
  }

  /** The number of generations: one more than the largest {@link #generationOf}. */
  public int generations() {
    return starts.length - 1;
  }

  /**
   * The number of generations between an animal and its farthest known ancestor; 0 for a founder.
   */
  public int generationOf(int animal) {
    return generations[animal];
  }

  /**
   * The first position of a generation; that of {@link #generations()} is {@link #size()}. Animals
   * of one generation are not each other's ancestors.
   */
  public int startOf(int generation) {
    return starts[generation];
  }
}
