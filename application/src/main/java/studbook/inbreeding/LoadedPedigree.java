package studbook.inbreeding;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import studbook.pedigree.AnimalTable;
import studbook.pedigree.ParentLinks;
import studbook.pedigree.Pedigree;

/**
 * The horses of a pedigree command, and the links that its figures use.
 *
 * @param table as recorded
 * @param pedigree the links that figures use, with the indexes of the table
 * @param leftOut the number of recorded links that figures leave out
 */
public record LoadedPedigree(AnimalTable table, Pedigree pedigree, int leftOut) {

  /** With all recorded links except those between the animals of a cycle. */
  public static LoadedPedigree withoutCycles(AnimalTable table) {
    ParentLinks links = table.links();
    BitSet noSire = new BitSet();
    BitSet noDam = new BitSet();
    for (int[] cycle : links.cycles()) {
      for (int animal : cycle) {
        if (Arrays.binarySearch(cycle, links.sire(animal)) >= 0) {
          noSire.set(animal);
        }
        if (Arrays.binarySearch(cycle, links.dam(animal)) >= 0) {
          noDam.set(animal);
        }
      }
    }
    return new LoadedPedigree(
        table,
        Pedigree.of(links.without(noSire, noDam)),
        noSire.cardinality() + noDam.cardinality());
  }

  /** The number of links that figures leave out of some animals and their recorded ancestors. */
  public int leftOutOf(int... animals) {
    ParentLinks recorded = table.links();
    int leftOut = 0;
    BitSet seen = new BitSet();
    Deque<Integer> open = new ArrayDeque<>();
    Arrays.stream(animals).forEach(animal -> add(animal, seen, open));
    while (!open.isEmpty()) {
      int animal = open.remove();
      leftOut += isLeftOut(recorded.sire(animal), pedigree.sire(animal));
      leftOut += isLeftOut(recorded.dam(animal), pedigree.dam(animal));
      add(recorded.sire(animal), seen, open);
      add(recorded.dam(animal), seen, open);
    }
    return leftOut;
  }

  private static int isLeftOut(int recorded, int used) {
    return recorded == used ? 0 : 1;
  }

  private static void add(int animal, BitSet seen, Deque<Integer> open) {
    if (animal != ParentLinks.UNKNOWN && !seen.get(animal)) {
      seen.set(animal);
      open.add(animal);
    }
  }
}
