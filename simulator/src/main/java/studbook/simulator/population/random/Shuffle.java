package studbook.simulator.population.random;

/**
 * A permutation of {@code 0 … size - 1} without a table. A prime larger than any size shares no
 * factor with it, so its multiples visit every index once.
 */
public final class Shuffle {

  private static final long PRIME = 2_147_483_647L;

  private final int size;
  private final int offset;

  public Shuffle(int size, SeededRandom random, String question, long key) {
    this.size = size;
    this.offset = size == 0 ? 0 : random.below(size, question, key);
  }

  public int place(int rank) {
    return (int) ((rank * PRIME + offset) % size);
  }
}
