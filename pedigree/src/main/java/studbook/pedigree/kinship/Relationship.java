package studbook.pedigree.kinship;

import studbook.pedigree.Pedigree;

/**
 * The additive relationship of two animals: twice the probability that an allele of one and an
 * allele of the other, taken at random, are identical by descent. It is 0.5 for a parent and its
 * offspring, or full siblings, whose parents are unrelated and not inbred; of an animal with itself
 * 1 + F.
 */
public final class Relationship {

  private Relationship() {}

  /** Takes the time that the ancestors of both need; for many pairs see {@link MatingMatrix}. */
  public static double of(Pedigree pedigree, int first, int second) {
    return 2 * PossibleFoals.inbreeding(pedigree, new int[] {first}, new int[] {second})[0];
  }
}
