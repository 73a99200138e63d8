package studbook.pedigree.kinship;

import java.util.Arrays;

/**
 * Rows of the relationship matrix, eight at a time, by the indirect method of Colleau (2002): the
 * matrix is T·D·T′, where T has the expected shares of genes and D the variances within families. A
 * row takes one pass from its animal up to the ancestors (T′, then D) and one down to the animals
 * whose relationship is wanted (T); it touches no others. Eight rows share the passes, so that each
 * step uses whole cache lines.
 *
 * <p>To be used by one thread. A result does not depend on what was computed before.
 */
final class RelationshipRows {

  /** Eight doubles are a cache line. */
  static final int LANES = 8;

  private static final int SHIFT = 3;

  private final BreedingCore core;

  /**
   * The values of one number are beside each other. They have a meaning for numbers of the sets
   * only, and for {@link BreedingCore#NONE}, where they are zero.
   */
  private final double[] values;

  private final NumberSet sources;
  private final NumberSet targets;

  RelationshipRows(BreedingCore core) {
    this.core = core;
    values = new double[core.size() << SHIFT];
    sources = new NumberSet(core.size());
    targets = new NumberSet(core.size());
  }

  /** Begins the row of a parent. */
  void addRow(int row, int animal) {
    int number = core.numberOf(animal);
    if (number != BreedingCore.NONE) {
      addSource(row, number, 1);
    } else {
      addSource(row, core.sireNumber(animal), 0.5);
      addSource(row, core.damNumber(animal), 0.5);
    }
  }

  private void addSource(int row, int number, double share) {
    if (!sources.contains(number)) {
      sources.add(number);
      Arrays.fill(values, number << SHIFT, (number + 1) << SHIFT, 0);
    }
    values[(number << SHIFT) + row] += share;
  }

  /** Asks for the relationships of another parent. */
  void addTarget(int animal) {
    int number = core.numberOf(animal);
    if (number != BreedingCore.NONE) {
      targets.add(number);
    } else {
      targets.add(core.sireNumber(animal));
      targets.add(core.damNumber(animal));
    }
  }

  /** Computes what was asked for. */
  void compute() {
    addAncestorsOfTargets();
    passUp();
    passDown();
  }

  /** The relationship of the row's animal with another parent that was asked for. */
  double get(int row, int animal) {
    int number = core.numberOf(animal);
    if (number != BreedingCore.NONE) {
      return values[(number << SHIFT) + row];
    }
    return 0.5
        * (values[(core.sireNumber(animal) << SHIFT) + row]
            + values[(core.damNumber(animal) << SHIFT) + row]);
  }

  /** Removes all rows. */
  void clear() {
    sources.clear();
    targets.clear();
  }

  private void addAncestorsOfTargets() {
    for (int word = targets.lastWord(); word >= 0; word--) {
      // A parent may be in the same word, below its offspring.
      long below = -1;
      for (long bits = targets.word(word); bits != 0; bits = targets.word(word) & below) {
        int bit = 63 - Long.numberOfLeadingZeros(bits);
        int number = (word << 6) + bit;
        targets.addBelow(core.sire(number));
        targets.addBelow(core.dam(number));
        below = (1L << bit) - 1;
      }
    }
  }

  /** Ends at the parent who is not known: its variance is zero, which removes what came to it. */
  private void passUp() {
    for (int word = sources.lastWord(); word >= 0; word--) {
      long below = -1;
      for (long bits = sources.word(word); bits != 0; bits = sources.word(word) & below) {
        int bit = 63 - Long.numberOfLeadingZeros(bits);
        int number = (word << 6) + bit;
        passUp(number, core.sire(number));
        passUp(number, core.dam(number));
        multiply(number << SHIFT, core.variance(number));
        below = (1L << bit) - 1;
      }
    }
  }

  private void passUp(int number, int parent) {
    int from = number << SHIFT;
    int to = parent << SHIFT;
    if (sources.contains(parent)) {
      addHalf(from, to);
    } else {
      sources.addBelow(parent);
      setToHalf(from, to);
    }
  }

  private void passDown() {
    for (int word = 0; word <= targets.lastWord(); word++) {
      long own = sources.word(word);
      for (long bits = targets.word(word); bits != 0; bits &= bits - 1) {
        int number = (word << 6) + Long.numberOfTrailingZeros(bits);
        int at = number << SHIFT;
        if ((own & Long.lowestOneBit(bits)) != 0) {
          addMean(at, core.sire(number) << SHIFT, core.dam(number) << SHIFT);
        } else {
          setToMean(at, core.sire(number) << SHIFT, core.dam(number) << SHIFT);
        }
      }
    }
  }

  // The lanes are written out, because Java compiles a loop of eight to three loops.

  private void addHalf(int from, int to) {
    values[to + 0] += 0.5 * values[from + 0];
    values[to + 1] += 0.5 * values[from + 1];
    values[to + 2] += 0.5 * values[from + 2];
    values[to + 3] += 0.5 * values[from + 3];
    values[to + 4] += 0.5 * values[from + 4];
    values[to + 5] += 0.5 * values[from + 5];
    values[to + 6] += 0.5 * values[from + 6];
    values[to + 7] += 0.5 * values[from + 7];
  }

  private void setToHalf(int from, int to) {
    values[to + 0] = 0.5 * values[from + 0];
    values[to + 1] = 0.5 * values[from + 1];
    values[to + 2] = 0.5 * values[from + 2];
    values[to + 3] = 0.5 * values[from + 3];
    values[to + 4] = 0.5 * values[from + 4];
    values[to + 5] = 0.5 * values[from + 5];
    values[to + 6] = 0.5 * values[from + 6];
    values[to + 7] = 0.5 * values[from + 7];
  }

  private void multiply(int at, double variance) {
    values[at + 0] *= variance;
    values[at + 1] *= variance;
    values[at + 2] *= variance;
    values[at + 3] *= variance;
    values[at + 4] *= variance;
    values[at + 5] *= variance;
    values[at + 6] *= variance;
    values[at + 7] *= variance;
  }

  private void addMean(int at, int sire, int dam) {
    values[at + 0] += 0.5 * (values[sire + 0] + values[dam + 0]);
    values[at + 1] += 0.5 * (values[sire + 1] + values[dam + 1]);
    values[at + 2] += 0.5 * (values[sire + 2] + values[dam + 2]);
    values[at + 3] += 0.5 * (values[sire + 3] + values[dam + 3]);
    values[at + 4] += 0.5 * (values[sire + 4] + values[dam + 4]);
    values[at + 5] += 0.5 * (values[sire + 5] + values[dam + 5]);
    values[at + 6] += 0.5 * (values[sire + 6] + values[dam + 6]);
    values[at + 7] += 0.5 * (values[sire + 7] + values[dam + 7]);
  }

  private void setToMean(int at, int sire, int dam) {
    values[at + 0] = 0.5 * (values[sire + 0] + values[dam + 0]);
    values[at + 1] = 0.5 * (values[sire + 1] + values[dam + 1]);
    values[at + 2] = 0.5 * (values[sire + 2] + values[dam + 2]);
    values[at + 3] = 0.5 * (values[sire + 3] + values[dam + 3]);
    values[at + 4] = 0.5 * (values[sire + 4] + values[dam + 4]);
    values[at + 5] = 0.5 * (values[sire + 5] + values[dam + 5]);
    values[at + 6] = 0.5 * (values[sire + 6] + values[dam + 6]);
    values[at + 7] = 0.5 * (values[sire + 7] + values[dam + 7]);
  }
}
