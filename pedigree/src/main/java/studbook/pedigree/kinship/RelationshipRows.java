package studbook.pedigree.kinship;

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

  /** The values of one number are beside each other; zero where nothing is computed. */
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
  void addRow(int lane, int animal) {
    int number = core.numberOf(animal);
    if (number != BreedingCore.NONE) {
      addSource(lane, number, 1);
    } else {
      addSource(lane, core.sireNumber(animal), 0.5);
      addSource(lane, core.damNumber(animal), 0.5);
    }
  }

  private void addSource(int lane, int number, double share) {
    values[(number << SHIFT) + lane] += share;
    sources.add(number);
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
  double get(int lane, int animal) {
    int number = core.numberOf(animal);
    if (number != BreedingCore.NONE) {
      return values[(number << SHIFT) + lane];
    }
    return 0.5
        * (values[(core.sireNumber(animal) << SHIFT) + lane]
            + values[(core.damNumber(animal) << SHIFT) + lane]);
  }

  /** Removes all rows. */
  void clear() {
    clear(sources);
    clear(targets);
  }

  private void addAncestorsOfTargets() {
    for (int word = targets.lastWord(); word >= 0; word--) {
      // A parent may be in the same word, below its offspring.
      long below = -1;
      for (long bits = targets.word(word); bits != 0; bits = targets.word(word) & below) {
        int bit = 63 - Long.numberOfLeadingZeros(bits);
        int number = (word << 6) + bit;
        targets.add(core.sire(number));
        targets.add(core.dam(number));
        below = (1L << bit) - 1;
      }
    }
  }

  /** Ends with the parent who is not known: its variance is zero, which removes what came to it. */
  private void passUp() {
    for (int word = sources.lastWord(); word >= 0; word--) {
      long below = -1;
      for (long bits = sources.word(word); bits != 0; bits = sources.word(word) & below) {
        int bit = 63 - Long.numberOfLeadingZeros(bits);
        int number = (word << 6) + bit;
        sources.add(core.sire(number));
        sources.add(core.dam(number));
        passUp(number, core.sire(number), core.dam(number), core.variance(number));
        below = (1L << bit) - 1;
      }
    }
  }

  private void passUp(int number, int sire, int dam, double variance) {
    int at = number << SHIFT;
    int sireAt = sire << SHIFT;
    int damAt = dam << SHIFT;
    for (int lane = 0; lane < LANES; lane++) {
      double share = values[at + lane];
      values[sireAt + lane] += 0.5 * share;
      values[damAt + lane] += 0.5 * share;
      values[at + lane] = variance * share;
    }
  }

  private void passDown() {
    for (int word = 0; word <= targets.lastWord(); word++) {
      for (long bits = targets.word(word); bits != 0; bits &= bits - 1) {
        int number = (word << 6) + Long.numberOfTrailingZeros(bits);
        passDown(number, core.sire(number), core.dam(number));
      }
    }
  }

  private void passDown(int number, int sire, int dam) {
    int at = number << SHIFT;
    int sireAt = sire << SHIFT;
    int damAt = dam << SHIFT;
    for (int lane = 0; lane < LANES; lane++) {
      values[at + lane] += 0.5 * (values[sireAt + lane] + values[damAt + lane]);
    }
  }

  private void clear(NumberSet numbers) {
    for (int word = 0; word <= numbers.lastWord(); word++) {
      for (long bits = numbers.word(word); bits != 0; bits &= bits - 1) {
        int at = ((word << 6) + Long.numberOfTrailingZeros(bits)) << SHIFT;
        for (int lane = 0; lane < LANES; lane++) {
          values[at + lane] = 0;
        }
      }
    }
    numbers.clear();
  }
}
