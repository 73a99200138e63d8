package studbook.simulator.population.random;

import java.math.BigInteger;
import java.util.OptionalInt;

/**
 * The numbers of a population's horses: scattered like a real API's, but computed in both
 * directions. Multiplication modulo a prime is a permutation with an inverse.
 */
public final class IdPermutation {

  private static final String PREFIX = "hrs_";
  private static final long PRIME = 399_999_959L;

  private final long base;
  private final int size;
  private final long factor;
  private final long inverse;
  private final long offset;

  /**
   * @param base the lowest number; the highest is 399,999,958 above it
   */
  public IdPermutation(long base, int size, SeededRandom random) {
    this.base = base;
    this.size = size;
    this.factor = 2L + random.below((int) PRIME - 2, "number factor", 0);
    this.offset = random.below((int) PRIME, "number offset", 0);
    this.inverse =
        BigInteger.valueOf(factor).modInverse(BigInteger.valueOf(PRIME)).longValueExact();
  }

  public String number(int index) {
    return Long.toString(base + (index * factor + offset) % PRIME);
  }

  public String id(int index) {
    return PREFIX + number(index);
  }

  public OptionalInt indexOf(String id) {
    String text = id.substring(PREFIX.length());
    long scattered = Long.parseLong(text) - base;
    if (text.startsWith("0") || scattered < 0 || scattered >= PRIME) {
      return OptionalInt.empty();
    }
    long index = (scattered - offset + PRIME) * inverse % PRIME;
    return index < size ? OptionalInt.of((int) index) : OptionalInt.empty();
  }
}
