package studbook.pedigree.kinship;

import static studbook.pedigree.ParentLinks.UNKNOWN;

import java.util.Arrays;
import java.util.BitSet;
import studbook.pedigree.ParentLinks;
import studbook.pedigree.Pedigree;

/**
 * Some animals and all their ancestors, as a pedigree of their own: figures of few animals need no
 * others. Immutable and thread-safe.
 */
public final class AncestorSubset {

  private final Pedigree whole;

  /** The animals' positions in the whole pedigree, ascending. */
  private final int[] positions;

  private final Pedigree pedigree;

  private AncestorSubset(Pedigree whole, int[] positions) {
    this.whole = whole;
    this.positions = positions;
    int[] sires = new int[positions.length];
    int[] dams = new int[positions.length];
    for (int index = 0; index < positions.length; index++) {
      sires[index] = indexOrUnknown(whole.sire(original(index)));
      dams[index] = indexOrUnknown(whole.dam(original(index)));
    }
    pedigree = Pedigree.of(ParentLinks.of(sires, dams));
  }

  public static AncestorSubset of(Pedigree whole, int... animals) {
    BitSet found = new BitSet(whole.size());
    for (int animal : animals) {
      found.set(whole.positionOf(animal));
    }
    for (int at = found.length() - 1; at >= 0; at = found.previousSetBit(at - 1)) {
      set(found, whole, whole.sire(whole.atPosition(at)));
      set(found, whole, whole.dam(whole.atPosition(at)));
    }
    return new AncestorSubset(whole, found.stream().toArray());
  }

  private static void set(BitSet found, Pedigree whole, int parent) {
    if (parent != UNKNOWN) {
      found.set(whole.positionOf(parent));
    }
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
    return whole.atPosition(positions[index]);
  }

  /**
   * The index in this pedigree of an animal of the whole.
   *
   * @throws IllegalArgumentException if it is none of the animals and none of their ancestors
   */
  public int indexOf(int animal) {
    int index = Arrays.binarySearch(positions, whole.positionOf(animal));
    if (index < 0) {
      throw new IllegalArgumentException("animal %d is not in the subset".formatted(animal));
    }
    return index;
  }
}
