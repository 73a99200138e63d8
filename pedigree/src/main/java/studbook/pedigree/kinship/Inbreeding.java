package studbook.pedigree.kinship;

import studbook.pedigree.Pedigree;

/**
 * Wright's coefficient of inbreeding, F: the probability that the two alleles of an animal at a
 * locus are identical by descent; half the {@linkplain Relationship relationship} of its parents.
 * It is exact for the links that are known, at full depth; with an unknown parent it is 0.
 *
 * <p>The relationships of each sire with all his mates are computed together, by the indirect
 * method of Colleau (2002) as Sargolzaei, Iwaisaki and Colleau (2005) use it for inbreeding, eight
 * sires at a time.
 */
public final class Inbreeding {

  private Inbreeding() {}

  /** The F of each animal, computed on all processors. */
  public static double[] of(Pedigree pedigree) {
    return of(pedigree, Runtime.getRuntime().availableProcessors());
  }

  /**
   * The F of each animal. The figures are the same to the bit with any number of threads.
   *
   * @throws java.util.concurrent.CancellationException if the thread is interrupted
   */
  public static double[] of(Pedigree pedigree, int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException(threads + " threads");
    }
    return new InbreedingComputation(pedigree).compute(threads);
  }

  /** The F of one animal, from its ancestors only. */
  public static double ofAnimal(Pedigree pedigree, int animal) {
    AncestorSubset subset = AncestorSubset.of(pedigree, animal);
    return of(subset.pedigree())[subset.indexOf(animal)];
  }
}
