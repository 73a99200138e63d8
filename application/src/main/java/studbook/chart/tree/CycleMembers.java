package studbook.chart.tree;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import studbook.pedigree.ParentLinks;

/**
 * The animals that are their own ancestors.
 *
 * @param cycles the number of the cycle of each
 */
record CycleMembers(Map<Integer, Integer> cycles) {

  CycleMembers {
    cycles = Map.copyOf(cycles);
  }

  static CycleMembers of(ParentLinks links) {
    Map<Integer, Integer> members = new HashMap<>();
    List<int[]> cycles = links.cycles();
    for (int i = 0; i < cycles.size(); i++) {
      for (int animal : cycles.get(i)) {
        members.put(animal, i);
      }
    }
    return new CycleMembers(members);
  }

  /** Whether a link to a parent is part of a cycle. */
  boolean hasLink(int child, int parent) {
    Integer cycle = cycles.get(child);
    return cycle != null && cycle.equals(cycles.get(parent));
  }
}
