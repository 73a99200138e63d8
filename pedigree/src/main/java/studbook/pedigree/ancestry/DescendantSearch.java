package studbook.pedigree.ancestry;

import java.util.BitSet;
import studbook.pedigree.ParentLinks;
import studbook.pedigree.Pedigree;

/** Finds the descendants of animals: whose figures change when something about these changes. */
public final class DescendantSearch {

  private DescendantSearch() {}

  /** The given animals and all their descendants. One pass over the pedigree, parents first. */
  public static BitSet of(Pedigree pedigree, BitSet animals) {
    BitSet found = (BitSet) animals.clone();
    for (int position = 0; position < pedigree.size(); position++) {
      int animal = pedigree.atPosition(position);
      if (isFound(pedigree.sire(animal), found) || isFound(pedigree.dam(animal), found)) {
        found.set(animal);
      }
    }
    return found;
  }

  private static boolean isFound(int parent, BitSet found) {
    return parent != ParentLinks.UNKNOWN && found.get(parent);
  }
}
