package studbook.simulator.population;

import java.util.OptionalInt;
import studbook.simulator.population.random.SeededRandom;
import studbook.simulator.population.random.Shuffle;

/**
 * Sex and descent of each horse, computed from its index alone. Two neighbours are one male and one
 * female, and one male of sixteen pairs is a stallion, so a parent of the right sex needs no
 * search. A mare has at most one foal a year.
 */
final class Lineage {

  private static final int PAIRS_OF_A_STALLION = 16;
  private static final int YOUNGEST_PARENT = 4;
  private static final int OLDEST_PARENT = 20;

  /** Together with the founders this leaves 2% without parents. */
  private static final double ORPHANS = 0.008;

  private final BirthYears birthYears;
  private final SeededRandom random;

  Lineage(BirthYears birthYears, SeededRandom random) {
    this.birthYears = birthYears;
    this.random = random;
  }

  boolean isMale(int index) {
    return index == male(index / 2);
  }

  boolean isStallion(int index) {
    int pair = index / 2;
    return isMale(index) && (pair == 0 || pair == stallionPair(pair / PAIRS_OF_A_STALLION));
  }

  OptionalInt sire(int index) {
    if (hasNoParents(index)) {
      return OptionalInt.empty();
    }
    int year = birthYears.yearOf(index);
    int first = Math.ceilDiv(firstPair(year), PAIRS_OF_A_STALLION);
    int count = afterLastPair(year) / PAIRS_OF_A_STALLION - first;
    if (count <= 0) {
      return OptionalInt.of(male(0));
    }
    // The square makes a few stallions of each year popular, as in reality.
    double popularity = Math.pow(random.share("sire", index), 2);
    int block = first + new Shuffle(count, random, "sires", year).place((int) (popularity * count));
    return OptionalInt.of(male(stallionPair(block)));
  }

  OptionalInt dam(int index) {
    if (hasNoParents(index)) {
      return OptionalInt.empty();
    }
    int year = birthYears.yearOf(index);
    int first = firstPair(year);
    int count = afterLastPair(year) - first;
    if (count <= 0) {
      return OptionalInt.of(female(0));
    }
    int rank = index - birthYears.start(year);
    return OptionalInt.of(female(first + new Shuffle(count, random, "dams", year).place(rank)));
  }

  private boolean hasNoParents(int index) {
    return birthYears.isFounder(index) || random.share("orphan", index) < ORPHANS;
  }

  private int male(int pair) {
    return 2 * pair + random.below(2, "male", pair);
  }

  private int female(int pair) {
    return 4 * pair + 1 - male(pair);
  }

  private int stallionPair(int block) {
    return PAIRS_OF_A_STALLION * block + random.below(PAIRS_OF_A_STALLION, "stallion", block);
  }

  private int firstPair(int year) {
    return Math.ceilDiv(birthYears.start(year - OLDEST_PARENT), 2);
  }

  private int afterLastPair(int year) {
    return birthYears.start(year - YOUNGEST_PARENT + 1) / 2;
  }
}
