package studbook.pedigree;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Finds the cycles of links: the strongly connected components by Tarjan (1972), with the calls
 * that are under way in an array instead of on the thread's stack, since a line may be any number
 * of generations long.
 */
final class CycleFinder {

  private static final byte DONE = 2;

  private final ParentLinks links;

  /** When each animal was reached, from 1; 0: not yet. */
  private final int[] reached;

  /** The earliest reached animal that is known to be an ancestor of this one's cycle. */
  private final int[] earliest;

  /** How many parents have been followed. */
  private final byte[] followed;

  /** Animals on the way from the first one to the current one. */
  private final int[] way;

  /** Reached animals whose cycle is not complete. */
  private final int[] open;

  private final boolean[] isOpen;
  private final List<int[]> cycles = new ArrayList<>();
  private int wayLength;
  private int openCount;
  private int clock;

  CycleFinder(ParentLinks links) {
    int size = links.size();
    this.links = links;
    reached = new int[size];
    earliest = new int[size];
    followed = new byte[size];
    way = new int[size];
    open = new int[size];
    isOpen = new boolean[size];
  }

  List<int[]> cycles() {
    for (int animal = 0; animal < links.size(); animal++) {
      if (reached[animal] == 0) {
        enter(animal);
        while (wayLength > 0) {
          step(way[wayLength - 1]);
        }
      }
    }
    cycles.sort(
        Comparator.<int[]>comparingInt(cycle -> cycle.length).thenComparingInt(cycle -> cycle[0]));
    return List.copyOf(cycles);
  }

  private void enter(int animal) {
    reached[animal] = ++clock;
    earliest[animal] = clock;
    way[wayLength++] = animal;
    open[openCount++] = animal;
    isOpen[animal] = true;
  }

  private void step(int animal) {
    if (followed[animal] == DONE) {
      leave(animal);
      return;
    }
    int parent = followed[animal]++ == 0 ? links.sire(animal) : links.dam(animal);
    if (parent == ParentLinks.UNKNOWN) {
      return;
    }
    if (reached[parent] == 0) {
      enter(parent);
    } else if (isOpen[parent]) {
      earliest[animal] = Math.min(earliest[animal], reached[parent]);
    }
  }

  private void leave(int animal) {
    wayLength--;
    if (wayLength > 0) {
      int child = way[wayLength - 1];
      earliest[child] = Math.min(earliest[child], earliest[animal]);
    }
    if (earliest[animal] == reached[animal]) {
      close(animal);
    }
  }

  private void close(int first) {
    int begin = openCount;
    do {
      isOpen[open[--begin]] = false;
    } while (open[begin] != first);
    int[] members = Arrays.copyOfRange(open, begin, openCount);
    openCount = begin;
    if (members.length > 1 || links.sire(first) == first || links.dam(first) == first) {
      Arrays.sort(members);
      cycles.add(members);
    }
  }
}
