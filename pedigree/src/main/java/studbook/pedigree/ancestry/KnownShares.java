package studbook.pedigree.ancestry;

import java.util.Arrays;
import studbook.pedigree.ParentLinks;
import studbook.pedigree.Pedigree;
import studbook.pedigree.kinship.AncestorSubset;

/** The known share of an animal's ancestors, generation by generation. */
public final class KnownShares {

  private KnownShares() {}

  /**
   * The share of the 2^n ancestors of each generation n that is known, from 0 to 1: the parents'
   * first, up to the last generation with a known ancestor or as many as asked for.
   */
  public static double[] of(Pedigree pedigree, int animal, int generations) {
    AncestorSubset subset = AncestorSubset.of(pedigree, animal);
    double[] shares = new double[generations];
    double[] places = new double[subset.pedigree().size()];
    places[subset.indexOf(animal)] = 1;
    for (int generation = 0; generation < generations; generation++) {
      places = parents(subset.pedigree(), places);
      shares[generation] = Arrays.stream(places).sum();
      if (shares[generation] == 0) {
        return Arrays.copyOf(shares, generation);
      }
    }
    return shares;
  }

  /** Moves each animal's share of its generation to its known parents, half to each. */
  private static double[] parents(Pedigree ancestors, double[] places) {
    double[] moved = new double[places.length];
    for (int i = 0; i < places.length; i++) {
      for (int parent : new int[] {ancestors.sire(i), ancestors.dam(i)}) {
        if (parent != ParentLinks.UNKNOWN) {
          moved[parent] += places[i] / 2;
        }
      }
    }
    return moved;
  }
}
