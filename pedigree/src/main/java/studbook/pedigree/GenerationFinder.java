package studbook.pedigree;

import java.util.Arrays;
import java.util.Optional;

/**
 * Finds the generation of each animal: 0 without known parents, else one more than the later
 * parent's. Takes linear time; the way to the founders is in an array, not on the thread's stack.
 */
final class GenerationFinder {

  private static final int NEW = -1;

  /** Its ancestors are being looked at. */
  private static final int OPEN = -2;

  private final ParentLinks links;
  private final int[] generations;
  private int[] way = new int[64];
  private int length;

  private GenerationFinder(ParentLinks links) {
    this.links = links;
    generations = new int[links.size()];
    Arrays.fill(generations, NEW);
  }

  /** Empty if there is a cycle. */
  static Optional<int[]> generationsOf(ParentLinks links) {
    GenerationFinder finder = new GenerationFinder(links);
    for (int animal = 0; animal < links.size(); animal++) {
      if (finder.generations[animal] == NEW && !finder.assign(animal)) {
        return Optional.empty();
      }
    }
    return Optional.of(finder.generations);
  }

  private boolean assign(int first) {
    push(first);
    while (length > 0) {
      int animal = way[length - 1];
      generations[animal] = OPEN;
      int sire = links.sire(animal);
      int dam = links.dam(animal);
      if (isUnsettled(sire) || isUnsettled(dam)) {
        int parent = isUnsettled(sire) ? sire : dam;
        if (generations[parent] == OPEN) {
          return false;
        }
        push(parent);
      } else {
        generations[animal] = 1 + Math.max(generation(sire), generation(dam));
        length--;
      }
    }
    return true;
  }

  private boolean isUnsettled(int parent) {
    return parent != ParentLinks.UNKNOWN && generations[parent] < 0;
  }

  private int generation(int parent) {
    return parent == ParentLinks.UNKNOWN ? -1 : generations[parent];
  }

  private void push(int animal) {
    if (length == way.length) {
      way = Arrays.copyOf(way, 2 * length);
    }
    way[length++] = animal;
  }
}
