package studbook.pedigree;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Sires and dams of the animals 0 to {@code size() - 1}, as indexes. The links may contradict each
 * other: an animal may be its own ancestor, or a sire and a dam. Immutable and thread-safe.
 */
public final class ParentLinks {

  /** The index of a parent that is not known. */
  public static final int UNKNOWN = -1;

  private final int[] sires;
  private final int[] dams;

  private ParentLinks(int[] sires, int[] dams) {
    this.sires = sires;
    this.dams = dams;
  }

  /**
   * Copies the arrays.
   *
   * @param sires the index of each animal's sire, or {@link #UNKNOWN}
   * @param dams the index of each animal's dam, or {@link #UNKNOWN}
   * @throws IllegalArgumentException if the arrays differ in length or an index is none of theirs
   */
  public static ParentLinks of(int[] sires, int[] dams) {
    if (sires.length != dams.length) {
      throw new IllegalArgumentException(
          "%d sires, but %d dams".formatted(sires.length, dams.length));
    }
    return new ParentLinks(checked("sire", sires.clone()), checked("dam", dams.clone()));
  }

  /** Takes the arrays as they are; the caller gives them up. */
  static ParentLinks owning(int[] sires, int[] dams) {
    return new ParentLinks(sires, dams);
  }

  private static int[] checked(String parent, int[] indexes) {
    for (int animal = 0; animal < indexes.length; animal++) {
      if (indexes[animal] < UNKNOWN || indexes[animal] >= indexes.length) {
        throw new IllegalArgumentException(
            "the %s of animal %d is %d, and there are %d animals"
                .formatted(parent, animal, indexes[animal], indexes.length));
      }
    }
    return indexes;
  }

  public int size() {
    return sires.length;
  }

  /** The index of the animal's sire, or {@link #UNKNOWN}. */
  public int sire(int animal) {
    return sires[animal];
  }

  /** The index of the animal's dam, or {@link #UNKNOWN}. */
  public int dam(int animal) {
    return dams[animal];
  }

  /**
   * The cycles, the shortest first: each array has the animals, in ascending order, of which every
   * one is an ancestor of all in the array, itself included. Cycles that share an animal are one
   * array. Takes linear time.
   */
  public List<int[]> cycles() {
    return new CycleFinder(this).cycles();
  }

  /**
   * One way around a cycle: the shortest that leads from the array's first animal to itself. Each
   * animal is followed by a parent of it, and the last one has the first as a parent.
   *
   * @param cycle one of {@link #cycles()}
   */
  public int[] pathAround(int[] cycle) {
    return new CyclePath(this, cycle).animals();
  }

  /**
   * These links without some of them.
   *
   * @param noSire animals whose sire becomes unknown
   * @param noDam animals whose dam becomes unknown
   */
  public ParentLinks without(BitSet noSire, BitSet noDam) {
    return new ParentLinks(without(sires, noSire), without(dams, noDam));
  }

  private static int[] without(int[] indexes, BitSet leftOut) {
    int[] kept = Arrays.copyOf(indexes, indexes.length);
    leftOut.stream().takeWhile(animal -> animal < kept.length).forEach(a -> kept[a] = UNKNOWN);
    return kept;
  }
}
