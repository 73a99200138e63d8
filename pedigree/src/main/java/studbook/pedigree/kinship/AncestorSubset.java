package studbook.pedigree.kinship;

import static studbook.pedigree.ParentLinks.UNKNOWN;

import java.util.Arrays;
import java.util.BitSet;
import studbook.pedigree.ParentLinks;
import studbook.pedigree.Pedigree;

/**
 * Some animals and all their ancestors, as a pedigree of their own: figures of few animals need no
 * others. Its order depends on the links alone: by generation, then by the nearest way from the
 * animals, sires first. So figures are the same to the bit, whatever other animals the whole has
 * and in whatever order. Immutable and thread-safe.
 */
public final class AncestorSubset {

  /** The animal of each index. */
  private final int[] originals;

  /** Each animal in the upper half and its index in the lower, ascending. */
  private final long[] indexes;

  private final Pedigree pedigree;

  private AncestorSubset(Pedigree whole, int[] originals) {
    this.originals = originals;
    indexes = new long[originals.length];
    for (int index = 0; index < originals.length; index++) {
      indexes[index] = firstKey(originals[index]) | index;
    }
    Arrays.sort(indexes);
    int[] sires = new int[originals.length];
    int[] dams = new int[originals.length];
    for (int index = 0; index < originals.length; index++) {
      sires[index] = indexOrUnknown(whole.sire(originals[index]));
      dams[index] = indexOrUnknown(whole.dam(originals[index]));
    }
    pedigree = Pedigree.of(ParentLinks.of(sires, dams));
  }

  public static AncestorSubset of(Pedigree whole, int... animals) {
    return new AncestorSubset(whole, byGeneration(whole, found(whole, animals)));
  }

  /** The animals, then their parents, and so on, each once. */
  private static int[] found(Pedigree whole, int[] animals) {
    BitSet seen = new BitSet(whole.size());
    int[] found = new int[Math.max(64, animals.length)];
    int length = 0;
    for (int animal : animals) {
      found[length] = animal;
      length += added(animal, seen);
    }
    for (int next = 0; next < length; next++) {
      if (length + 2 > found.length) {
        found = Arrays.copyOf(found, 2 * found.length);
      }
      for (int parent : new int[] {whole.sire(found[next]), whole.dam(found[next])}) {
        found[length] = parent;
        length += added(parent, seen);
      }
    }
    return Arrays.copyOf(found, length);
  }

  /** 1 if the animal is known and was not seen before. */
  private static int added(int animal, BitSet seen) {
    if (animal == UNKNOWN || seen.get(animal)) {
      return 0;
    }
    seen.set(animal);
    return 1;
  }

  /** Parents before their offspring; within a generation the order stays. */
  private static int[] byGeneration(Pedigree whole, int[] animals) {
    int[] next = new int[whole.generations() + 1];
    for (int animal : animals) {
      next[whole.generationOf(animal) + 1]++;
    }
    Arrays.parallelPrefix(next, Integer::sum);
    int[] ordered = new int[animals.length];
    for (int animal : animals) {
      ordered[next[whole.generationOf(animal)]++] = animal;
    }
    return ordered;
  }

  private int indexOrUnknown(int parent) {
    return parent == UNKNOWN ? UNKNOWN : indexOf(parent);
  }

  /** The pedigree of the animals, with indexes of its own. */
  public Pedigree pedigree() {
    return pedigree;
  }

  /** The index in the whole pedigree of an animal of this one. */
  public int original(int index) {
    return originals[index];
  }

  /**
   * The index in this pedigree of an animal of the whole.
   *
   * @throws IllegalArgumentException if it is none of the animals and none of their ancestors
   */
  public int indexOf(int animal) {
    int found = Arrays.binarySearch(indexes, firstKey(animal));
    int place = found < 0 ? -1 - found : found; // it is found only if its index is 0
    if (place == indexes.length || indexes[place] >>> Integer.SIZE != animal) {
      throw new IllegalArgumentException("animal %d is not in the subset".formatted(animal));
    }
    return (int) indexes[place];
  }

  /** The smallest key that an animal may have. */
  private static long firstKey(int animal) {
    return (long) animal << Integer.SIZE;
  }
}
