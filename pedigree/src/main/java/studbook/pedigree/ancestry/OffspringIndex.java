package studbook.pedigree.ancestry;

import java.util.Arrays;
import java.util.stream.IntStream;
import studbook.pedigree.ParentLinks;
import studbook.pedigree.Pedigree;

/** The offspring of each animal, in the order of their indexes. Immutable. */
public final class OffspringIndex {

  private final Pedigree pedigree;

  /** The offspring of animal a are children[starts[a]] to children[starts[a + 1] - 1]. */
  private final int[] starts;

  private final int[] children;

  private OffspringIndex(Pedigree pedigree, int[] starts, int[] children) {
    this.pedigree = pedigree;
    this.starts = starts;
    this.children = children;
  }

  public static OffspringIndex of(Pedigree pedigree) {
    int size = pedigree.size();
    int[] starts = new int[size + 1];
    for (int animal = 0; animal < size; animal++) {
      for (int parent : parents(pedigree, animal)) {
        starts[parent + 1]++;
      }
    }
    Arrays.parallelPrefix(starts, Integer::sum);
    int[] next = starts.clone();
    int[] children = new int[starts[size]];
    for (int animal = 0; animal < size; animal++) {
      for (int parent : parents(pedigree, animal)) {
        children[next[parent]++] = animal;
      }
    }
    return new OffspringIndex(pedigree, starts, children);
  }

  /** The known parents, one that is both only once. */
  private static int[] parents(Pedigree pedigree, int animal) {
    return IntStream.of(pedigree.sire(animal), pedigree.dam(animal))
        .filter(parent -> parent != ParentLinks.UNKNOWN)
        .distinct()
        .toArray();
  }

  /** Number of offspring. */
  public int count(int animal) {
    return starts[animal + 1] - starts[animal];
  }

  /** The offspring of an animal. */
  public int[] of(int animal) {
    return Arrays.copyOfRange(children, starts[animal], starts[animal + 1]);
  }

  /** Others with the same two known parents. */
  public int[] fullSiblings(int animal) {
    return siblingsBy(pedigree.sire(animal), animal)
        .filter(other -> isFullSibling(animal, other))
        .toArray();
  }

  /** Others by the same sire that are no full siblings. */
  public int[] paternalHalfSiblings(int animal) {
    return siblingsBy(pedigree.sire(animal), animal)
        .filter(other -> !isFullSibling(animal, other))
        .toArray();
  }

  /** Others out of the same dam that are no full siblings. */
  public int[] maternalHalfSiblings(int animal) {
    return siblingsBy(pedigree.dam(animal), animal)
        .filter(other -> !isFullSibling(animal, other))
        .toArray();
  }

  private IntStream siblingsBy(int parent, int animal) {
    return parent == ParentLinks.UNKNOWN
        ? IntStream.empty()
        : IntStream.of(of(parent)).filter(other -> other != animal);
  }

  private boolean isFullSibling(int animal, int other) {
    int sire = pedigree.sire(animal);
    int dam = pedigree.dam(animal);
    return sire != ParentLinks.UNKNOWN
        && dam != ParentLinks.UNKNOWN
        && pedigree.sire(other) == sire
        && pedigree.dam(other) == dam;
  }
}
