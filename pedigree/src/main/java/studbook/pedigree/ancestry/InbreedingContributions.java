package studbook.pedigree.ancestry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import studbook.pedigree.ParentLinks;
import studbook.pedigree.Pedigree;
import studbook.pedigree.kinship.AncestorSubset;

/**
 * Divides an animal's inbreeding among the common ancestors of its parents: Wright's (1922) paths,
 * summed for each ancestor over all generations without listing them.
 *
 * <p>Let two genes walk up from the sire and from the dam, at each animal to one of its parents
 * with probability 1/2. The paths through an ancestor A add up to m(A) (1 + F(A)) / 2, where m(A)
 * is the probability that the walks meet in A and in no younger animal. Both walks visit A with
 * probability s(A) d(A), and having met in B, they do so with probability t(A)², t being the
 * probability that a walk from B visits A. So m(A) = s(A) d(A) - sum over younger B of m(B) t(A)²,
 * from the youngest animal to the oldest: memory grows with the number of ancestors, time with its
 * square.
 */
public final class InbreedingContributions {

  /** A smaller share of s(A) d(A) is the rounding of a difference that is zero. */
  private static final double ROUNDING = 1e-12;

  /** The ancestors; parents have smaller indexes than their offspring. */
  private final Pedigree ancestors;

  private final double[] meeting;
  private final double[] visits;

  private InbreedingContributions(Pedigree ancestors) {
    this.ancestors = ancestors;
    this.meeting = new double[ancestors.size()];
    this.visits = new double[ancestors.size()];
  }

  /**
   * The contributions, largest first. They add up to the animal's inbreeding.
   *
   * @param inbreeding F of each animal of the pedigree
   */
  public static List<AncestorContribution> of(Pedigree pedigree, double[] inbreeding, int animal) {
    int sire = pedigree.sire(animal);
    int dam = pedigree.dam(animal);
    if (sire == ParentLinks.UNKNOWN || dam == ParentLinks.UNKNOWN) {
      return List.of();
    }
    AncestorSubset subset = AncestorSubset.of(pedigree, sire, dam);
    double[] meeting =
        new InbreedingContributions(subset.pedigree())
            .meeting(subset.indexOf(sire), subset.indexOf(dam));
    List<AncestorContribution> contributions = new ArrayList<>();
    for (int i = 0; i < meeting.length; i++) {
      if (meeting[i] > 0) {
        int ancestor = subset.original(i);
        contributions.add(
            new AncestorContribution(ancestor, meeting[i] * (1 + inbreeding[ancestor]) / 2));
      }
    }
    contributions.sort(Comparator.comparingDouble(AncestorContribution::value).reversed());
    return contributions;
  }

  private double[] meeting(int sire, int dam) {
    double[] bothVisit = walk(sire).clone();
    double[] damVisits = walk(dam);
    for (int i = 0; i < bothVisit.length; i++) {
      bothVisit[i] *= damVisits[i];
      meeting[i] = bothVisit[i];
    }
    for (int i = meeting.length - 1; i >= 0; i--) {
      if (meeting[i] <= ROUNDING * bothVisit[i]) {
        meeting[i] = 0;
      } else {
        subtractLaterVisits(i);
      }
    }
    return meeting;
  }

  private void subtractLaterVisits(int first) {
    walk(first);
    for (int i = first - 1; i >= 0; i--) {
      meeting[i] -= meeting[first] * visits[i] * visits[i];
    }
  }

  /** The probability that a walk from an animal visits each of the older ones. */
  private double[] walk(int from) {
    Arrays.fill(visits, 0);
    visits[from] = 1;
    for (int i = from; i >= 0; i--) {
      if (visits[i] != 0) {
        add(ancestors.sire(i), visits[i] / 2);
        add(ancestors.dam(i), visits[i] / 2);
      }
    }
    return visits;
  }

  private void add(int parent, double probability) {
    if (parent != ParentLinks.UNKNOWN) {
      visits[parent] += probability;
    }
  }
}
