package studbook.pedigree.kinship;

import static studbook.pedigree.ParentLinks.UNKNOWN;

import java.util.Arrays;
import java.util.BitSet;
import studbook.pedigree.Pedigree;

/**
 * The animals with two known parents, grouped by their sires, or by their dams if these are fewer:
 * a group takes one row of relationships.
 */
final class OffspringGroups {

  private final Pedigree pedigree;
  private final boolean bySire;

  /** The end of each parent's group in {@link #offspring}; it begins where the one before ends. */
  private final int[] ends;

  private final int[] offspring;

  private OffspringGroups(Pedigree pedigree, boolean bySire, int count) {
    this.pedigree = pedigree;
    this.bySire = bySire;
    int size = pedigree.size();
    ends = new int[size + 1];
    offspring = new int[count];
    for (int animal = 0; animal < size; animal++) {
      if (hasParents(pedigree, animal)) {
        ends[parent(animal) + 1]++;
      }
    }
    for (int parent = 0; parent < size; parent++) {
      ends[parent + 1] += ends[parent];
    }
    for (int animal = 0; animal < size; animal++) {
      if (hasParents(pedigree, animal)) {
        offspring[ends[parent(animal)]++] = animal;
      }
    }
  }

  static OffspringGroups of(Pedigree pedigree) {
    BitSet sires = new BitSet();
    BitSet dams = new BitSet();
    int count = 0;
    for (int animal = 0; animal < pedigree.size(); animal++) {
      if (hasParents(pedigree, animal)) {
        sires.set(pedigree.sire(animal));
        dams.set(pedigree.dam(animal));
        count++;
      }
    }
    return new OffspringGroups(pedigree, sires.cardinality() <= dams.cardinality(), count);
  }

  private static boolean hasParents(Pedigree pedigree, int animal) {
    return pedigree.sire(animal) != UNKNOWN && pedigree.dam(animal) != UNKNOWN;
  }

  private int parent(int animal) {
    return bySire ? pedigree.sire(animal) : pedigree.dam(animal);
  }

  /** The parent of an offspring that is not the group's. */
  int mate(int animal) {
    return bySire ? pedigree.dam(animal) : pedigree.sire(animal);
  }

  /** Where the group of a parent begins. */
  int start(int parent) {
    return parent == 0 ? 0 : ends[parent - 1];
  }

  int end(int parent) {
    return ends[parent];
  }

  int offspring(int index) {
    return offspring[index];
  }

  /** The parents of one generation that have a group. */
  int[] parents(int generation) {
    int first = pedigree.startOf(generation);
    int[] parents = new int[pedigree.startOf(generation + 1) - first];
    int count = 0;
    for (int position = first; position < first + parents.length; position++) {
      int animal = pedigree.atPosition(position);
      if (start(animal) < end(animal)) {
        parents[count++] = animal;
      }
    }
    return Arrays.copyOf(parents, count);
  }
}
