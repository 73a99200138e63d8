package studbook.pedigree.population;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import studbook.pedigree.ParentLinks;
import studbook.pedigree.Pedigree;

/**
 * The founders of a population. A founder is an animal without known parents; of an animal with one
 * known parent, the other parent counts as a founder of its own.
 *
 * @param founders known animals without known parents, among the members' ancestors or members
 * @param unknownParents unknown parents of animals with one known parent
 * @param effectiveFounders founders that, with equal contributions, would give the same diversity:
 *     1 / sum of squared contributions (Lacy, 1989)
 * @param largest known founders, largest contribution first
 */
public record FounderFigures(
    int founders, int unknownParents, double effectiveFounders, List<GeneShare> largest) {

  private static final int LARGEST = 10;

  public FounderFigures {
    largest = List.copyOf(largest);
  }

  /**
   * Computes them.
   *
   * @param members the population; at least one animal
   */
  public static FounderFigures of(Pedigree pedigree, BitSet members) {
    double[] shares = new double[pedigree.size()];
    double own = 1.0 / members.cardinality();
    members.stream().forEach(animal -> shares[animal] = own);
    List<GeneShare> founders = new ArrayList<>();
    int unknownParents = 0;
    double squares = 0;
    for (int position = pedigree.size() - 1; position >= 0; position--) {
      int animal = pedigree.atPosition(position);
      double share = shares[animal];
      int sire = pedigree.sire(animal);
      int dam = pedigree.dam(animal);
      if (share == 0) {
        continue;
      }
      if (sire == ParentLinks.UNKNOWN && dam == ParentLinks.UNKNOWN) {
        founders.add(new GeneShare(animal, share));
        squares += share * share;
      } else if (sire == ParentLinks.UNKNOWN || dam == ParentLinks.UNKNOWN) {
        unknownParents++;
        squares += share / 2 * (share / 2);
      }
      passOn(share, sire, shares);
      passOn(share, dam, shares);
    }
    founders.sort(Comparator.comparingDouble(GeneShare::share).reversed());
    return new FounderFigures(
        founders.size(),
        unknownParents,
        1 / squares,
        founders.subList(0, Math.min(LARGEST, founders.size())));
  }

  private static void passOn(double share, int parent, double[] shares) {
    if (parent != ParentLinks.UNKNOWN) {
      shares[parent] += share / 2;
    }
  }
}
