package studbook.simulator.population.random;

/**
 * Stateless random numbers: the same seed, question and key always give the same result, so a
 * population need not be stored. Immutable.
 */
public final class SeededRandom {

  private final long seed;

  public SeededRandom(long seed) {
    this.seed = mix(seed);
  }

  /** A number from 0 inclusive to 1 exclusive. */
  public double share(String question, long key) {
    return (roll(question, key) >>> 11) * 0x1p-53;
  }

  /** A number from 0 inclusive to {@code bound} exclusive. */
  public int below(int bound, String question, long key) {
    return (int) Long.remainderUnsigned(roll(question, key), bound);
  }

  public <T> T pick(T[] choices, String question, long key) {
    return choices[below(choices.length, question, key)];
  }

  private long roll(String question, long key) {
    return mix(mix(seed ^ question.hashCode() * 0x9E3779B97F4A7C15L) + key);
  }

  /** The finaliser of SplitMix64: every bit of the input reaches every bit of the output. */
  private static long mix(long value) {
    long z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
