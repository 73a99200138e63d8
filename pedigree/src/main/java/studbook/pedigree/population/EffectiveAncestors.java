package studbook.pedigree.population;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import studbook.pedigree.ParentLinks;
import studbook.pedigree.Pedigree;
import studbook.pedigree.kinship.AncestorSubset;

/**
 * The ancestors, founders or not, that explain a population's genes (Boichard, Maignel and Verrier,
 * 1997). Each round takes the ancestor with the largest marginal contribution: the share of the
 * population's genes that come from it and not from those taken before.
 *
 * @param largest the ancestors taken, largest marginal contribution first
 * @param lower lower bound of the effective number of ancestors
 * @param upper upper bound of it; the same if the ancestors taken explain everything
 */
public record EffectiveAncestors(List<GeneShare> largest, double lower, double upper) {

  /** The rounds end when the bounds differ by less than this share. */
  private static final double PRECISION = 0.005;

  private static final int MAX_ROUNDS = 1000;

  private static final double EXPLAINED = 1 - 1e-9;

  public EffectiveAncestors {
    largest = List.copyOf(largest);
  }

  /**
   * Computes them.
   *
   * @param members the population; at least one animal
   */
  public static EffectiveAncestors of(Pedigree pedigree, BitSet members) {
    return new ContributionRounds(AncestorSubset.of(pedigree, members.stream().toArray()), members)
        .run();
  }

  /**
   * The state of the rounds, by the indexes of the subset, in which parents have smaller ones than
   * their offspring.
   */
  private static final class ContributionRounds {

    private final AncestorSubset subset;
    private final Pedigree pedigree;
    private final double[] own;
    private final BitSet taken = new BitSet();
    private final double[] shares;
    private final double[] explained;
    private final List<GeneShare> largest = new ArrayList<>();
    private double sum;
    private double squares;

    ContributionRounds(AncestorSubset subset, BitSet members) {
      this.subset = subset;
      pedigree = subset.pedigree();
      own = new double[pedigree.size()];
      shares = new double[pedigree.size()];
      explained = new double[pedigree.size()];
      double share = 1.0 / members.cardinality();
      for (int i = 0; i < own.length; i++) {
        own[i] = members.get(subset.original(i)) ? share : 0;
      }
    }

    EffectiveAncestors run() {
      while (largest.size() < MAX_ROUNDS
          && sum < EXPLAINED
          && (largest.isEmpty() || upper() - lower() > PRECISION * lower())) {
        computeShares();
        computeExplained();
        take();
      }
      return new EffectiveAncestors(largest, lower(), upper());
    }

    /** The shares of the population's genes, without those that pass through an animal taken. */
    private void computeShares() {
      System.arraycopy(own, 0, shares, 0, own.length);
      for (int i = shares.length - 1; i >= 0; i--) {
        if (shares[i] != 0 && !taken.get(i)) {
          passOn(pedigree.sire(i), shares[i] / 2);
          passOn(pedigree.dam(i), shares[i] / 2);
        }
      }
    }

    private void passOn(int parent, double share) {
      if (parent != ParentLinks.UNKNOWN) {
        shares[parent] += share;
      }
    }

    /** The share of each animal's genes that come from animals taken. */
    private void computeExplained() {
      for (int i = 0; i < explained.length; i++) {
        explained[i] =
            taken.get(i) ? 1 : (explained(pedigree.sire(i)) + explained(pedigree.dam(i))) / 2;
      }
    }

    private double explained(int parent) {
      return parent == ParentLinks.UNKNOWN ? 0 : explained[parent];
    }

    private void take() {
      int best = -1;
      double bestShare = -1;
      for (int i = 0; i < shares.length; i++) {
        double share = taken.get(i) ? 0 : shares[i] * (1 - explained[i]);
        if (share > bestShare) {
          best = i;
          bestShare = share;
        }
      }
      taken.set(best);
      largest.add(new GeneShare(subset.original(best), bestShare));
      sum += bestShare;
      squares += bestShare * bestShare;
    }

    /** As if the rest came from ancestors as large as the last one. */
    private double lower() {
      return 1 / (squares + rest() * largest.getLast().share());
    }

    /** As if the rest came from countless ancestors. */
    private double upper() {
      return 1 / squares;
    }

    private double rest() {
      return sum < EXPLAINED ? 1 - sum : 0;
    }
  }
}
