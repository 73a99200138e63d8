package studbook.pedigree;

import java.util.Arrays;

/** The shortest way from a cycle's first animal, through parents, to itself: breadth first. */
final class CyclePath {

  private static final int NOT_REACHED = -1;

  private final ParentLinks links;
  private final int[] cycle;

  /** From where each animal of the cycle was reached first, as places in the cycle. */
  private final int[] reachedFrom;

  private final int[] queue;
  private int queued;

  CyclePath(ParentLinks links, int[] cycle) {
    this.links = links;
    this.cycle = cycle;
    reachedFrom = new int[cycle.length];
    queue = new int[cycle.length + 1];
    Arrays.fill(reachedFrom, NOT_REACHED);
  }

  int[] animals() {
    queue[queued++] = 0;
    for (int next = 0; reachedFrom[0] == NOT_REACHED; next++) {
      int place = queue[next];
      reach(links.sire(cycle[place]), place);
      reach(links.dam(cycle[place]), place);
    }
    int length = 1;
    for (int place = reachedFrom[0]; place != 0; place = reachedFrom[place]) {
      length++;
    }
    int[] path = new int[length];
    path[0] = cycle[0];
    for (int place = reachedFrom[0], i = length - 1; i > 0; place = reachedFrom[place], i--) {
      path[i] = cycle[place];
    }
    return path;
  }

  private void reach(int parent, int child) {
    int place = Arrays.binarySearch(cycle, parent);
    if (place >= 0 && reachedFrom[place] == NOT_REACHED) {
      reachedFrom[place] = child;
      queue[queued++] = place;
    }
  }
}
