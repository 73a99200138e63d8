package studbook.pedigree;

import static studbook.pedigree.ParentLinks.UNKNOWN;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Links a dam without a row to the sire that her offspring name for her, as their damsire. Where
 * they name several, none is right for certain, and her sire stays unknown.
 */
final class DamsireLinks {

  private static final int CONTRADICTED = -2;

  private DamsireLinks() {}

  /**
   * Adds the links.
   *
   * @param sires of all animals; those of dams without a row are changed
   */
  static void add(int[] sires, int[] dams, int[] damsires, BitSet rows) {
    int[] named = new int[sires.length];
    Arrays.fill(named, UNKNOWN);
    for (int animal = 0; animal < sires.length; animal++) {
      int dam = dams[animal];
      int damsire = damsires[animal];
      if (dam != UNKNOWN && damsire != UNKNOWN && !rows.get(dam)) {
        named[dam] = named[dam] == UNKNOWN || named[dam] == damsire ? damsire : CONTRADICTED;
      }
    }
    for (int dam = 0; dam < sires.length; dam++) {
      if (named[dam] >= 0) {
        sires[dam] = named[dam];
      }
    }
  }
}
