package studbook.pedigree.ancestry;

import studbook.pedigree.Pedigree;
import studbook.pedigree.kinship.Inbreeding;

/**
 * The figures of all animals of a pedigree.
 *
 * @param inbreeding Wright's F of each animal
 * @param completeness of each animal's pedigree
 * @param ancestors the number of distinct known ancestors of each animal
 */
@SuppressWarnings("ArrayRecordComponent") // of millions of animals; not to be changed
public record PedigreeFigures(
    double[] inbreeding, PedigreeCompleteness completeness, int[] ancestors) {

  /** Computes them. */
  public static PedigreeFigures of(Pedigree pedigree) {
    return new PedigreeFigures(
        Inbreeding.of(pedigree), PedigreeCompleteness.of(pedigree), AncestorCounts.of(pedigree));
  }
}
